"""Benchmarks, each beside a peer in the same process run: `./dev bench`."""
