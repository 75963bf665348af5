"""`./dev sbom` writes out/sbom.cdx.json; `./dev audit` asks for known flaws: 1 for some, 4 if nobody could be asked."""

import json
import sys

from supply.parts import HOUSE, NOT_ASKED, audit, parts, sbom, told_of


def main(command: str) -> int:
    """Do one of the two; gives the exit code."""
    if command == "sbom":
        out = HOUSE / "out" / "sbom.cdx.json"
        out.parent.mkdir(exist_ok=True)
        out.write_text(json.dumps(sbom(parts()), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{out}: {len(parts())} parts")
        return 0
    found = audit()
    print("\n".join(told_of(found)))
    return 1 if found.flaws else NOT_ASKED if found.not_asked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
