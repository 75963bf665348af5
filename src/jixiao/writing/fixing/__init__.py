"""Corrected copies told: what was changed and why, what was left, as text, as data, and as a job for the original."""
