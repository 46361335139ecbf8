"""Vaults that write, erase, join, exchange, break, are restored and copied at random, held against the definitions.

One run is one example of the state machine in `tests/storage/convergence.py`: 40 steps by two to six real vaults.
"""

import itertools
import time
import traceback

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.storage.convergence import MET, Vaults, clear_away
from trials.outcome import Outcome

COUNT = 200
STEPS = 40
_AT_ONCE = 250
"""Runs under one seed: what went wrong is known by then at the latest, and can be seen again alone."""


def run(count: int, first_seed: int) -> Outcome:
    """Make so many runs."""
    outcome, begin = Outcome("merging"), time.process_time()
    MET.clear()
    try:
        for number in itertools.count():
            left = count - outcome.tried
            if left <= 0 or outcome.bad:
                break
            some = min(left, _AT_ONCE)
            trouble = _some(some, first_seed + number)
            outcome.tried += some
            print(f"  {outcome.tried} of {count}", flush=True)
            if trouble:
                outcome.bad.append(f"{some} runs with seed {first_seed + number}: {trouble}")
    finally:
        clear_away()
    outcome.seen |= MET
    outcome.seen["seconds of a processor"] = round(time.process_time() - begin)
    return outcome


def _some(count: int, number: int) -> str:
    """Make some runs; return what went wrong, with the steps that led there, or ''."""
    asked = settings(
        max_examples=count, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, phases=[Phase.generate], print_blob=False,
    )  # fmt: skip
    try:
        run_state_machine_as_test(seed(number)(Vaults), settings=asked)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, it is what the trial is for
        return "".join(traceback.format_exception(trouble))
    return ""
