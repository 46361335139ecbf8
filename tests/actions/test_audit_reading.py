"""Who may see what of the audit, in which words, and what leaves of it."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import which

import openpyxl
import pypdfium2
import pytest

from tac_desktop.actions import audit_reading, audit_words, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.audit import note_event, note_unlocked
from tac_desktop.actions.audit_export import MOST, Exported, export_audit
from tac_desktop.actions.audit_reading import AuditEntry, Wanted
from tac_desktop.actions.keeping import check_vault
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework import forms
from tac_desktop.casework.audit import FACTS, HIDDEN, Event, Facts, words_of
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AuditTooLong, NotPermitted
from tac_desktop.export import sshsig
from tac_desktop.export.audit_report import AuditRow, digest
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault
from tests.actions.conftest import NOW, PASSPHRASE

PEOPLE = {"Slate Kettle": "manager", "Umber Clock": "worker", "Indigo Ladder": "admin"}
CASE = "Z0007ZZ/1"


@dataclass
class House:
    folder: Path
    opened: list[tuple[Vault, Store]]

    def enter(self, name: str) -> tuple[Vault, Store]:
        self.leave()
        vault = vaults.unlock_as(self.folder, name, f"{PASSPHRASE} {name}")
        self.opened.append((vault, Store(vault)))
        return self.opened[-1]

    def leave(self) -> None:
        while self.opened:
            vault, store = self.opened.pop()
            store.close()
            vault.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A vault of a manager, a worker and an administrator, each of whom has done something."""
    folder = tmp_path_factory.mktemp("audit") / "vault"
    vault, _ = vaults.create(
        folder, name="Slate Kettle", role="manager", prison="", passphrase=f"{PASSPHRASE} Slate Kettle",
        profile=CHEAPEST,
    )  # fmt: skip
    for name in ("Umber Clock", "Indigo Ladder"):
        person = Person(id=name.split()[0].lower(), name=name, role=PEOPLE[name], prison="EP")
        vault.add_person(person, f"{PASSPHRASE} {name}", CHEAPEST)
    vault.close()
    house = House(folder, [])
    vault, store = house.enter("Umber Clock")
    answers = {"reference": CASE, "name": "Ochre Thimble", "prison": "EP"}
    save_answers(store, vault.person, forms.ALL["mother"], now=NOW, answers=answers)
    facts: Facts = {"case_file": case_file_id(CASE), "pages": 12, "sha256": "ab" * 32, "kind": "dossier"}
    note_event(store, vault.person, Event.DOCUMENT_ISSUED, now=NOW, facts=facts)
    vault, store = house.enter("Slate Kettle")
    note_unlocked(vault, store, now=NOW + timedelta(hours=1))
    note_event(store, vault.person, Event.BUNDLE_REFUSED, now=NOW, facts={"why": "BundleDamaged"})
    note_event(store, vault.person, Event.PERSON_LEFT, now=NOW, facts={"person": "umber"})
    vault, store = house.enter("Indigo Ladder")
    note_event(store, vault.person, Event.BACKED_UP, now=NOW + timedelta(days=1))
    yield house
    house.leave()


def seen(store: Store, wanted: Wanted = audit_reading.EVERYTHING) -> list[AuditEntry]:
    return audit_reading.page(store, audit_reading.numbers(store, wanted))[::-1]


def test_a_manager_sees_what_everybody_did_in_words(house):
    _, store = house.enter("Slate Kettle")
    told = {(entry.who, entry.what, entry.case, entry.details) for entry in seen(store)}
    assert told >= {
        ("Umber Clock", "issued a paper", CASE, "kind: dossier · pages: 12 · SHA-256: abababababab"),
        ("Slate Kettle", "unlocked the vault", "", ""),
        ("Slate Kettle", "was refused a bundle", "",
         "reason: This bundle is damaged or incomplete"),
        ("Slate Kettle", "took a person's access away", "", "person: Umber Clock"),
        ("Indigo Ladder", "made a backup", "", ""),
    }  # fmt: skip


def test_an_administrator_sees_that_there_was_a_case_file_and_not_which(house):
    _, store = house.enter("Indigo Ladder")
    assert {entry.case for entry in seen(store)} == {"", "a case file"}
    with pytest.raises(NotPermitted):
        audit_reading.numbers(store, Wanted(case=CASE))


def test_a_worker_sees_what_she_did_herself_and_nothing_else(house):
    _, store = house.enter("Umber Clock")
    manager = next(one.id for one in store.vault.people() if one.name == "Slate Kettle")
    assert {entry.who for entry in seen(store)} == {"Umber Clock"}
    assert seen(store, Wanted(person=manager)) == []
    assert audit_reading.offered(store).people == (("umber", "Umber Clock"),)
    assert audit_reading.page(store, store.audit.numbers(audit_reading.AuditFilter(authors=(manager,)))) == []


def test_a_worker_exports_nothing(house, tmp_path):
    vault, store = house.enter("Umber Clock")
    with pytest.raises(NotPermitted):
        export_audit(vault, store, tmp_path / "audit.pdf", now=NOW)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(person="indigo"), {"made a backup"}),
        (Wanted(group="papers"), {"issued a paper"}),
        (Wanted(case=f" {CASE}"), {"issued a paper"}),
        (Wanted(first="2026-11-22", person="indigo"), {"made a backup"}),
        (Wanted(last="2026-11-20"), set()),
    ],
)
def test_a_manager_filters_by_person_group_case_and_days(house, wanted, found):
    _, store = house.enter("Slate Kettle")
    assert {entry.what for entry in seen(store, wanted)} == found


def test_looking_at_what_others_did_is_noted_once_in_ten_minutes(house):
    _, store = house.enter("Slate Kettle")
    for minutes in (0, 5, 15):
        audit_reading.numbers(store, now=NOW + timedelta(days=3, minutes=minutes))
    assert [entry.what for entry in seen(store, Wanted(first="2026-11-24"))] == ["looked at the audit of others"] * 2


def test_looking_at_ones_own_is_not_noted(house):
    vault, store = house.enter("Slate Kettle")
    before = len(store.audit.numbers(audit_reading.AuditFilter()))
    audit_reading.numbers(store, Wanted(person=vault.person.id), now=NOW + timedelta(days=5))
    assert len(store.audit.numbers(audit_reading.AuditFilter())) == before


# --- what leaves ---


def export(house: House, path: Path, wanted: Wanted = audit_reading.EVERYTHING) -> tuple[Exported, bytes]:
    """Export as the manager; return what is told, and her seal key."""
    vault, store = house.enter("Slate Kettle")
    return run_to_end(export_audit(vault, store, path, wanted, now=NOW)), vault.seal_key


def test_a_workbook_holds_every_event_and_a_seal_over_all_of_it(house, tmp_path):
    path = tmp_path / "audit.xlsx"
    exported, key = export(house, path)
    book = openpyxl.load_workbook(path)
    rows = [AuditRow(*(cell or "" for cell in row)) for row in book["Events"].iter_rows(min_row=2, values_only=True)]
    assert len(rows) == exported.entries
    assert "ab" * 32 in next(row.details for row in rows if row.what == "issued a paper")
    text, signature = next(book["Seal"].iter_rows(min_row=2, values_only=True))
    assert f"rows: {digest(rows)}\n" in text
    assert f"events: {exported.entries}\n" in text
    signer, bare = sshsig.read_armoured(signature.encode(), sshsig.AUDIT_EXPORT)
    assert signer == key
    sshsig.verify(signer, bare, text.encode(), sshsig.AUDIT_EXPORT)


def test_the_seal_of_a_pdf_can_be_copied_from_it_and_checked_by_ssh_keygen(house, tmp_path):
    path = tmp_path / "audit.pdf"
    exported, key = export(house, path, Wanted(case=CASE))
    assert exported == Exported(entries=1, sealed=True)
    with pypdfium2.PdfDocument(path) as paper:
        words = "\n".join(page.get_textpage().get_text_bounded() for page in paper).replace("\r\n", "\n")
    assert "12" in words
    assert "Ochre" not in words
    text = re.search(r"^tac-audit-export-1\n.*?^chain: \S+\n", words, re.MULTILINE | re.DOTALL)[0]
    signature = re.search(r"-----BEGIN SSH SIGNATURE-----\n.*?-----END SSH SIGNATURE-----", words, re.DOTALL)[0] + "\n"
    assert sshsig.read_armoured(signature.encode(), sshsig.AUDIT_EXPORT)[0] == key
    if which("ssh-keygen"):
        (tmp_path / "seal.sig").write_text(signature)
        check = ["ssh-keygen", "-Y", "check-novalidate", "-n", "tac-audit-export-v1", "-s", tmp_path / "seal.sig"]
        assert subprocess.run(check, input=text.encode(), check=False, capture_output=True).returncode == 0


def test_an_export_says_where_the_chain_ended_and_a_check_holds_the_vault_to_it(house, tmp_path):
    export(house, tmp_path / "audit.xlsx")
    _, store = house.enter("Slate Kettle")
    last = store.audit.page(store.audit.numbers(audit_reading.AuditFilter(events=(Event.AUDIT_EXPORTED,))))[0]
    session, number, chain = str(last.facts["end"]).split()
    text = openpyxl.load_workbook(tmp_path / "audit.xlsx")["Seal"]["A2"].value
    assert f"session: {session}\nnumber: {number}\nchain: {chain}\n" in text
    assert run_to_end(check_vault(store)) == ()


def test_what_is_too_long_for_one_file_is_refused_and_leaves_none(house, tmp_path, monkeypatch):
    monkeypatch.setitem(MOST, "pdf", 2)
    vault, store = house.enter("Slate Kettle")
    with pytest.raises(AuditTooLong, match="one file of this kind takes 2"):
        run_to_end(export_audit(vault, store, tmp_path / "audit.pdf", now=NOW))
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_is_stopped_leaves_no_file_and_no_event(house, tmp_path):
    vault, store = house.enter("Slate Kettle")
    before = len(store.audit.numbers(audit_reading.AuditFilter()))
    steps = export_audit(vault, store, tmp_path / "audit.pdf", now=NOW)
    next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []
    assert len(store.audit.numbers(audit_reading.AuditFilter())) == before


# --- the table of events ---


def test_every_event_is_noted_somewhere_in_the_program():
    program = Path(audit_reading.__file__).parents[1]
    sources = "".join(path.read_text() for path in program.rglob("*.py") if path.name != "audit.py")
    sources += (program / "actions" / "audit.py").read_text()
    assert [event.name for event in Event if f"Event.{event.name}" not in sources] == []


def test_every_fact_has_a_name_for_people_or_is_hidden_from_them():
    assert set(Facts.__annotations__) == FACTS.keys() | HIDDEN


def test_an_event_of_a_newer_program_is_shown_by_its_bare_name(house):
    _, store = house.enter("Slate Kettle")
    assert words_of("moon_landed") == "moon landed"
    assert audit_words.reason("MoonMissing") == "MoonMissing"
    names = audit_words.Names(store)
    assert names.person("0123456789") == "Somebody unknown (01234567)"
    assert audit_words.fact_words(names, "phase", "full_moon") == "full moon"


def test_facts_hold_no_names_of_mothers(house):
    _, store = house.enter("Slate Kettle")
    noted = store.audit.page(store.audit.numbers(audit_reading.AuditFilter()))
    assert "Ochre" not in json.dumps([dict(one.facts) for one in noted])
