"""A proper bundle from Anna for Bea, and the forge that builds others."""

import random

import pytest

from tac_desktop.export.bundle.writer import write_bundle
from tests.export.bundle.forging import SEED, Forge, attempt


@pytest.fixture(scope="session")
def good(anna, bea, history_of, parcel_of, attachment_of, tmp_path_factory) -> bytes:
    """A proper bundle from Anna for Bea with rows and an attachment."""
    path = tmp_path_factory.mktemp("good") / "a.tacb"
    attachments = (attachment_of(random.Random(SEED).randbytes(70_000)),)
    for _ in write_bundle(path, anna.identity, parcel_of(anna, bea, history_of(anna, 200), attachments=attachments)):
        pass
    attempt(path.read_bytes(), bea, anna)
    return path.read_bytes()


@pytest.fixture(scope="session")
def forge(anna, bea, history_of, good) -> Forge:
    return Forge(anna, bea, history_of(anna, 200), good)
