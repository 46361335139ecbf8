"""Makes the runs of one trial on the copy of the program that lies in the current folder; ends with 3 where it fails.

Usage: python -m trials.one_mutant merging|gaps COUNT SEED FOLDER
"""

import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

import tac_desktop
from tests.storage.convergence import MET, Vaults, clear_away
from tests.storage.gaps import BUNDLES, lose_some

CAUGHT = 3


def main() -> int:
    """Run the trial; say after how many runs it failed and with what."""
    trial, count, number, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    if not Path(tac_desktop.__file__).is_relative_to(folder):
        raise RuntimeError("this is not the copy that was broken")
    asked = settings(
        max_examples=count, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, phases=[Phase.generate], print_blob=False, report_multiple_bugs=False,
    )  # fmt: skip
    tried: list[int] = []

    @seed(number)
    @asked
    @given(bundles=BUNDLES, chance=st.integers(0, 999))
    def gaps(bundles: list[tuple[int, bool, int]], chance: int) -> None:
        tried.append(1)
        lose_some(bundles, chance)

    try:
        gaps() if trial == "gaps" else run_state_machine_as_test(seed(number)(Vaults), settings=asked)
    except Exception as trouble:  # noqa: BLE001 - any failure is what a mutant is to be caught by
        print(f"{type(trouble).__name__} after {len(tried) or MET['runs']} runs")
        return CAUGHT
    finally:
        clear_away()
    return 0


if __name__ == "__main__":
    sys.exit(main())
