"""The disk gets full at any moment: a sentence says so, nothing is changed, no file is left, and it works with room.

As root the vault lies on a small disk of its own, which is filled up; everybody else only limits the database's pages.
With a large count each thing is tried with no room at all, with room for one page, for two, and so on until there is
enough: so each of its writes is the one for which there is none. With a small one the room is drawn by lot.
"""

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tac_desktop.actions import cards, exchange, vaults
from tac_desktop.actions.documents import write_document
from tac_desktop.actions.drafts import keep_draft, kept_draft, new_record
from tac_desktop.actions.salvaging import salvage_vault
from tac_desktop.actions.workbook import export_workbook, import_workbook
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import DiskFull
from tac_desktop.storage import backup
from tac_desktop.storage.key_slots import CHEAPEST
from trials.damage import acquaint
from trials.desks import (
    MOTHERS,
    NOW,
    PASSPHRASE,
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

COUNT = 24
SIZE_KIB = 24 * 1024
ENOUGH = "there was room"
_EACH_PAGE = 40
"""With so many runs for each thing the room grows page by page."""
CASE = case_file_id("EP-000")
TEXT = "The carer called about the visit. " * 60

Act = Callable[[Desk, Path], object]


def _draft(desk: Desk, out: Path) -> None:
    keep_draft(
        desk.drafts, desk.person, case_file=CASE, form="contact", record_id=new_record(CASE),
        typed={"summary": TEXT * 4}, at="2026-11-21T09:30",
    )  # fmt: skip


def _passphrase(desk: Desk, out: Path) -> None:
    slot = desk.vault.key_file().slots[0].id
    desk.vault.change_passphrase(slot, PASSPHRASE, PASSPHRASE, CHEAPEST)


def _write_bundle(desk: Desk, out: Path) -> None:
    card = cards.read_card_file(out.parent / "worker.card")
    _whole(exchange.write_bundle(desk.vault, desk.store, card, out / "out.tacb", now=NOW, cases=[CASE]))


def _import_bundle(desk: Desk, out: Path) -> None:
    _whole(exchange.import_bundle(desk.vault, desk.store, out.parent / "in.tacb", now=NOW))


def _document(desk: Desk, out: Path) -> None:
    _whole(write_document(desk.store, desk.person, CASE, "dossier", out / "dossier.pdf", now=NOW))


def _whole(job: Generator[object, None, object]) -> None:
    for _ in job:
        pass


WITHIN: Mapping[str, Act] = MappingProxyType({
    "save": lambda desk, _: write_contact(desk, 0, TEXT * 4),
    "attach": lambda desk, _: desk.store.attach([os.urandom(300_000)]),
    "import a workbook": lambda desk, out: import_workbook(desk.vault, desk.store, out.parent / "in.xlsx", now=NOW),
    "import a bundle": _import_bundle,
})  # fmt: skip
"""What is written to data.db alone."""
BESIDE: Mapping[str, Act] = MappingProxyType({
    "draft": _draft,
    "change the pass-phrase": _passphrase,
    "back up": lambda desk, out: _whole(backup(desk.vault, out, "backup")),
    "write a bundle": _write_bundle,
    "write a dossier": _document,
    "export a workbook": lambda desk, out: export_workbook(desk.vault, desk.store, out / "out.xlsx", now=NOW),
})  # fmt: skip
"""What makes or replaces other files."""


def _rekey(folder: Path) -> None:
    vault = vaults.unlock(folder / "vault", vaults.people_of(folder / "vault")[0].id, PASSPHRASE)
    try:
        _whole(vault.rekey())
    finally:
        vault.close()


def _salvage(folder: Path) -> None:
    _whole(salvage_vault(folder / "vault", folder / "out" / "new", "", PASSPHRASE, now=NOW))


ALONE: Mapping[str, Callable[[Path], object]] = MappingProxyType({"rekey": _rekey, "salvage": _salvage})
"""What is done with a vault that nobody has open."""


def run(count: int, seed: int) -> Outcome:
    """Do each thing in its turn, with too little room, then with enough."""
    outcome, rng = Outcome("full_disk"), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place, _small_disk(Path(place) / "disk") as disk:
        folder = disk or Path(place) / "disk"
        _prepare(Path(place) / "sound")
        acts = [*WITHIN, *(BESIDE if disk else ()), *(ALONE if disk else ())]
        for number, (name, pages) in enumerate(_rooms(acts, count, rng, outcome)):
            shutil.copytree(Path(place) / "sound", folder, dirs_exist_ok=True)
            outcome.tried += 1
            if name in ALONE:
                wrong = _tried_alone(folder, ALONE[name], pages, outcome)
            else:
                wrong = _tried(folder, (WITHIN | BESIDE)[name], pages, outcome, whole_disk=disk is not None)
            if wrong:
                outcome.bad.append(f"run {number}: {name}, with room for {pages} pages: {wrong}")
            for entry in folder.iterdir():
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    return outcome


def _rooms(acts: list[str], count: int, rng: random.Random, outcome: Outcome) -> Iterator[tuple[str, int]]:
    """Yield what is to be done, with how much room: drawn by lot, or growing until there was enough."""
    if count < _EACH_PAGE * len(acts):
        for number in range(count):
            yield acts[number % len(acts)], int(2 ** rng.uniform(0, 9))
        return
    for name in acts:
        for pages in range(count // len(acts)):
            before = outcome.seen.get(ENOUGH, 0)
            yield name, pages
            if outcome.seen.get(ENOUGH, 0) > before:
                outcome.meet(f"{name}: each write")
                break


@contextmanager
def _small_disk(at: Path) -> Generator[Path | None]:
    """Give a disk of its own, where that is permitted; None elsewhere."""
    at.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_KIB}k,mode=700", "tmpfs", str(at)]
    permitted = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount")
    if not permitted or subprocess.run(words, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


def _prepare(folder: Path) -> None:
    """Make a manager's vault, a bundle and a workbook for it."""
    folder.mkdir()
    (folder / "out").mkdir()
    with new_desk(folder / "vault", "manager") as manager, new_desk(folder / "worker") as worker:
        for number in range(MOTHERS):
            write_mother(manager, number)
            write_mother(worker, MOTHERS + number)
        for number in range(30):
            write_contact(manager, number % MOTHERS, TEXT)
            write_contact(worker, MOTHERS + number % MOTHERS, TEXT)
        card = acquaint(worker, manager, folder)
        _whole(exchange.write_bundle(worker.vault, worker.store, card, folder / "in.tacb", now=NOW))
    shutil.rmtree(folder / "worker")
    write_tracker(folder / "in.xlsx", "T-", 60)


def _tried(folder: Path, act: Act, pages: int, outcome: Outcome, *, whole_disk: bool) -> str:
    """Do something with too little room, then with enough; say what was wrong, '' if nothing was."""
    with desk_at(folder / "vault") as desk:
        before, draft, files = contents(desk.store), _kept(desk), _files(folder)
        with _filled(folder, desk, pages, whole_disk=whole_disk):
            try:
                act(desk, folder / "out")
                outcome.meet(ENOUGH)
                return _sound(desk)
            except DiskFull:
                outcome.meet("full")
            except Exception as fault:  # noqa: BLE001 - any other is what the trial looks for
                return f"{type(fault).__module__}.{type(fault).__name__} instead of DiskFull"
            if (contents(desk.store), _kept(desk)) != (before, draft):
                return "something was changed"
        if _files(folder) != files:
            return f"files are left: {', '.join(sorted(_files(folder) ^ files))}"
        wrong = _sound(desk)
        if not wrong:
            act(desk, folder / "out")
            wrong = _sound(desk)
    with desk_at(folder / "vault") as desk:
        return wrong or ("" if before.items() <= contents(desk.store).items() else "records are gone")


def _tried_alone(folder: Path, act: Callable[[Path], object], pages: int, outcome: Outcome) -> str:
    """Do the same with what is done to a vault that nobody has open."""
    with desk_at(folder / "vault") as desk:
        before = contents(desk.store)
    files = _files(folder)
    with _full_disk(folder, pages):
        try:
            act(folder)
            outcome.meet(ENOUGH)
            return ""
        except DiskFull:
            outcome.meet("full")
        except Exception as fault:  # noqa: BLE001 - any other is what the trial looks for
            return f"{type(fault).__module__}.{type(fault).__name__} instead of DiskFull"
    with desk_at(folder / "vault") as desk:  # what was begun may be finished now
        if contents(desk.store) != before:
            return "something was changed"
        wrong = _sound(desk)
    if wrong or _files(folder) != files:
        return wrong or f"files are left: {', '.join(sorted(_files(folder) ^ files))}"
    act(folder)
    return ""


@contextmanager
def _filled(folder: Path, desk: Desk, pages: int, *, whole_disk: bool) -> Generator[None]:
    """Leave little room: a few KiB on the disk, or a few pages in the database."""
    if whole_disk:
        with _full_disk(folder, pages):
            yield
        return
    connection: Any = desk.store._ledger.connection
    there = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={there + pages}")
    yield
    connection.execute("PRAGMA max_page_count=1000000000")


@contextmanager
def _full_disk(folder: Path, pages: int) -> Generator[None]:
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
        file.write(bytes(max(0, free - pages * 4096)))
    yield
    ballast.unlink()


def _kept(desk: Desk) -> object:
    return kept_draft(desk.drafts, desk.person, "contact", new_record(CASE))


def _files(folder: Path) -> set[str]:
    """Return the files there are, without the database's journals, and the backup that was made before a risky step."""
    names = (str(file.relative_to(folder)) for file in folder.rglob("*"))
    return {name for name in names if not name.endswith("-journal") and not name.startswith("vault/backups/")}


def _sound(desk: Desk) -> str:
    wrong = findings(desk.store)
    return f"the check finds: {wrong[0].what}" if wrong else ""
