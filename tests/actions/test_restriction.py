"""A restricted case file: for whom it is closed there is a line with its reference, and nothing else anywhere."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from tac_desktop.actions import (
    addenda,
    allocation,
    allowed_contact,
    case_workers,
    caseload,
    comments,
    conflicts,
    directory,
    documents,
    duplicates,
    handing_over,
    known_case,
    letters,
    mailbox,
    paper,
    reading,
    removing,
    restriction,
    same_woman,
    seals,
    tracker_returns,
    waiting_list,
    worklists,
)
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.awaited import awaited, how_quickly
from tac_desktop.actions.contact_log import ContactWith, log_contacts
from tac_desktop.actions.drafts import drafts_of, keep_draft
from tac_desktop.actions.evaluation import evaluation_report
from tac_desktop.actions.exchange import write_bundle
from tac_desktop.actions.known_women import Typed, here_already, known_women, read_women
from tac_desktop.actions.moving import record_move
from tac_desktop.actions.restriction import may_open, restrict, restriction_of
from tac_desktop.actions.steps import run_to_end
from tac_desktop.actions.undeciding import undo
from tac_desktop.actions.workbook import export_workbook, import_workbook
from tac_desktop.actions.workload import workload
from tac_desktop.casework import forms
from tac_desktop.casework.audit import FORM as AUDIT
from tac_desktop.casework.caseload import RESTRICTED
from tac_desktop.casework.journal import Change
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.casework.restriction import FORM
from tac_desktop.errors import (
    AnswersRefused,
    CaseRestricted,
    NotPermitted,
    ReferenceTaken,
    UnknownCase,
)
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import acquainted, send
from tests.actions.conftest import NOW, Desk, MakeDesk, made_desks
from tests.actions.test_permitted import ALL
from tests.export.workbooks import MOTHERS, save

CLOSED, OPEN = "Z-001", "Z-002"
CASE = case_file_id(CLOSED)
NAME = "Xanthe"
"""Of the mother, and a word of every record of the restricted case file."""
FERN = Person(id="fern", name="Fern Cog", role="worker", prison="EP")
"""Who may open it."""
OCHRE = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")
"""Who may not."""
TODAY: Final = NOW.date().isoformat()
WORK = {
    Deed.READ_CASES, Deed.WRITE_CASES, Deed.TAKE_OUT, Deed.ISSUE_PAPERS, Deed.HAND_OVER, Deed.JOIN_CASES, Deed.EXCHANGE,
    Deed.TRUST,
}  # fmt: skip


def put(desk: Desk, form: str, case_file: str = CASE, **answers: Any) -> str:
    return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW, case_file=case_file)


@dataclass
class House:
    """A manager's vault with a restricted case file and another one, and what stands in it."""

    desk: Desk
    manager: Person
    card: Any
    contact: str
    second: str
    baseline: str
    comment: str
    handover: str
    conflict: conflicts.OpenConflict
    decision: conflicts.Decision
    drawn: documents.DrawnDocument
    message: str
    """Of the office's mailbox, about her."""
    worker: str

    def at_work(self, person: Person) -> Desk:
        self.desk.vault.person = person
        return self.desk


def contested(mine: Desk, theirs: Desk, folder: Path, cards: list[Any]) -> list[conflicts.OpenConflict]:
    """Let two vaults answer two questions of the restricted case file without knowing of each other."""
    send(mine, cards[1], theirs, folder / "there.tacb")
    for desk, word in ((mine, "Xanthe Pip"), (theirs, "Xanthe Puss")):
        before = desk.store.record(CASE)
        assert before is not None
        answers = {**before.answers, "known_as": word, "prison_number": f"Z{len(word):04}ZZ"}
        save_answers(
            desk.store, desk.person, forms.ALL["mother"], answers=answers, now=NOW, case_file=CASE, record_id=CASE
        )
    send(theirs, cards[0], mine, folder / "back.tacb", now=NOW + timedelta(hours=1))
    return conflicts.open_conflicts(mine.vault, mine.store, CASE, now=NOW + timedelta(hours=1))


@pytest.fixture(scope="module")
def house(make_desks: MakeDesk, tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("between")
    mine, theirs = make_desks("manager"), make_desks("manager")
    cards = acquainted(folder, mine, theirs)
    for reference, name in ((CLOSED, f"{NAME} Anchor"), (OPEN, "Puce Ladder")):
        case = put(mine, "mother", "", reference=reference, name=name, prison="EP")
        put(mine, "hearing", case, at="2026-11-28T10:00", hearing_type="final", court=f"{name} Court")
    contact = {
        "at": "2026-11-20T10:00",
        "kind": "phone",
        "summary": f"{NAME} called.",
        "follow_up_by": "2026-11-01",
        "waiting_for": NAME,
    }
    one, two = (put(mine, "contact", **contact) for _ in range(2))
    child = put(mine, "child", name=f"{NAME} Pip")
    put(mine, "contact_permission", children=(child,), level="not_allowed", source="court_order", conditions=NAME)
    put(
        mine,
        "contact",
        at="2026-11-02T10:00",
        kind="phone",
        summary=NAME,
        children=(child,),
        child_contact="phone",
        outside_permission=NAME,
    )
    baseline = put(mine, "baseline", first_meeting="2026-11-01")
    seals.seal_record(mine.vault, mine.store, mine.person, baseline, now=NOW)
    addenda.add(mine.store, mine.person, baseline, f"{NAME} called later.", kind="addition", now=NOW)
    said = comments.comment(mine.store, mine.person, one, f"{NAME} again?", now=NOW)
    given = handing_over.hand_over(mine.vault, mine.store, CASE, cards[1], kind="cover", reason=NAME, now=NOW)
    differ = contested(mine, theirs, folder, cards)
    decided = conflicts.decide(mine.store, mine.person, differ[0], keep=differ[0].choices[0].cid, now=NOW)
    drawn = run_to_end(documents.draw_document(mine.store, mine.person, CASE, "dossier", now=NOW))
    message = {"received": "2026-11-20T10:00", "from_whom": "Court", "about": CASE, "for_whom": NAME, "prison": "EP"}
    came = put(mine, "inbox_message", "", **message)
    gone = put(mine, "inbox_message", "", **{**message, "message": NAME})
    removing.remove(mine.store, mine.person, gone, f"{NAME} wrote it twice.", now=NOW)
    reason = {"exception": True, "exception_reason": NAME}
    put(mine, "referral", date="2026-11-02", social_worker_allocated=False, **reason)
    worker = put(mine, "childrens_social_worker", name=f"{NAME} Trowel", from_date="2026-11-01")
    drafts = drafts_of(mine.vault)
    for case in (CASE, case_file_id(OPEN)):
        keep_draft(drafts, OCHRE, case_file=case, form="contact", record_id="", typed={"summary": NAME}, at=TODAY)
    drafts.close()
    restrict(mine.store, mine.person, CASE, people=[FERN.id], reason=f"{NAME} is a colleague's sister.", now=NOW)
    return House(mine, mine.person, cards[1], one, two, baseline, said, given, differ[1], decided, drawn, came, worker)


@pytest.fixture(scope="module")
def make_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    yield from made_desks(tmp_path_factory.mktemp("desks"))


Try = Callable[[House, Path], object]
A_LETTER = letters.ReadLetter(
    letter=Record(id="l", form="letterbox_letter", version=1, case_file=CASE, stream=CASE, answers={}),
    words="",
    found=(),
)
MOTHER = {"reference": CLOSED, "name": "Puce Anchor", "prison": "EP"}

CONTACT = Record(id="", form="contact", version=1, case_file=CASE, stream=CASE, answers={})
REFUSED: dict[str, Try] = {
    "answers.save_answers": lambda h, _: save_answers(
        h.desk.store, h.desk.person, forms.ALL["mother"], answers=MOTHER, now=NOW, case_file=CASE, record_id=CASE
    ),
    "addenda.add": lambda h, _: addenda.add(h.desk.store, h.desk.person, h.baseline, NAME, kind="correction", now=NOW),
    "allowed_contact.stand_by": lambda h, _: allowed_contact.stand_by(
        h.desk.store, h.desk.person, CASE, ["nobody"], now=NOW
    ),
    "contact_log.log_contacts": lambda h, _: log_contacts(
        h.desk.store, h.desk.person, [ContactWith(case_file=CASE, answers={})], now=NOW
    ),
    "case_workers.work_with": lambda h, _: case_workers.work_with(h.desk.store, h.desk.person, CASE, now=NOW),
    "waiting_list.decide": lambda h, _: waiting_list.decide(
        h.desk.store, h.desk.person, CASE, answers={"said": "Wait."}, now=NOW
    ),
    "waiting_list.referral_answers": lambda h, _: waiting_list.referral_answers(h.desk.store, CASE),
    "moving.record_move": lambda h, _: record_move(h.desk.store, h.desk.person, CASE, answers={}, now=NOW),
    "allocation.note_told": lambda h, _: allocation.note_told(h.desk.store, h.desk.person, CASE, h.worker, now=NOW),
    "directory.safe_contact_note": lambda h, _: directory.safe_contact_note(h.desk.store, CASE, NAME),
    "mailbox.log_message": lambda h, _: mailbox.log_message(h.desk.store, h.desk.person, h.message, now=NOW),
    "mailbox.note_answered": lambda h, _: mailbox.note_answered(h.desk.store, h.desk.person, h.message, now=NOW),
    "comments.comment": lambda h, _: comments.comment(h.desk.store, h.desk.person, h.contact, "Why?", now=NOW),
    "comments.comments_in": lambda h, _: comments.comments_in(h.desk.store, CASE),
    "conflicts.decide": lambda h, _: conflicts.decide(
        h.desk.store, h.desk.person, h.conflict, keep=h.conflict.choices[0].cid, now=NOW
    ),
    "conflicts.postpone": lambda h, _: conflicts.postpone(h.desk.store, h.conflict, "tomorrow", today=TODAY),
    "undeciding.undo": lambda h, _: undo(h.desk.store, h.desk.person, h.decision, now=NOW),
    "documents.draw_document": lambda h, _: run_to_end(
        documents.draw_document(h.desk.store, h.desk.person, CASE, "dossier", now=NOW)
    ),
    "documents.issue_document": lambda h, _: documents.issue_document(
        h.desk.store, h.desk.person, CASE, h.drawn, now=NOW
    ),
    "documents.write_document": lambda h, folder: run_to_end(
        documents.write_document(h.desk.store, h.desk.person, CASE, "dossier", folder / "left.pdf", now=NOW)
    ),
    "documents.note_printing": lambda h, _: documents.note_printing(
        h.desk.store, h.desk.person, sha256=h.drawn.sha256, pages=1, now=NOW, case_file=CASE
    ),
    "duplicates.join": lambda h, _: duplicates.join(h.desk.store, h.desk.person, [h.contact, h.second], now=NOW),
    "duplicates.separate": lambda h, _: duplicates.separate(h.desk.store, h.desk.person, h.contact, now=NOW),
    "exchange.write_bundle": lambda h, folder: run_to_end(
        write_bundle(h.desk.vault, h.desk.store, h.card, folder / "left.tacb", now=NOW, cases=[CASE])
    ),
    "handing_over.hand_over": lambda h, _: handing_over.hand_over(
        h.desk.vault, h.desk.store, CASE, h.card, kind="transfer", now=NOW
    ),
    "handing_over.end_hand_over": lambda h, _: handing_over.end_hand_over(
        h.desk.vault, h.desk.store, h.handover, now=NOW
    ),
    "handing_over.open_tasks": lambda h, _: handing_over.open_tasks(h.desk.store, CASE, TODAY),
    "known_case.case_as_known": lambda h, _: known_case.case_as_known(h.desk.store, CASE, TODAY),
    "letters.read_letter": lambda h, _: letters.read_letter(h.desk.store, h.desk.person, CASE, h.contact),
    "letters.note_read": lambda h, _: letters.note_read(
        h.desk.store, h.desk.person, CASE, A_LETTER, may_stand=(), now=NOW
    ),
    "paper.attached_file": lambda h, _: run_to_end(
        paper.attached_file(h.desk.store, h.drawn.sha256, case_file=CASE, now=NOW)
    ),
    "paper.save_copy": lambda h, folder: paper.save_copy(
        h.desk.store, h.desk.person, h.drawn.content, folder / "left.pdf", now=NOW, case_file=CASE
    ),
    "reading.case_records": lambda h, _: reading.case_records(h.desk.store, h.desk.person, CASE),
    "reading.case_records_again": lambda h, _: reading.case_records_again(h.desk.store, h.desk.person, CASE, {}, 1),
    "reading.is_full": lambda h, _: reading.is_full(h.desk.store, h.desk.person, CASE),
    "reading.records_of": lambda h, _: reading.records_of(h.desk.store, h.desk.person, "contact", CASE),
    "reading.record_of": lambda h, _: reading.record_of(h.desk.store, h.desk.person, h.contact),
    "reading.history_of": lambda h, _: reading.history_of(h.desk.store, h.desk.person, h.contact),
    "reading.history_as_known": lambda h, _: reading.history_as_known(
        h.desk.store, h.desk.person, replace(CONTACT, id=h.contact), TODAY
    ),
    "removing.remove": lambda h, _: removing.remove(h.desk.store, h.desk.person, h.contact, NAME, now=NOW),
    "removing.removed": lambda h, _: removing.removed(h.desk.store, h.desk.person, CASE),
    "removing.bring_back": lambda h, _: removing.bring_back(
        h.desk.store, h.desk.person, h.contact, form="contact", case_file=CASE, now=NOW
    ),
    "removing.linked_to": lambda h, _: removing.linked_to(
        h.desk.store, h.desk.person, CASE, form="mother", case_file=CASE
    ),
    "restriction.restriction_of": lambda h, _: restriction_of(h.desk.store, CASE),
    "tracker_returns.standing": lambda h, _: tracker_returns.standing(h.desk.store, CASE, day=TODAY),
    "tracker_returns.send": lambda h, _: tracker_returns.send(
        h.desk.vault, h.desk.store, h.desk.person, h.baseline, now=NOW
    ),
    "same_woman.woman_of": lambda h, _: same_woman.woman_of(h.desk.store, CASE),
    "same_woman.join_cases": lambda h, _: same_woman.join_cases(
        h.desk.store, h.desk.person, case_file_id(OPEN), CASE, first=CASE, reason="So.", now=NOW
    ),
    "same_woman.joined_in": lambda h, _: same_woman.joined_in(h.desk.store, CASE),
    "same_woman.beside": lambda h, _: same_woman.beside(h.desk.store, CASE),
    "seals.seal_record": lambda h, _: seals.seal_record(h.desk.vault, h.desk.store, h.desk.person, h.baseline, now=NOW),
}
"""What is refused, by the action that refuses it."""

SILENT: dict[str, Try] = {
    "allowed_contact.outside_everywhere": lambda h, _: run_to_end(
        allowed_contact.outside_everywhere(h.desk.store, TODAY)
    ),
    "awaited.awaited": lambda h, _: awaited(h.desk.store),
    "awaited.how_quickly": lambda h, _: how_quickly(h.desk.store, TODAY),
    "mailbox.messages": lambda h, _: mailbox.messages(h.desk.store, h.desk.person),
    "mailbox.waiting": lambda h, _: mailbox.waiting(h.desk.store, h.desk.person),
    "comments.comments_on": lambda h, _: comments.comments_on(h.desk.store, h.contact),
    "comments.unread": lambda h, _: comments.unread(h.desk.store, h.desk.person),
    "conflicts.open_conflicts": lambda h, _: conflicts.open_conflicts(h.desk.vault, h.desk.store, now=NOW),
    "conflicts.open_conflict": lambda h, _: conflicts.open_conflict(
        h.desk.vault, h.desk.store,
        conflicts.Waiting(
            case_file=CASE, record_id=CASE, form="mother", field=h.conflict.field, question="", postponed_until=""
        ), now=NOW,
    ),
    "conflicts.listed": lambda h, _: conflicts.listed(h.desk.store, h.desk.person, CASE),
    "handing_over.handovers": lambda h, _: handing_over.handovers(h.desk.vault, h.desk.store, CASE, today=TODAY),
    "addenda.addenda_on": lambda h, _: addenda.addenda_on(h.desk.store, h.baseline),
    "seals.seals_on": lambda h, _: seals.seals_on(h.desk.vault, h.desk.store, h.baseline),
    "search": lambda h, _: caseload.numbers(h.desk.store, h.desk.person, TODAY, "all", typed=NAME),
    "search of notes": lambda h, _: caseload.numbers(h.desk.store, h.desk.person, TODAY, "all", typed="called"),
    "search of a reference": lambda h, _: caseload.numbers(h.desk.store, h.desk.person, TODAY, "all", typed=CLOSED),
    "overdue": lambda h, _: caseload.numbers(h.desk.store, h.desk.person, TODAY, "overdue"),
}  # fmt: skip
"""What tells nothing: its answer is as empty as if nothing were there."""

NOTHING_TOLD = {
    "caseload.row_of",  # of what is closed only that it is
    "directory.entry", "directory.seemingly_one",  # the directory is of no case
    "comments.mark_read",  # the comment's id is only found where the comment is
    "duplicates.is_joined",  # yes or no
    "same_woman.case_files_of",  # ids, by which nothing is told
}  # fmt: skip


def test_whatever_names_a_case_or_a_record_is_tried_here():
    names = {"case_file", "record_id", "record_ids", "cases", "conflict", "decision", "comments"}
    found = {
        f"{module}.{name}"
        for module, name, action in ALL
        if getattr(action, "deed", None) in WORK and names & set(inspect.signature(action).parameters)
    }
    tried = {name for name in (*REFUSED, *SILENT) if "." in name}
    assert found - tried == NOTHING_TOLD


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_closed_is_refused_noted_and_changes_nothing(name: str, house: House, tmp_path: Path):
    desk = house.at_work(OCHRE)
    before = entries_of(desk)
    with pytest.raises(CaseRestricted, match="not among those who may open it"):
        REFUSED[name](house, tmp_path)
    assert entries_of(desk) == before
    assert desk.store.attachment_size(house.drawn.sha256) is None
    assert list(tmp_path.iterdir()) == []
    tried = desk.store.entries_of(AUDIT)[-1]
    assert tried.sem.author == OCHRE.id
    assert {"event": "restricted_tried", "case_file": CASE}.items() <= (tried.values or {}).items()


def entries_of(desk: Desk) -> list[str]:
    return [entry.cid for entry in desk.store.entries(CASE)]


@pytest.mark.parametrize("name", SILENT)
def test_what_is_closed_is_told_nowhere(name: str, house: House, tmp_path: Path):
    for person, sees in ((FERN, True), (OCHRE, False), (house.manager, name != "comments.unread")):
        house.at_work(person)
        assert bool(SILENT[name](house, tmp_path)) is sees


def test_a_list_shows_that_there_is_a_case_with_its_reference_and_nothing_of_it(house: House):
    desk = house.at_work(OCHRE)
    rows = caseload.all_cases(desk.store, desk.person, now=NOW)
    assert [(row.reference, row.name) for row in rows] == [(CLOSED, RESTRICTED), (OPEN, "Puce Ladder")]
    empty = rows[0].prison_number, rows[0].prison, rows[0].children, rows[0].next_due, rows[0].last_contact
    assert (rows[0].status, empty) == ("restricted", ("", "", 0, "", ""))
    for order in ("due", "name", "reference", "last_contact"):
        numbers = caseload.numbers(desk.store, desk.person, TODAY, "all", order=order)
        assert [row.reference for row in caseload.page(desk.store, numbers)] == [OPEN, CLOSED]
    for shown in ("open", "overdue", "week", "waiting", "closed"):
        numbers = caseload.numbers(desk.store, desk.person, TODAY, shown)
        assert CLOSED not in [row.reference for row in caseload.page(desk.store, numbers)]


def test_a_file_of_it_does_not_open_by_its_hash_in_another_case_file(house: House):
    desk = house.at_work(house.manager)
    file = desk.store.attach([NAME.encode()])
    put(desk, "paper", title="A letter", date=TODAY, file=file)
    assert run_to_end(paper.attached_file(desk.store, file, case_file=CASE, now=NOW)) == NAME.encode()
    desk = house.at_work(OCHRE)
    for case_file in (case_file_id(OPEN), "", "elsewhere"):
        with pytest.raises(CaseRestricted):
            run_to_end(paper.attached_file(desk.store, file, case_file=case_file, now=NOW))
    chosen = desk.store.attach([b"chosen, and not saved yet"])
    assert run_to_end(paper.attached_file(desk.store, chosen, case_file=case_file_id(OPEN), now=NOW))


LISTS: dict[str, Callable[[Desk], object]] = {
    "who waits": lambda d: waiting_list.waiting_list(d.store, TODAY),
    "what is due": lambda d: worklists.due_page(d.store, worklists.due_numbers(d.store, today=TODAY)[0]),
    "what is not answered": lambda d: worklists.open_questions(d.store, "mother", "date_of_birth", "EP"),
    "is she here": lambda d: known_women(d.store, read_women(d.store), Typed(name=f"{NAME} Anchor")),
    "namesakes in a workbook": lambda d: here_already(d.store, [{"reference": "Z-9", "name": f"{NAME} Anchor"}]),
    "exceptions": lambda d: run_to_end(workload(d.store, TODAY)).exceptions,
    "removed from the office": lambda d: removing.removed_from_office(d.store, d.person),
    "messages": lambda d: reading.office_records(d.store, d.person, "inbox_message"),
    "comments": lambda d: comments.comments_in(d.store),
}
"""What goes over all case files and is asked for none of them."""


@pytest.mark.parametrize("name", LISTS)
def test_a_list_over_all_case_files_names_it_to_nobody_else(name: str, house: House):
    assert CASE in repr(LISTS[name](house.at_work(FERN)))
    told = repr(LISTS[name](house.at_work(OCHRE)))
    assert CASE not in told
    assert NAME not in told.replace(repr(f"{NAME} Anchor"), "")  # but for what she has typed in herself


def test_a_message_about_it_goes_into_no_other_case_file(house: House):
    desk = house.at_work(OCHRE)
    with pytest.raises(CaseRestricted):
        mailbox.log_message(desk.store, desk.person, house.message, now=NOW, case_file=case_file_id(OPEN))


def test_what_is_said_of_a_conflict_or_a_decision_opens_nothing(house: House):
    desk = house.at_work(OCHRE)
    elsewhere = replace(house.conflict, case_file=case_file_id(OPEN), form="contact")
    with pytest.raises(CaseRestricted):
        conflicts.decide(desk.store, desk.person, elsewhere, keep=elsewhere.choices[0].cid, now=NOW)
    with pytest.raises(CaseRestricted):
        undo(desk.store, desk.person, replace(house.decision, conflict=elsewhere), now=NOW)


def test_today_says_nothing_of_it(house: House):
    def seen_by(person: Person) -> caseload.Today:
        desk = house.at_work(person)
        drafts = drafts_of(desk.vault)
        try:
            return caseload.today(desk.store, drafts, desk.person, TODAY, vault=desk.vault)
        finally:
            drafts.close()

    assert NAME in repr(seen_by(FERN))
    hers = seen_by(OCHRE)
    assert NAME not in repr(hers).replace(repr(hers.drafts), "")
    assert CASE not in repr(hers)
    assert [(one.name, len(hers.drafts)) for one in hers.hearings] == [("Puce Ladder", 1)]


def test_who_is_named_and_every_manager_open_it(house: House):
    for person in (FERN, house.manager):
        desk = house.at_work(person)
        assert may_open(desk.store, CASE)
        [mother] = reading.case_records(desk.store, desk.person, CASE)["mother"]
        assert mother.text("name") == f"{NAME} Anchor"
    found = restriction_of(house.at_work(FERN).store, CASE)
    assert found is not None
    assert (found.people, found.since) == ({FERN.id}, TODAY)


def test_nobody_enters_the_same_woman_twice(house: House):
    desk = house.at_work(OCHRE)
    with pytest.raises(ReferenceTaken):
        save_answers(desk.store, desk.person, forms.ALL["mother"], answers=MOTHER, now=NOW)


def test_a_workbook_neither_takes_from_it_nor_writes_into_it(house: House, tmp_path: Path):
    desk = house.at_work(OCHRE)
    before = entries_of(desk)
    book = save(
        tmp_path / "in.xlsx",
        {"Mothers": [MOTHERS[0], (CLOSED, "Other Name", "HMP Send"), (OPEN, "Puce Ladder", "HMP Eastwood Park")]},
    )
    report = import_workbook(desk.vault, desk.store, book, now=NOW)
    assert (report.restricted, report.wrong, report.new, entries_of(desk)) == (1, (), {}, before)
    assert export_workbook(desk.vault, desk.store, tmp_path / "out.xlsx", now=NOW) == 1
    assert export_workbook(house.at_work(FERN).vault, desk.store, tmp_path / "out.xlsx", now=NOW) == 2


def test_it_counts_in_the_evaluation_as_any_other(house: House):
    counted = [evaluation_report(house.at_work(who).store, who, TODAY, now=NOW) for who in (OCHRE, FERN)]
    assert counted[0] == counted[1]
    assert NAME not in repr(counted[0])


# --- restricting ---


@pytest.fixture
def case(manager: Desk) -> str:
    return put(manager, "mother", "", reference=CLOSED, name="Puce Anchor", prison="EP")


def test_a_restriction_is_changed_and_lifted_and_the_audit_knows(manager: Desk, case: str):
    boss = manager.person
    restrict(manager.store, boss, case, people=[], reason="She is known here.", now=NOW)
    manager.vault.person = OCHRE
    assert not may_open(manager.store, case)
    manager.vault.person = boss
    later = NOW + timedelta(days=1)
    restrict(manager.store, boss, case, people=[OCHRE.id], reason="She is known here.", now=later)
    manager.vault.person = OCHRE
    assert may_open(manager.store, case)
    manager.vault.person = boss
    restrict(manager.store, boss, case, people=[], reason="She is known here.", now=later)
    restriction.lift(manager.store, boss, case, now=later)
    manager.vault.person = OCHRE
    assert may_open(manager.store, case)
    assert restriction_of(manager.store, case) is None
    assert len(manager.store.records(FORM)) == 1
    events = [(entry.values or {}).get("event") for entry in manager.store.entries_of(AUDIT)]
    assert events == ["case_restricted"] * 3 + ["case_unrestricted"]


@pytest.mark.parametrize("role", ["worker", "engagement_worker", "admin"])
def test_only_a_manager_restricts_and_lifts(manager: Desk, case: str, role):
    boss = manager.person
    manager.vault.person = other = replace(OCHRE, role=role)
    for act in (
        lambda: restrict(manager.store, other, case, people=[other.id], reason="Mine.", now=NOW),
        lambda: restriction.lift(manager.store, other, case, now=NOW),
        lambda: save_answers(
            manager.store, other, forms.ALL[FORM], answers={"reason": "x", "since": TODAY}, now=NOW, case_file=case
        ),
        lambda: restrict(manager.store, boss, case, people=[other.id], reason="Mine.", now=NOW),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert manager.store.records(FORM) == []


def test_a_restriction_needs_a_reason_and_a_case_file(manager: Desk, case: str):
    with pytest.raises(AnswersRefused):
        restrict(manager.store, manager.person, case, people=[], reason="  ", now=NOW)
    with pytest.raises(UnknownCase):
        restrict(manager.store, manager.person, case_file_id("Z-099"), people=[], reason="Why.", now=NOW)
    assert manager.store.records(FORM) == []


def test_of_contradicting_restrictions_the_stricter_holds_until_a_manager_decides(make_desk: MakeDesk, tmp_path: Path):
    mine, theirs = make_desk("manager"), make_desk("manager")
    cards = acquainted(tmp_path, mine, theirs)
    case = put(mine, "mother", "", reference=CLOSED, name="Puce Anchor", prison="EP")
    restrict(mine.store, mine.person, case, people=[], reason="Why.", now=NOW)
    send(mine, cards[1], theirs, tmp_path / "there.tacb")
    restrict(mine.store, mine.person, case, people=[OCHRE.id], reason="Why.", now=NOW)
    restrict(theirs.store, theirs.person, case, people=[OCHRE.id, FERN.id], reason="Why.", now=NOW)
    send(theirs, cards[0], mine, tmp_path / "back.tacb", now=NOW + timedelta(hours=1))
    boss = mine.person
    mine.vault.person = OCHRE
    assert not may_open(mine.store, case)
    mine.vault.person = boss
    [differ] = conflicts.open_conflicts(mine.vault, mine.store, case, now=NOW)
    conflicts.decide(mine.store, boss, differ, keep=differ.choices[0].cid, now=NOW)
    mine.vault.person = OCHRE
    assert may_open(mine.store, case)


def test_what_was_asked_once_is_not_read_again_until_something_is_written(manager: Desk, case: str):
    manager.vault.person = OCHRE
    connection = manager.store._ledger.connection
    read: list[str] = []
    assert may_open(manager.store, case)
    connection.set_trace_callback(read.append)
    for _ in range(3):
        assert may_open(manager.store, case)
    assert [sql for sql in read if "form_" in sql] == []
    second = Store(manager.vault)
    change = Change(record_id=case, form="mother", version=1, stream=case, values={"known_as": "Pip"}, known_on=TODAY)
    second.save([change], author="x", now=NOW)
    second.close()
    assert may_open(manager.store, case)
    connection.set_trace_callback(None)
    assert any("form_case_restriction" in sql for sql in read)
