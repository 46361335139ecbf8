"""A few short runs of the trial of merging; `./run trials merging` makes many long ones."""

import os

from hypothesis import HealthCheck, settings

from tests.storage.convergence import Vaults, clear_away

Vaults.TestCase.settings = settings(
    max_examples=int(os.environ.get("TAC_EXAMPLES", "20")), stateful_step_count=int(os.environ.get("TAC_STEPS", "25")),
    deadline=None, suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestVaultsThatExchange = Vaults.TestCase


def teardown_module() -> None:
    clear_away()
