"""A process that lets people go is killed at any moment; then the vault opens, by exactly one key, and all is there."""

import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tac_desktop.errors import KeysDamaged, TacError, VaultDamaged
from tac_desktop.storage.binding import open_database
from tac_desktop.storage.folder import DATA, DRAFTS, KEYS
from tac_desktop.storage.key_file import read_keys
from trials.desks import MOTHERS, Desk, desk_at, new_desk, write_mother
from trials.kills import STEPS, Told, found, lost, note
from trials.outcome import Outcome

COUNT = 12
BALLAST = 1 << 20
"""So many bytes of attachments lie in the vault, so that writing it anew takes a while."""


def run(count: int, seed: int) -> Outcome:
    """Kill so many processes, one after the other, in one vault."""
    outcome, rng, told = Outcome("rekey"), random.Random(seed), Told()
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        folder = Path(place) / "vault"
        with new_desk(folder) as desk:
            for number in range(MOTHERS):
                write_mother(desk, number)
            desk.store.attach([os.urandom(BALLAST)])
        for number in range(count):
            outcome.tried += 1
            lines = _killed(folder, number * STEPS, rng)
            outcome.meet(_reached(folder))
            note([line for line in lines if not line.startswith(("keys", "rekeyed"))], told)
            try:
                with desk_at(folder) as desk:
                    wrong = _keys_wrong(desk, lines, outcome) or lost(desk, told) or found(desk)
            except TacError as trouble:
                wrong = f"the vault does not open: {type(trouble).__name__}"
            if wrong:
                outcome.bad.append(f"run {number}: {wrong}")
    return outcome


def _killed(folder: Path, first_step: int, rng: random.Random) -> list[str]:
    """Let a process let people go, kill it after a while, and return what it had said."""
    words = [sys.executable, "-m", "trials.letting_go", str(folder), str(first_step), str(rng.randrange(1 << 30))]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(rng.uniform(0.05, 1.5))
        process.kill()
        said = first + process.stdout.read()
    return said[: said.rfind("\n") + 1].splitlines()  # a line that was cut off was not said


def _reached(folder: Path) -> str:
    """Return how far the re-keying was when the process was killed."""
    try:
        both = bool(read_keys(folder / KEYS).next_mac)
    except KeysDamaged:
        return "no keys"
    if (folder / f"{DATA}.next").exists():
        return "writing data.db anew"
    if (folder / f"{DRAFTS}.next").exists():
        return "writing drafts.db anew"
    return "both keys in keys.json" if both else "no re-keying"


def _keys_wrong(desk: Desk, lines: list[str], outcome: Outcome) -> str:
    """Say what is wrong with the keys: exactly one may open each database; who left goes with the old one."""
    keys = [line.split() for line in lines if line.startswith(("keys", "rekeyed"))]
    if not keys:
        return ""
    what, data, drafts, slot, leaver = keys[-1]
    folder, has_new_key = desk.vault.folder, desk.vault.data_key.hex() != data
    outcome.meet("ended with another key" if has_new_key else "ended with the key told last")
    if what == "rekeyed" and has_new_key:
        return "a key that was told is not that of the vault"
    for name, key in ((DATA, data), (DRAFTS, drafts)):
        if _opens(folder / name, key) == has_new_key:
            return f"{name} has not exactly one key"
    here = slot in [one.id for one in desk.vault.key_file().slots]
    if here != (what == "keys" and not has_new_key):
        return "who was to leave is here with the new key, or gone with the old one"
    left = next(person.left for person in desk.vault.people() if person.id == leaver)
    if left != ("" if here else "2026-11-21"):
        return "it is not told rightly who has left"
    if read_keys(folder / KEYS).next_mac or list(folder.glob("*.next")):
        return "something was left undone"
    return ""


def _opens(path: Path, key: str) -> bool:
    with suppress(VaultDamaged):
        open_database(path, bytes.fromhex(key)).close()
        return True
    return False
