"""Bundles that were sent on the supposition that the last one arrived; some were lost."""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.convergence import clear_away
from tests.storage.gaps import BUNDLES, lose_some


@settings(
    max_examples=int(os.environ.get("TAC_EXAMPLES", "20")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(bundles=BUNDLES, chance=st.integers(0, 999))
def test_what_does_not_fit_changes_nothing_and_one_answer_mends_all(bundles, chance):
    lose_some(bundles, chance)


def teardown_module() -> None:
    clear_away()
