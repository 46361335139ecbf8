"""Makes the reliability trials and prints one line for each; what was wrong follows on standard error.

Usage: python -m trials [NAME ...] [--count N] [--seed S]
"""

import argparse
import importlib
import secrets
import sys

TRIALS = (
    "kills", "power_cuts", "rekey", "damage", "salvage", "key_files", "leaks", "full_disk", "memory", "weeks",
    "hostile", "cut_short", "merging", "mutants",
)  # fmt: skip


def main() -> int:
    """Make the trials that were asked for; the exit code says whether all went well."""
    parser = argparse.ArgumentParser(prog="trials", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TRIALS, []], metavar="NAME", help=f"of {', '.join(TRIALS)}")
    parser.add_argument("--count", type=int, default=0, help="how many runs of each (default: under a minute)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="to see the same runs again")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    well = True
    for name in asked.names or TRIALS:
        trial = importlib.import_module(f"trials.{name}")
        outcome = trial.run(asked.count or trial.COUNT, asked.seed)
        print(outcome.line(), flush=True)
        for wrong in outcome.bad:
            print(f"  {wrong}", file=sys.stderr, flush=True)
        well = well and not outcome.bad
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
