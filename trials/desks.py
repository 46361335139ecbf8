"""Vaults for the trials: real ones, whose pass-phrase is cheap to guess, with evidently invented people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.contact_log import ContactWith, log_contacts
from tac_desktop.actions.drafts import drafts_of
from tac_desktop.actions.keeping import check_vault
from tac_desktop.casework import forms
from tac_desktop.casework.people import Person, Role
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.drafts import Drafts
from tac_desktop.storage.integrity import Finding
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PASSPHRASE = "amber lantern under the bridge"
MOTHERS = 5

Contents = dict[tuple[str, str], str]
"""What each record says, by its form and id."""


class Desk(NamedTuple):
    """An open vault with its store and drafts."""

    vault: Vault
    store: Store
    drafts: Drafts

    @property
    def person(self) -> Person:
        return self.vault.person


@contextmanager
def new_desk(
    folder: Path, role: Role = "worker", name: str = "Slate Kettle", prison: str = "EP", passphrase: str = PASSPHRASE
) -> Iterator[Desk]:
    """Make a vault and open it; only a worker's belongs to a prison."""
    prison = prison if role == "worker" else ""
    vault, _ = vaults.create(folder, name=name, role=role, prison=prison, passphrase=passphrase, profile=CHEAPEST)
    with _at(vault) as desk:
        yield desk


@contextmanager
def desk_at(folder: Path) -> Iterator[Desk]:
    """Unlock a vault."""
    with _at(vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)) as desk:
        yield desk


@contextmanager
def _at(vault: Vault) -> Iterator[Desk]:
    try:
        store = Store(vault)
        try:
            drafts = drafts_of(vault)
            try:
                yield Desk(vault, store, drafts)
            finally:
                drafts.close()
        finally:
            store.close()
    finally:
        vault.close()


def write_mother(desk: Desk, number: int, name: str = "Ochre Needle") -> str:
    """Write down a mother; return her case file."""
    answers = {"reference": f"EP-{number:03d}", "name": name, "prison": "EP"}
    return save_answers(desk.store, desk.person, forms.ALL["mother"], answers=answers, now=NOW)


def write_contact(desk: Desk, number: int, summary: str) -> str:
    """Write down a contact about one of the first mothers; return its id."""
    answers = {
        "at": "2026-11-20T14:05", "kind": "phone", "direction": "outgoing", "with_whom": ("childrens_sw",),
        "reached": True, "summary": summary,
    }  # fmt: skip
    contact = ContactWith(case_file=case_file_id(f"EP-{number:03d}"), answers=answers)
    return log_contacts(desk.store, desk.person, [contact], now=NOW).contacts[0]


def write_tracker(path: Path, prefix: str, mothers: int, name: str = "Coral Feather") -> Path:
    """Write a case tracker with so many mothers, whose references begin with `prefix`, each with a referral."""
    book = openpyxl.Workbook()
    people, referrals = book.active, book.create_sheet("Referrals")
    people.title = "Mothers"
    people.append(["Case reference", "Name", "Prison"])
    referrals.append(["Case reference", "Date"])
    for number in range(mothers):
        people.append([f"{prefix}{number:03d}", f"{name} {number}", "HMP Send"])
        referrals.append([f"{prefix}{number:03d}", "2026-02-03"])
    book.save(path)
    return path


def contents(store: Store) -> Contents:
    """Return what all records say."""
    return {
        (form, record.id): repr((record.answers, record.known_on, record.conflicts))
        for form in forms.ALL
        for record in store.records(form)
    }


def findings(store: Store) -> list[Finding]:
    """Check the vault through and through, signatures and seals with it; return what is wrong."""
    steps = check_vault(store)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return list(end.value)
