"""All benchmarks, or those named: `./dev bench reading`. Each prints our figure beside a peer's from the same run."""

import platform
import runpy
import sys

NAMES = (
    "reading",
    "grids",
    "tables",
    "scanning",
    "memory",
    "web_ofd",
    "office",
    "corpus_building",
    "corpus_inflation",
    "corpus_similar",
    "reviewing",
    "folder",
    "writing_xlsx",
    "rules_columns",
    "corpus_scoring",
    "corpus_whatif",
    "rules_page",
    "writing_ofd",
    "startup",
    "writing_docx",
    "writing_pdf",
    "web_pages",
)


ALONE = ("corpus_cluster",)
"""Those that run in another environment, when they are named."""


def main() -> None:
    """Run them one after another; a single one gets the words behind its name."""
    asked = sys.argv[1:] or list(NAMES)
    if asked[0] in ALONE or (asked[0] in NAMES and len(asked) > 1 and not set(asked[1:]) <= set(NAMES)):
        sys.argv = asked
        runpy.run_module(f"bench.{asked[0]}", run_name="__main__")
        return
    print(f"python {platform.python_version()}, {platform.machine()}")
    for name in asked:
        if name not in NAMES:
            sys.exit(f"there is no benchmark {name!r}; there are: {', '.join(NAMES)}")
        print(f"== {name}")
        sys.argv = [name]
        runpy.run_module(f"bench.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
