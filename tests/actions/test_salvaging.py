"""A damaged vault is salvaged: real vaults, real damage to their files, and a colleague's bundle that brings back."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tac_desktop.actions import vaults
from tac_desktop.actions.cards import read_card_file
from tac_desktop.actions.drafts import keep_draft, kept_draft, new_record
from tac_desktop.actions.keeping import check_drafts, check_vault
from tac_desktop.actions.permitted import is_permitted
from tac_desktop.actions.salvaging import SalvageReport, in_words, salvage_vault
from tac_desktop.actions.same_woman import join_cases
from tac_desktop.casework import forms
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import case_file_id
from tac_desktop.commands.main import run
from tac_desktop.errors import FolderNotEmpty, KeysDamaged, VaultDamaged, WrongPassphrase
from tac_desktop.storage.audit_index import AuditFilter
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.readable_rows import ReadableRows, shapes_of
from tac_desktop.storage.sealed_pages import PAGE, SealedPages
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import NOW, acquainted, result_of, save, send
from tests.actions.conftest import PASSPHRASE, Desk

CASE = case_file_id("EP-001")
CONTACTS = 12
TEXT = "The carer called about the visit. "


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Vaults of a worker and of a manager who have exchanged everything, closed; each test damages a copy."""
    place = tmp_path_factory.mktemp("sound")
    desks = []
    for role, prison in (("worker", "EP"), ("manager", "")):
        vault, _ = vaults.create(
            place / role, name=f"Slate {role}", role=role, prison=prison, passphrase=PASSPHRASE, profile=CHEAPEST
        )
        desks.append(Desk(vault, Store(vault)))
    worker, manager = desks
    worker_card, manager_card = acquainted(place, worker, manager)  # 0.taccard and 1.taccard
    fill(worker)
    send(worker, manager_card, manager, place / "there.tacb")
    send(manager, worker_card, worker, place / "back.tacb")
    for desk in desks:
        desk.store.close()
        desk.vault.close()
    return place


def fill(worker: Desk) -> None:
    save(worker, "mother", {"reference": "EP-001", "name": "Ochre Needle", "prison": "EP"})
    letter = worker.store.attach([os.urandom(900_000)])
    for number in range(CONTACTS):
        answers = {
            "at": "2026-11-20T14:05", "kind": "phone", "direction": "outgoing", "with_whom": ("childrens_sw",),
            "reached": True, "summary": f"{number}. {TEXT * 100}", **({"letter": letter} if number == 5 else {}),
        }  # fmt: skip
        save(worker, "contact", answers, case_file=CASE)
    with vaults.reading(worker.vault) as (_, drafts):
        keep_draft(
            drafts, worker.person, case_file=CASE, form="contact", record_id=new_record(CASE),
            typed={"summary": "She was about to say"}, at="2026-11-21T09:30",
        )  # fmt: skip


@pytest.fixture
def place(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "vaults"))


class Opened:
    """A vault that is unlocked for the length of a block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Desk:
        self._vault = vaults.unlock(self._folder, vaults.people_of(self._folder)[0].id, PASSPHRASE)
        self._store = Store(self._vault)
        return Desk(self._vault, self._store)

    def __exit__(self, *_: object) -> None:
        self._store.close()
        self._vault.close()


def said(folder: Path) -> dict[tuple[str, str], str]:
    with Opened(folder) as desk:
        return {
            (form, record.id): repr((record.answers, record.known_on, record.conflicts))
            for form in forms.ALL
            for record in desk.store.records(form)
        }


def events(folder: Path) -> set[str]:
    with Opened(folder) as desk:
        audit = desk.store.audit
        return {one.event for one in audit.page(audit.numbers(AuditFilter()))}


def pages_of(folder: Path, table: str) -> list[int]:
    """Return the pages in which the rows of a table begin."""
    with Opened(folder) as desk:
        connection = desk.vault.connect()
        shapes = shapes_of(connection)
        connection.close()
        pages = SealedPages(folder / "data.db", desk.vault._key)
        rows = ReadableRows(pages, shapes)
        for _ in rows.look_through():
            pass
        pages.close()
        return rows._trees[table].pages


def damage(folder: Path, *numbers: int) -> None:
    content = bytearray((folder / "data.db").read_bytes())
    for number in numbers:
        content[(number - 1) * PAGE + 2000] ^= 1
    (folder / "data.db").write_bytes(content)


def salvage(place: Path, new: str = "new") -> SalvageReport:
    return result_of(salvage_vault(place / "worker", place / new, "", PASSPHRASE, now=NOW))


def findings(folder: Path) -> list[str]:
    with Opened(folder) as desk:
        found = (*result_of(check_vault(desk.store)), *check_drafts(desk.vault))
        return [finding.part for finding in found]


def test_a_sound_vault_is_salvaged_whole(place: Path):
    before = said(place / "worker")
    report = salvage(place)
    assert report.is_whole
    assert said(place / "new") == before
    assert findings(place / "new") == []
    with Opened(place / "new") as desk, vaults.reading(desk.vault) as (_, drafts):
        draft = kept_draft(drafts, desk.person, "contact", new_record(CASE))
        assert draft is not None
        assert draft.typed["summary"] == "She was about to say"


def test_a_damaged_page_costs_the_entries_in_it_and_no_others_and_they_are_named(place: Path):
    before, pages = said(place / "worker"), pages_of(place / "worker", "content")
    damage(place / "worker", pages[1])
    report = salvage(place)
    after = said(place / "new")
    gone = {key for key, text in before.items() if after.get(key) != text}
    assert gone
    assert len(gone) < len(before)
    assert {record for _, record in gone} <= {record for lost in report.lost for record in lost.records}
    assert {lost.case for lost in report.lost if lost.kind == "case"} == {"EP-001"}
    assert set(findings(place / "new")) == {"losses"}
    assert any("EP-001" in line for line in in_words(report))
    assert not any("Ochre" in line or TEXT.strip() in line for line in in_words(report))


def test_a_colleagues_bundle_brings_back_what_was_lost(place: Path):
    before = said(place / "worker")
    damage(place / "worker", *pages_of(place / "worker", "content")[:3], *pages_of(place / "worker", "journal")[:1])
    assert salvage(place).lost_entries
    with Opened(place / "new") as worker, Opened(place / "manager") as manager:
        send(worker, read_card_file(place / "1.taccard"), manager, place / "all.tacb")
        send(manager, read_card_file(place / "0.taccard"), worker, place / "again.tacb")
    after = said(place / "new")
    assert {key: after.get(key) for key in before} == before
    assert "losses" not in findings(place / "new") or _only_the_terminal(place / "new")


def _only_the_terminal(folder: Path) -> bool:
    """Say whether only sessions and access audit are lost still: they are in no other vault."""
    with Opened(folder) as desk:
        found = [finding for finding in result_of(check_vault(desk.store)) if finding.part == "losses"]
        return all(desk.store.terminal_stream in finding.where for finding in found)


def test_an_attachment_that_was_lost_comes_back_with_a_bundle(place: Path):
    before = said(place / "worker")
    damage(place / "worker", pages_of(place / "worker", "blob_chunk")[1])
    report = salvage(place)
    assert len(report.lost_attachments) == 1
    assert report.lost_entries == 0
    assert said(place / "new") == before
    assert findings(place / "new") == ["losses"]
    with Opened(place / "new") as worker, Opened(place / "manager") as manager:
        send(worker, read_card_file(place / "1.taccard"), manager, place / "all.tacb")
        send(manager, read_card_file(place / "0.taccard"), worker, place / "again.tacb")
        assert sum(map(len, worker.store.attachment(report.lost_attachments[0]))) == 900_000
    assert findings(place / "new") == []


def test_what_was_written_behind_a_gap_and_after_the_salvage_still_reaches_colleagues(place: Path):
    with Opened(place / "worker") as worker:  # two entries that nobody else holds
        for number in range(8):
            answers = {"at": "2026-11-21T08:05", "kind": "phone", "summary": f"Late {number}. {TEXT * 100}"}
            save(worker, "contact", answers, case_file=CASE)
    damage(place / "worker", pages_of(place / "worker", "content")[-3])
    report = salvage(place)
    assert report.lost_entries
    assert report.filed_again
    with Opened(place / "new") as worker, Opened(place / "manager") as manager:
        save(worker, "contact", {"at": "2026-11-21T09:05", "kind": "phone", "summary": "Anew."}, case_file=CASE)
        send(worker, read_card_file(place / "1.taccard"), manager, place / "all.tacb")
    ours, theirs = said(place / "new"), said(place / "manager")
    assert {key: text for key, text in theirs.items() if key[1] in {k[1] for k in ours}} == ours


def test_page_1_may_be_lost_and_the_salt_of_all_seals_with_it(place: Path):
    before = said(place / "worker")
    content = bytearray((place / "worker" / "data.db").read_bytes())
    content[:PAGE] = bytes(PAGE)
    (place / "worker" / "data.db").write_bytes(content)
    with pytest.raises(VaultDamaged):
        said(place / "worker")
    report = salvage(place)
    assert not report.seals_checked
    assert (report.lost_entries, report.lost_attachments) == (0, ())
    assert said(place / "new") == before
    assert findings(place / "new") == []


def test_where_roles_are_lost_nobody_looks_after_people_but_who_comes_in_by_code_or_key(place: Path):
    with Opened(place / "worker") as desk:
        assert is_permitted(desk.vault, Deed.LOOK_AFTER_PEOPLE), "nobody else could"
    damage(place / "worker", *pages_of(place / "worker", "person"))
    salvage(place)
    with Opened(place / "new") as desk:
        assert desk.vault.person.role == "engagement_worker"
        assert not is_permitted(desk.vault, Deed.LOOK_AFTER_PEOPLE)
        desk.vault.came_in_by = "recovery"
        assert is_permitted(desk.vault, Deed.LOOK_AFTER_PEOPLE)


@pytest.mark.parametrize("kept", [1, 5])
def test_a_file_that_is_cut_off_is_never_called_whole(place: Path, kept: int):
    file = place / "worker" / "data.db"
    file.write_bytes(file.read_bytes()[: kept * PAGE])
    report = salvage(place)
    told = " ".join(in_words(report))
    assert not report.is_whole
    assert "its end is missing" in told
    assert "No entry and no attachment is lost" not in told


def test_where_it_is_lost_what_a_stream_is_its_records_tell(place: Path):
    before, noted = said(place / "worker"), events(place / "worker")
    damage(place / "worker", *pages_of(place / "worker", "stream"))
    salvage(place)
    assert findings(place / "new") == []
    assert said(place / "new") == before
    assert noted
    assert noted <= events(place / "new")


def test_which_case_files_are_read_as_one_is_known_again_although_that_page_is_lost(place: Path):
    folder, other = place / "worker", case_file_id("EP-002")
    with Opened(folder) as desk:
        save(desk, "mother", {"reference": "EP-002", "name": "Ochre Nedle", "prison": "EP"})
        join_cases(desk.store, desk.person, other, CASE, first=CASE, reason="Her number.", now=NOW)
    before = said(folder)
    damage(folder, *pages_of(folder, "joined_case"))
    report = salvage(place)
    assert (report.lost_entries, report.findings) == (0, ())
    assert said(place / "new") == before
    with Opened(place / "new") as desk:
        assert desk.store.joined_cases.known() == {other: CASE}


def test_a_key_file_that_cannot_be_read_is_replaced_by_its_copy_and_that_is_told(place: Path):
    (place / "worker" / "keys.json").write_bytes(b"\0" * 700)
    with pytest.raises(KeysDamaged):
        vaults.people_of(place / "worker")
    report = salvage(place)
    assert report.keys == "copy"
    assert any(line.startswith("keys.json: damaged") for line in in_words(report))
    assert findings(place / "new") == []


def test_without_any_copy_of_the_key_file_nothing_is_made(place: Path):
    (place / "worker" / "keys.json").unlink()
    (place / "worker" / "keys.json.bak").unlink(missing_ok=True)
    with pytest.raises(KeysDamaged):
        salvage(place)
    assert not (place / "new").exists()


def test_a_vault_whose_own_keys_are_lost_gets_new_ones_and_files_its_entries_under_them(place: Path):
    before = said(place / "worker")
    damage(place / "worker", *pages_of(place / "worker", "meta"))
    report = salvage(place)
    assert report.own_keys_new
    assert report.filed_again >= CONTACTS
    assert said(place / "new") == before
    assert findings(place / "new") == []


def test_names_and_roles_that_are_lost_are_told_and_the_person_can_unlock_all_the_same(place: Path):
    damage(place / "worker", *pages_of(place / "worker", "person"))
    assert salvage(place).nameless == ("SW",)
    assert findings(place / "new") == []


@pytest.mark.parametrize(
    ("prepare", "trouble"),
    [
        (lambda place: (place / "new").mkdir() or (place / "new" / "notes.txt").touch(), FolderNotEmpty),
        (lambda place: (place / "worker" / "data.db").unlink(), VaultDamaged),
    ],
)
def test_what_cannot_be_salvaged_leaves_nothing_behind(
    place: Path, prepare: Callable[[Path], object], trouble: type[Exception]
):
    prepare(place)
    before = sorted(place.rglob("*"))
    with pytest.raises(trouble):
        salvage(place)
    assert sorted(path for path in place.rglob("*") if path.name != "vault.lock") == [
        path for path in before if path.name != "vault.lock"
    ]


def test_a_wrong_pass_phrase_is_noted_and_makes_nothing(place: Path):
    with pytest.raises(WrongPassphrase):
        result_of(salvage_vault(place / "worker", place / "new", "", "something else entirely", now=NOW))
    assert len(json.loads((place / "worker" / "attempts.json").read_text())["failed"]) == 1
    assert not (place / "new").exists()


def test_a_salvage_can_be_stopped_and_leaves_both_as_they_were(place: Path):
    before = {path.name: path.read_bytes() for path in (place / "worker").iterdir() if path.is_file()}
    steps = salvage_vault(place / "worker", place / "new", "", PASSPHRASE, now=NOW)
    next(steps)
    next(steps)
    steps.close()
    assert not (place / "new").exists()
    assert {path.name: path.read_bytes() for path in (place / "worker").iterdir() if path.is_file()} == before
    with Opened(place / "worker"):
        pass


def test_the_command_tells_what_was_lost_and_its_exit_code_says_that_something_was(
    place: Path, capsys: pytest.CaptureFixture[str]
):
    (place / "words").write_text(PASSPHRASE + "\n", encoding="utf-8")
    damage(place / "worker", pages_of(place / "worker", "content")[1])
    words = ["vault", "salvage", str(place / "worker"), "--to", str(place / "new")]
    words += ["--passphrase-file", str(place / "words"), "--json"]
    assert run(words, _no_screens) == 1
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert told["lost_entries"] >= 1
    assert told["lost"][0]["case"] == "EP-001"
    assert "The new vault is ready" in shown.err
    assert run(["vault", "check", str(place / "new"), "--passphrase-file", str(place / "words")], _no_screens) == 1
    assert "has not come back yet" in capsys.readouterr().err


def _no_screens(*_: object):
    raise AssertionError("no screen is wanted")
