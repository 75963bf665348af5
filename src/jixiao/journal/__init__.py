"""The journal 日志 as a Merkle tree that anyone can check: lines, hashes, tree, signed checkpoints, verifier.

Imports nothing of ours and nothing but the standard library and `cryptography`, so that what verifies a log does not
hang on what wrote it. The office's side is `jixiao.office.journal`.
"""
