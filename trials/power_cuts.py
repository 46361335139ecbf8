"""The power goes at any moment: what was not flushed is lost, kept, or torn; what was said to be saved is there.

A process at work is recorded by strace: by turns one that saves, types and imports, and one that lets people go, so
that the vault is given new keys. Its writes are then played back up to a random point, and of those that no flush has
made durable some are dropped, in whole or by sectors; names come, go and change until their folder was flushed.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tac_desktop.errors import TacError
from tac_desktop.storage import backup
from tac_desktop.storage.folder import DATA, DRAFTS, KEYS, NEXT
from tac_desktop.storage.folder_lock import LOCK_FILE
from tac_desktop.storage.key_file import read_keys
from trials.desks import MOTHERS, Desk, desk_at, findings, new_desk, write_mother
from trials.kills import Told, lost, note
from trials.outcome import Outcome
from trials.recording import PROCESSES, Event, recorded

COUNT = 40
SECTOR = 512


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)
    is_there: bool = True
    name_is_durable: bool = True
    came_from: str = ""
    """The name that it had, until the folder is flushed."""
    instead_of: "_File | None" = None
    """What had its name before, until the folder is flushed."""


def run(count: int, seed: int) -> Outcome:
    """Record one process and cut its power so many times."""
    outcome, rng = Outcome("power_cuts"), random.Random(seed)
    if not shutil.which("strace"):
        outcome.skipped = "there is no strace here"
        return outcome
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        folder, sound, after = Path(place) / "vault", Path(place) / "sound", Path(place) / "after"
        with new_desk(folder) as desk:
            for number in range(MOTHERS):
                write_mother(desk, number)
        shutil.copytree(folder, sound)
        recordings: list[list[Event]] = []
        for number in range(count):
            if number < len(PROCESSES):
                recordings.append(recorded(PROCESSES[number], folder, rng.randrange(1 << 30)))
                _refuse_blind(sound, folder, recordings[-1])
                shutil.rmtree(folder)
                shutil.copytree(sound, folder)
            events = recordings[number % len(recordings)]
            first = next(number for number, event in enumerate(events) if event.what == "said")
            cut = rng.randrange(first, len(events) + 1)
            shutil.copytree(sound, after)
            told = _cut(after, events[:cut], rng)
            outcome.tried += 1
            wrong = _wrong(after, told, outcome)
            if wrong:
                process = PROCESSES[number % len(PROCESSES)]
                outcome.bad.append(f"run {number}, {process}: after event {cut} of {len(events)}: {wrong}")
            shutil.rmtree(after)
    return outcome


def _refuse_blind(sound: Path, folder: Path, events: list[Event]) -> None:
    """Raise RuntimeError if the recording, played back to its end, does not come to the files that are there."""
    files = {file.name: _File(bytearray(file.read_bytes())) for file in sound.iterdir() if file.is_file()}
    for event in events:
        if event.what != "said":
            _play(files, event)
    for name, file in files.items():
        for waiting in file.pending:
            _apply(file.durable, waiting)
        if name != LOCK_FILE and file.is_there and (folder / name).read_bytes() != file.durable:
            raise RuntimeError(f"the recording does not come to {name} as it is")


def _cut(folder: Path, events: list[Event], rng: random.Random) -> Told:
    """Bring the files into a state in which a power cut may leave them; return what was said before it."""
    files = {file.name: _File(bytearray(file.read_bytes())) for file in folder.iterdir() if file.is_file()}
    said = b""
    for event in events:
        if event.what == "said":
            said += event.content
        else:
            _play(files, event)
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    for name, file in files.items():
        moved = not file.came_from or file.name_is_durable or rng.random() < 0.5
        if not moved:
            (folder / file.came_from).write_bytes(_left(file, rng))
        left = file if moved else file.instead_of
        if left and (left.is_there if left.name_is_durable or left.came_from else rng.random() < 0.5):
            (folder / name).write_bytes(_left(left, rng))
    told = Told()
    note(said.decode().splitlines(), told)
    return told


def _play(files: dict[str, _File], event: Event) -> None:
    match event.what:
        case "made":
            file = files.get(event.file)
            if file is None or not file.is_there:
                files[event.file] = _File(name_is_durable=False)
        case "wrote" | "cut":
            files[event.file].pending.append(event)
        case "flushed":
            file = files[event.file]
            for waiting in file.pending:
                _apply(file.durable, waiting)
            file.pending.clear()
            file.name_is_durable = True
        case "removed":
            files[event.file].is_there = files[event.file].name_is_durable = False
        case "moved":
            file = files.pop(event.file)
            before = files.get(event.to)
            files[event.to] = _File(
                file.durable, file.pending, name_is_durable=False, came_from=event.file,
                instead_of=before if before and before.is_there else None,
            )  # fmt: skip
        case _:
            for name in [name for name, file in files.items() if not file.is_there]:
                del files[name]
            for file in files.values():
                file.name_is_durable, file.came_from, file.instead_of = True, "", None


def _left(file: _File, rng: random.Random) -> bytes:
    """Return a file with all, some or none of what was not flushed."""
    content, pending = bytearray(file.durable), file.pending
    match rng.choice(("none", "all", "the first", "some", "torn")):
        case "none":
            pending = []
        case "the first":
            pending = pending[: rng.randint(0, len(pending))]
        case "some":
            pending = [event for event in pending if rng.random() < 0.5]
        case "torn":
            pending = [part for event in pending for part in _sectors(event) if rng.random() < 0.5]
        case _:
            pass
    for event in pending:
        _apply(content, event)
    return bytes(content)


def _sectors(event: Event) -> Iterator[Event]:
    if event.what == "cut":
        yield event
    for start in range(0, len(event.content), SECTOR):
        yield Event("wrote", event.file, at=event.at + start, content=event.content[start : start + SECTOR])


def _apply(content: bytearray, event: Event) -> None:
    end = event.at + len(event.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if event.what == "cut":
        del content[event.at :]
    else:
        content[event.at : end] = event.content


def _wrong(folder: Path, told: Told, outcome: Outcome) -> str:
    if any((folder / f"{name}{NEXT}").exists() for name in (DATA, DRAFTS)) or _has_two_keys(folder):
        outcome.meet("re-keying")
    outcome.meet("in a transaction" if any(p.stat().st_size for p in folder.glob("*-journal")) else "between")
    try:
        with desk_at(folder) as desk:
            return lost(desk, told) or _damaged(desk, folder, outcome)
    except TacError as trouble:
        return f"the vault does not open: {type(trouble).__name__}"


def _has_two_keys(folder: Path) -> bool:
    try:
        return bool(read_keys(folder / KEYS).next_mac)
    except TacError:
        return False


def _damaged(desk: Desk, folder: Path, outcome: Outcome) -> str:
    """Say what the check finds; a torn page that holds nothing is no loss, and a backup is without it."""
    wrong = findings(desk.store)
    if wrong and all(finding.part == "pages" and finding.where.startswith("page ") for finding in wrong):
        for _ in backup(desk.vault, folder, "copy"):
            pass
        outcome.meet("an unused page torn")
        return ""
    return f"the check finds: {wrong[0].what}" if wrong else ""
