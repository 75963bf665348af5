"""`./dev fairness`: what the checks ask about labelled forms, held against what ought to be asked.

Exit code 1 where a check is not as fair as its family must be (fairness/gates.py), or an honest form is asked about.
"""

import argparse
import sys
from datetime import date

from fairness.figures import write_figures
from fairness.gates import faults, whole
from fairness.judging import tallied
from fairness.labelled_set import judgements, labelled_forms
from fairness.report import each_judgement, summary, table
from review import bench_of_books


def main() -> None:
    """Judge, print, and write the figures if asked to."""
    asked = _arguments()
    checks = bench_of_books.checks()
    tallies = tallied(labelled_forms(), judgements())
    if asked.check:
        print("\n".join(each_judgement(asked.check.upper(), judgements())))
        return
    print(table(checks, tallies))
    print(f"\n{summary(labelled_forms(), judgements())}")
    if asked.write:
        measured = {code: (check, tally) for code, check in checks.items() if (tally := whole(tallies, code)).planted}
        changed = list(write_figures(measured, date.today()))  # noqa: DTZ011 - the day on the person's own calendar
        print(f"figures written into {len(changed)} pages")
    unfair = [*faults(checks, tallies), *unfair_to_the_honest()]
    print("\n".join(["", *unfair]) if unfair else "\nall as fair as they must be")
    sys.exit(1 if unfair else 0)


def unfair_to_the_honest() -> list[str]:
    """Every question about a form of which nothing must be asked, by any check that asks by default."""
    trials = set(bench_of_books.checks().trials)
    return [
        f"{each.form.name}: {each.code} at {each.pointer} is asked of an honest form"
        for each in judgements()
        if each.verdict == "wrong" and each.code not in trials and not each.form.ask
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev fairness", description=__doc__)
    parser.add_argument("--check", metavar="CODE", help="every judgement of one check, with its form and cell")
    parser.add_argument("--write", action="store_true", help="write the figures into the pages of the checks")
    return parser.parse_args()


if __name__ == "__main__":
    main()
