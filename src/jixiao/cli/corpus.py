"""The group of commands about many forms at once; each command lives in a module of its own, corpus_….py."""

from jixiao.cli.root import jixiao


@jixiao.group()
def corpus() -> None:
    """许多张表成库：建库、计分、虚高、同类、雷同、指标。 Many forms as a corpus: build, score, measure, compare."""
