"""Whatever a bundle holds in records of any form, it is taken in, and stops no list, no page and no further work."""

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tac_desktop.actions import (
    allowed_contact,
    awaited,
    caseload,
    directory,
    known_case,
    known_women,
    mailbox,
    reading,
    removing,
    retention,
    same_woman,
    tracker_returns,
    waiting_list,
    worklists,
    workload,
)
from tac_desktop.actions.drafts import drafts_of
from tac_desktop.actions.drawings import PAPERS, DocumentKind
from tac_desktop.actions.evaluation import evaluation_report
from tac_desktop.actions.keeping import check_vault
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework import forms
from tac_desktop.casework.chronology import chronology
from tac_desktop.casework.disclosure import COURT_AND_PARTIES
from tac_desktop.casework.fields import Choices, Links, Reader
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.casework.same_woman import FORM as SAME
from tac_desktop.casework.same_woman import record_id as same_woman_id
from tac_desktop.casework.streams import office_stream
from tac_desktop.errors import TacError
from tac_desktop.export.documents.issue import Issue
from tests.actions.between_vaults import acquainted, save, send
from tests.actions.conftest import NOW, Desk, MakeDesk, made_desks

TODAY = NOW.date().isoformat()
CASE = case_file_id("Z-001")
OTHERS = tuple(case_file_id(f"Z-00{number}") for number in (2, 3, 4))
WRONG: tuple[JsonValue, ...] = (
    None, True, -1, 2**53, "", " ", "x" * 5000, "9999-12-31", "2026-02-30", "2026-11-21T25:61", "nowhere", CASE,
    {"not_known": ""}, {"declined": True}, {"blob": "a" * 64},
    "\u202e\U0001f600\n",
)  # fmt: skip
ELEMENTS = ("nowhere", CASE, "a label of somebody's own")
FORMS = [form for form in forms.ALL.values() if form.keeping != "restricted" and form.name not in ("mother", "seal")]
"""What verbs alone write with a signature is refused by itself; the mother stays, so that there is a case file."""


def _hostile(chance: random.Random, number: int) -> Iterator[Change]:
    """Yield a record of every form with wrong answers in wrong places, and what says of it what is not so."""
    for form in FORMS:
        values: dict[str, JsonValue] = {}
        for field in form.fields:
            if isinstance(field, Choices | Links) and chance.random() < 0.5:
                values[f"{field.name}/{chance.choice(['nowhere', CASE, 'own label'])}"] = chance.choice(
                    [True, False, 5]
                )
            elif chance.random() < 0.7:
                values[field.name] = chance.choice(WRONG)
        values["of_a_newer_program"] = "x"
        stream = office_stream("EP") if form.keeping == "office" else CASE
        yield Change(
            record_id=derived_id("hostile", form.name, str(number)), form=form.name, version=chance.choice([1, 99]),
            stream=stream, values=values, known_on=chance.choice(["2026-11-20", "2020-02-29"]),
        )  # fmt: skip


def _joins() -> Iterator[Change]:
    """Yield that case files are of one woman in a ring, of oneself, and of one that is nowhere."""
    ring = (*zip(OTHERS, (*OTHERS[1:], OTHERS[0]), strict=True), (OTHERS[0], OTHERS[0]), (OTHERS[1], "nowhere"))
    for second, first in ring:
        yield Change(
            record_id=same_woman_id(second, first), form=SAME, version=1, stream=second, known_on=TODAY,
            values={"first": first, "since": TODAY, "reference": "Z", "reason": "r", "name": "n"},
        )  # fmt: skip


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A vault that has taken in a bundle of such records."""
    folder = tmp_path_factory.mktemp("hostile")
    makes = made_desks(folder)
    make: MakeDesk = next(makes)
    mine, theirs = make("manager"), make("manager")
    cards = acquainted(folder, mine, theirs)
    for place, case in enumerate((CASE, *OTHERS)):
        save(mine, "mother", {"reference": f"Z-00{place + 1}", "name": f"Puce {place}", "prison": "EP"})
        save(mine, "child", {"name": "Mauve Anchor", "date_of_birth": "2019-03-27"}, case_file=case)
    chance = random.Random(5)
    for number in range(4):
        mine.store.save(list(_hostile(chance, number)), author=mine.person.id, now=NOW)
    mine.store.save(list(_joins()), author=mine.person.id, now=NOW)
    send(mine, cards[1], theirs, Path(folder / "hostile.tacb"))
    yield theirs
    next(makes, None)


def _today(desk: Desk) -> Any:
    drafts = drafts_of(desk.vault)
    try:
        return caseload.today(desk.store, drafts, desk.person, TODAY, vault=desk.vault)
    finally:
        drafts.close()


ABOUT = ("child", "letterbox_letter", "school_request", "childrens_social_worker", "information_request")
LOOKS = {
    "today": _today,
    "caseload": lambda d: caseload.page(d.store, caseload.numbers(d.store, d.person, TODAY, "all"), TODAY),
    "case file": lambda d: reading.case_records(d.store, d.person, CASE),
    "as known": lambda d: reading.case_records(d.store, d.person, CASE, TODAY),
    "chronology": lambda d: chronology(known_case.case_as_known(d.store, CASE, TODAY)),
    "waiting list": lambda d: waiting_list.waiting_list(d.store, TODAY),
    "awaited": lambda d: (awaited.awaited(d.store), awaited.how_quickly(d.store, TODAY)),
    "due": lambda d: worklists.due_page(d.store, worklists.due_numbers(d.store, today=TODAY)[0]),
    "complete": lambda d: run_to_end(worklists.completeness(d.store)),
    "outside": lambda d: run_to_end(allowed_contact.outside_everywhere(d.store, TODAY)),
    "workload": lambda d: run_to_end(workload.workload(d.store, TODAY)),
    "directory": lambda d: directory.page(d.store, directory.numbers(d.store, "twice")),
    "messages": lambda d: mailbox.waiting(d.store, d.person),
    "women": lambda d: known_women.read_women(d.store),
    "same woman": lambda d: [same_woman.woman_of(d.store, one) for one in OTHERS],
    "bin": lambda d: removing.removed(d.store, d.person, CASE),
    "return": lambda d: tracker_returns.standing(d.store, CASE, day=TODAY),
    "retention": lambda d: retention.retention_list(d.store, today=TODAY),
    "evaluation": lambda d: evaluation_report(d.store, d.person, TODAY, now=NOW),
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_what_a_bundle_holds_stops_no_list_and_no_page(theirs: Desk, look: str):
    LOOKS[look](theirs)


@pytest.mark.parametrize("kind", PAPERS)
def test_what_a_bundle_holds_stops_no_paper(theirs: Desk, kind: DocumentKind):
    view = known_case.case_as_known(theirs.store, CASE, TODAY, office_about="")
    about = (one.id for several in view.records.values() for one in several if one.form in ABOUT)
    for readers in (COURT_AND_PARTIES, frozenset[Reader]({"mother"}), frozenset[Reader]({"staff"})):
        for record_id in ("", *about):
            issue = Issue(issued_on=TODAY, prepared_by="Slate Kettle", version=1, about=record_id, readers=readers)
            with suppress(TacError):  # there is no such paper about this record
                PAPERS[kind].notes(PAPERS[kind].draw(view, issue, {}), view, issue)


def test_a_ring_of_case_files_is_read_as_one_and_the_vault_is_whole(theirs: Desk):
    joined = theirs.store.joined_cases.known()
    assert set(joined.values()) == {min(OTHERS)}
    assert set(joined) == set(OTHERS) - {min(OTHERS)}
    assert run_to_end(check_vault(theirs.store)) == ()


def test_the_case_file_can_be_written_into_as_before(theirs: Desk):
    made = save(theirs, "alert", {"kind": "health", "what_to_do": "Ring the wing.", "review_by": TODAY}, case_file=CASE)
    numbers, _ = worklists.due_numbers(theirs.store, today=TODAY)
    assert made in {row.record_id for row in worklists.due_page(theirs.store, numbers)}
