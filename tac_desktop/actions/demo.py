"""The main job from end to end on the samples: two workers and their manager, from the workbook to the report."""

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tac_desktop.actions import cards, documents, evaluation, exchange, keeping, report_file, sample, vaults, workbook
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.people import Role
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import CannotWrite, FolderNotEmpty, VaultDamaged

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

PASSPHRASE: Final = "copper lantern under the bridge"  # noqa: S105 - of fictitious people, and printed
AS_OF: Final = "2022-05-31"
"""The day to which the sample workbook and the first interim report belong."""


@dataclass(frozen=True)
class DemoStep:
    """One step that was done."""

    step: str
    result: str


@dataclass(frozen=True)
class _Desk:
    """Somebody's open vault."""

    vault: "Vault"
    store: "Store"
    folder: Path
    card: Path
    bundle: Path

    @property
    def name(self) -> str:
        return self.vault.person.name


_PEOPLE: Final[tuple[tuple[str, str, Role, str], ...]] = (
    ("eastwood-park", "Slate Kettle", "worker", "EP"),
    ("send", "Lilac Anvil", "worker", "SEND"),
    ("manager", "Copper Ladder", "manager", ""),
)


def run_demo(to: Path, *, now: datetime) -> Generator[DemoStep]:
    """Do the main job in an empty or new folder; yield each step when it is done.

    What it makes stays there: three vaults, cards, bundles, two papers and the report. If a step fails, or the
    generator is closed, nothing stays.

    Args:
        to: The folder.
        now: The time, with its zone.

    Raises:
        FolderNotEmpty: there is something in the folder; it was left alone.
        And what the steps raise.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise FolderNotEmpty(
            "The folder for the demo is not empty. Nothing was changed. Name a new or an empty folder."
        )
    was_there = to.exists()
    desks: list[_Desk] = []
    try:
        _make_folders(to)
        yield from _steps(to, desks, now)
    except BaseException:
        _close(desks)
        _take_away(to, was_there=was_there)
        raise
    _close(desks)


def _make_folders(to: Path) -> None:
    try:
        for name in ("cards", "bundles"):
            (to / name).mkdir(parents=True, exist_ok=True)
    except OSError:
        raise CannotWrite from None


def _steps(to: Path, desks: list[_Desk], now: datetime) -> Iterator[DemoStep]:
    for name, person, role, prison in _PEOPLE:
        desks.append(_make_desk(to, name, person, role, prison))
        yield DemoStep(f"A vault for {person}, {role}", str(to / name))
    *workers, manager = desks
    for desk in workers:
        yield _take_in(desk, now, desk.vault.person.prison)
    yield from _tell_story(workers[0], to, now)
    for desk in workers:
        yield _exchange_cards(desk, manager, now)
    for desk in workers:
        yield from _send(desk, manager, now)
    yield _take_in(manager, now, "")
    yield from _report(manager, to, now)
    for desk in desks:
        yield _check(desk)


def _make_desk(to: Path, name: str, person: str, role: Role, prison: str) -> _Desk:
    vault, _ = vaults.create(to / name, name=person, role=role, prison=prison, passphrase=PASSPHRASE)
    with _closed_on_failure(vault):
        store = vaults.store_of(vault)
    return _Desk(vault, store, to / name, to / "cards" / f"{name}.card", to / "bundles" / f"{name}.tacb")


@contextmanager
def _closed_on_failure(vault: "Vault") -> Generator[None]:
    try:
        yield
    except BaseException:
        vault.close()
        raise


def _take_in(desk: _Desk, now: datetime, prison: str) -> DemoStep:
    path = sample.sample_folder() / sample.WORKBOOK
    done = workbook.import_workbook(desk.vault, desk.store, path, now=now, prison=prison)
    result = (
        f"{done.new.get('mother', 0)} new mothers, {sum(done.new.values())} new records, "
        f"{sum(done.changed.values())} changed, {done.known} known already"
    )
    return DemoStep(f"{desk.name} imports {'her prison’s mothers from ' if prison else ''}the sample workbook", result)


def _tell_story(desk: _Desk, to: Path, now: datetime) -> Iterator[DemoStep]:
    saved = sample.load_story(desk.store, desk.vault.person, now)
    contacts = len(desk.store.records("contact", case_file_id(sample.REFERENCE)))
    what = f"{desk.name} writes down one mother’s story, and who waits"
    yield DemoStep(what, f"{saved} forms, {contacts} of them contacts")
    papers: tuple[tuple[documents.DocumentKind, str], ...] = (
        ("dossier", "court-dossier.pdf"),
        ("assessment", "parenting-assessment.pdf"),
    )
    for kind, name in papers:
        drawn = run_to_end(documents.write_document(
            desk.store, desk.vault.person, case_file_id(sample.REFERENCE), kind, to / name, now=now
        ))  # fmt: skip
        yield DemoStep(f"{desk.name} writes the {drawn.title.lower()}", f"{drawn.pages} pages: {to / name}")


def _exchange_cards(desk: _Desk, manager: _Desk, now: datetime) -> DemoStep:
    for giver, taker in ((desk, manager), (manager, desk)):
        code = cards.hand_out_card(giver.vault, giver.card, now=now)
        cards.trust_card(taker.vault, taker.store, giver.card, code, now=now)
    return DemoStep(f"{desk.name} and {manager.name} accept each other’s card", "by its code")


def _send(desk: _Desk, manager: _Desk, now: datetime) -> Iterator[DemoStep]:
    card = cards.read_card_file(manager.card)
    written = run_to_end(exchange.write_bundle(desk.vault, desk.store, card, desk.bundle, now=now))
    told = f"{written.entries} entries of {written.case_files} case files, {written.size:,} bytes"
    yield DemoStep(f"{desk.name} seals a bundle for {manager.name}", told)
    found = run_to_end(exchange.import_bundle(manager.vault, manager.store, desk.bundle, now=now))
    told = f"{found.new} new, {found.changed} changed, {found.conflicting} conflicting, {found.known} known"
    yield DemoStep(f"{manager.name} imports it", told)


def _report(manager: _Desk, to: Path, now: datetime) -> Iterator[DemoStep]:
    report = evaluation.evaluation_report(manager.store, manager.vault.person, AS_OF, now=now)
    for ending in ("xlsx", "pdf"):
        path = to / f"evaluation-{AS_OF}.{ending}"
        run_to_end(report_file.save_report(manager.store, report, path, now=now))
        yield DemoStep(f"{manager.name} writes the evaluation report", f"{len(report['tables'])} tables: {path}")


def _check(desk: _Desk) -> DemoStep:
    found = run_to_end(keeping.check_vault(desk.store))
    if found:
        raise VaultDamaged
    return DemoStep(f"{desk.name}’s vault is checked", "pages, chains, signatures, records and attachments are sound")


def _close(desks: list[_Desk]) -> None:
    for desk in desks:
        desk.store.close()
        desk.vault.close()


def _take_away(to: Path, *, was_there: bool) -> None:
    for made in to.iterdir() if was_there else ():
        shutil.rmtree(made, ignore_errors=True)
        made.unlink(missing_ok=True)
    if not was_there:
        shutil.rmtree(to, ignore_errors=True)
