"""Measures what was promised about speed, in one run with its peers, and writes it to benchmarks/results.md.

Usage: python -m benchmarks [--quick] [NAME ...]
"""

import argparse
import importlib
import platform
import sys
from pathlib import Path

from benchmarks.measure import Comparison

SUBJECTS = ("starting", "saving", "finding", "workbooks", "bundles", "sealing", "growing", "documents", "window")
LONG = ("million",)
"""Only by name: it takes long."""
RESULTS = Path(__file__).parent / "results.md"


def main() -> int:
    """Run the comparisons that were asked for; only a full run is written down."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[*SUBJECTS, *LONG, []], help=f"which subjects (default: all but {LONG[0]})"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that the benchmarks run")
    asked = parser.parse_args()
    rows: list[Comparison] = []
    for name in asked.names or SUBJECTS:
        print(f"{name} ...", flush=True)
        found = importlib.import_module(f"benchmarks.{name}").run(asked.quick)
        for comparison in found:
            print("  " + comparison.row(), flush=True)
        rows += found
    if not asked.names and not asked.quick:
        RESULTS.write_text(_page(rows), "utf-8")
        print(f"Written to {RESULTS.name}.")
    missed = [row.name for row in rows if row.limit is not None and row.ratio > row.limit]
    if missed:
        print("Missed: " + "; ".join(missed), file=sys.stderr)
    return 0


def _page(rows: list[Comparison]) -> str:
    lines = [
        "# How fast",
        "",
        f"Made by `./run bench` in one run, on {platform.system()} with Python {platform.python_version()}. The two",
        "ways take turns; a row gives medians, then the median (least to most) of the rounds' ratios. Times are this",
        "computer's; the ratios are what to keep.",
        "",
        "| what | ours | peer | ratio | aim |",
        "|---|---|---|---|---|",
        *(row.row() for row in rows),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
