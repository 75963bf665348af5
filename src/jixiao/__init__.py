"""Jixiao 绩效: read, re-score and question budget performance self-evaluation forms."""

__version__ = "0.1.0"
