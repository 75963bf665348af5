"""The program begins here, so that an interrupt while it loads is told as one later is."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Load the command and run it."""
    try:
        from jixiao.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("已中断。没有写到一半的文件。 Interrupted; no file is half written.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
