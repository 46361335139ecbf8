"""Files with a bit flipped or their end cut off: noticed, in a sentence, or harmless; nothing is changed by looking."""

import random
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tac_desktop.actions import cards, exchange
from tac_desktop.actions.drafts import keep_draft, kept_draft, new_record
from tac_desktop.actions.workbook import import_workbook
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import TacError
from tac_desktop.storage import backup, restore
from tac_desktop.storage.folder import ATTEMPTS, DATA, DRAFTS, KEYS, KEYS_COPY
from tac_desktop.storage.folder_lock import LOCK_FILE
from trials.desks import (
    MOTHERS,
    NOW,
    Desk,
    contents,
    desk_at,
    findings,
    new_desk,
    write_contact,
    write_mother,
    write_tracker,
)
from trials.outcome import Outcome

COUNT = 117
DRAFTED = case_file_id("EP-000")
BUNDLE, WORKBOOK = "bundle.tacb", "tracker.xlsx"
JOURNAL = DATA + "-journal"
"""As a program leaves it that was killed in the middle of a transaction."""
BACKUP = "backups/backup"
IN_BACKUP = (f"{BACKUP}/{DATA}", f"{BACKUP}/{KEYS}", f"{BACKUP}/backup.sha256")
FILES = (KEYS, KEYS_COPY, DATA, JOURNAL, DRAFTS, ATTEMPTS, LOCK_FILE, *IN_BACKUP, BUNDLE, WORKBOOK)
KEPT = (KEYS, KEYS_COPY, DATA, DRAFTS)
"""What must lie there afterwards, byte for byte, as it was damaged or sound before."""


class _WrongError(Exception):
    """Something was taken for sound that is not."""


@dataclass(frozen=True)
class _Case:
    """Sound files, and what they say."""

    folder: Path
    """A worker's and a manager's vault, a bundle from one to the other, and a workbook."""
    said: Mapping[str, object]
    """What is read, by the file that is to be damaged."""


def run(count: int, seed: int) -> Outcome:
    """Damage one file so many times, each kind of file in its turn."""
    outcome, rng = Outcome("damage"), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        case = _prepare(Path(place) / "sound")
        for number in range(count):
            name = FILES[number % len(FILES)]
            copy = Path(place) / "damaged"
            shutil.copytree(case.folder, copy)
            outcome.tried += 1
            how = _damage(_path(copy, name), rng)
            try:
                outcome.meet(f"{name} {_met(copy, name, case)}")
            except _WrongError as wrong:
                outcome.bad.append(f"run {number}: {name}, {how}: {wrong}")
            except Exception as fault:  # noqa: BLE001 - any that is not ours is what the trial looks for
                outcome.bad.append(f"run {number}: {name}, {how}: {type(fault).__module__}.{type(fault).__name__}")
            shutil.rmtree(copy)
    return outcome


def _path(folder: Path, name: str) -> Path:
    if name == JOURNAL:
        return folder / "killed" / name
    return folder / name if name in (BUNDLE, WORKBOOK) else folder / "worker" / name


def _damage(file: Path, rng: random.Random) -> str:
    """Flip one bit or cut the file off; return how. A journal that is cut off cannot be told from a shorter one."""
    content = bytearray(file.read_bytes())
    at = rng.randrange(len(content))
    if rng.random() < 0.2 and file.name != JOURNAL:
        file.write_bytes(content[:at])
        return f"cut off at byte {at} of {len(content)}"
    bit = rng.randrange(8)
    content[at] ^= 1 << bit
    file.write_bytes(content)
    return f"bit {bit} of byte {at} of {len(content)}"


def _met(folder: Path, name: str, case: _Case) -> str:
    """Use a damaged file; return 'noticed', 'found by the check' or 'harmless'."""
    vault = folder / ("manager" if name == BUNDLE else "killed" if name == JOURNAL else "worker")
    before = _bytes(vault)
    try:
        found = _READINGS[name](folder)
        noticed = found is None
    except TacError:
        found, noticed = None, True
    if not noticed and found != case.said[name]:
        raise _WrongError("taken for sound, but it says something else")
    imports = name in (BUNDLE, WORKBOOK)
    if not imports and name != JOURNAL and not _is_kept(before, _bytes(vault)):
        raise _WrongError("a file of the vault was changed")
    if imports and noticed:  # the access audit may have grown
        with desk_at(vault) as desk:
            if contents(desk.store) != case.said[f"before {name}"]:
                raise _WrongError("refused, but the records are others than before")
    if not noticed and name in (DATA, JOURNAL):
        return _by_the_check(vault)
    return "noticed" if noticed else "harmless"


def _by_the_check(vault: Path) -> str:
    """Say what the check tells of pages that nobody has read."""
    try:
        with desk_at(vault) as desk:
            return "found by the check" if findings(desk.store) else "harmless"
    except TacError:
        return "found by the check"


def _bytes(vault: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in vault.glob("*") if file.is_file()}


def _is_kept(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> bool:
    """Say whether every file lies there as before; drafts that cannot be read are put aside, not lost."""
    return all(before[name] in (after.get(name), after.get("drafts-damaged.db")) for name in KEPT)


# --- what a person does with each file; None where a finding told of the damage ---


def _read_all(folder: Path) -> object:
    with desk_at(folder / "worker") as desk:
        return contents(desk.store), _draft(desk)


def _read_after_a_kill(folder: Path) -> object:
    with desk_at(folder / "killed") as desk:
        return contents(desk.store)


def _restore(folder: Path) -> object:
    for _ in restore(folder / "worker" / BACKUP, folder / "restored"):
        pass
    with desk_at(folder / "restored") as desk:
        return None if findings(desk.store) else contents(desk.store)


def _read_drafts(folder: Path) -> object:
    with desk_at(folder / "worker") as desk:
        draft = _draft(desk)
        return None if draft is None else (contents(desk.store), draft)


def _draft(desk: Desk) -> object:
    return kept_draft(desk.drafts, desk.person, "contact", new_record(DRAFTED))


def _import_bundle(folder: Path) -> object:
    with desk_at(folder / "manager") as desk:
        for _ in exchange.import_bundle(desk.vault, desk.store, folder / BUNDLE, now=NOW):
            pass
        return contents(desk.store)


def _import_workbook(folder: Path) -> object:
    with desk_at(folder / "worker") as desk:
        report = import_workbook(desk.vault, desk.store, folder / WORKBOOK, now=NOW)
        return None if report.wrong else contents(desk.store)


_READINGS: Mapping[str, Callable[[Path], Any]] = MappingProxyType(
    dict.fromkeys((KEYS, KEYS_COPY, DATA, ATTEMPTS, LOCK_FILE), _read_all)
    | dict.fromkeys(IN_BACKUP, _restore)
    | {
        JOURNAL: _read_after_a_kill, DRAFTS: _read_drafts, BUNDLE: _import_bundle, WORKBOOK: _import_workbook,
    }
)  # fmt: skip


def _prepare(folder: Path) -> _Case:
    """Make the sound files, and read what each says."""
    folder.mkdir()
    with new_desk(folder / "worker") as worker, new_desk(folder / "manager", "manager") as manager:
        for number in range(MOTHERS):
            write_mother(worker, number)
        worker.store.attach([b"A letter. " * 60_000])
        for number in range(40):
            write_contact(worker, number % MOTHERS, f"The carer called about visit {number}. " * 20)
        keep_draft(
            worker.drafts, worker.person, case_file=DRAFTED, form="contact", record_id=new_record(DRAFTED),
            typed={"summary": "She was about to say " * 200}, at="2026-11-21T09:30",
        )  # fmt: skip
        card = acquaint(worker, manager, folder)
        for _ in exchange.write_bundle(worker.vault, worker.store, card, folder / BUNDLE, now=NOW):
            pass
        for _ in backup(worker.vault, folder / "worker" / "backups", "backup"):
            pass
        _killed(worker, folder / "worker", folder / "killed")
        before = {f"before {BUNDLE}": contents(manager.store), f"before {WORKBOOK}": contents(worker.store)}
    (folder / "worker" / ATTEMPTS).write_text('{"failed": ["2026-11-21T08:00:00+00:00"]}', "ascii")
    (folder / "worker" / LOCK_FILE).write_text("a computer (process 4711)", "ascii")
    write_tracker(folder / WORKBOOK, "T-", 30)
    said: dict[str, object] = dict(before)
    for name, reading in _READINGS.items():
        copy = folder.with_name("read")
        shutil.copytree(folder, copy)
        said[name] = reading(copy)
        shutil.rmtree(copy)
    return _Case(folder, said)


def _killed(worker: Desk, folder: Path, to: Path) -> None:
    """Copy a vault as it lies there in the middle of a transaction, half of it written."""
    connection: Any = worker.vault.connect(cache_kib=40)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM caseload")
        connection.execute("DELETE FROM head")
        connection.execute("UPDATE blob_chunk SET bytes = randomblob(length(bytes))")
        shutil.copytree(folder, to)
    finally:
        connection.execute("ROLLBACK")
        connection.close()
    if not (to / JOURNAL).stat().st_size:
        raise RuntimeError("the journal is empty: nothing was written in the middle of the transaction")


def acquaint(worker: Desk, manager: Desk, folder: Path) -> Any:
    """Let two vaults accept each other's cards; return the manager's."""
    code = cards.hand_out_card(worker.vault, folder / "worker.card", now=NOW)
    cards.trust_card(manager.vault, manager.store, folder / "worker.card", code, now=NOW)
    code = cards.hand_out_card(manager.vault, folder / "manager.card", now=NOW)
    return cards.trust_card(worker.vault, worker.store, folder / "manager.card", code, now=NOW)
