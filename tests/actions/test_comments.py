"""A manager's comment reaches the worker, is counted, read and answered, and stands in no paper and no count."""

from datetime import timedelta
from pathlib import Path

import pytest

from tac_desktop.actions import comments
from tac_desktop.actions.documents import case_as_known
from tac_desktop.casework import forms
from tac_desktop.casework.chronology import chronology
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AnswersRefused, NotAllowed, UnknownRecord
from tests.actions.between_vaults import NOW, acquainted, save, send
from tests.actions.conftest import Desk, MakeDesk

PUCE = case_file_id("Z-001")
WORDS = "Please say who was in the room."
CONTACT = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "She rang her son."}


@pytest.fixture
def contact(worker: Desk) -> str:
    """A contact in a worker's case file."""
    save(worker, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})
    return save(worker, "contact", CONTACT, case_file=PUCE)


@pytest.fixture
def both(worker: Desk, manager: Desk, contact: str, tmp_path: Path) -> list:
    """The worker's and the manager's card; the manager has the case file."""
    met = acquainted(tmp_path, worker, manager)
    send(worker, met[1], manager, tmp_path / "first.tacb")
    return met


def test_a_comment_reaches_the_worker_and_her_answer_goes_back(
    worker: Desk, manager: Desk, contact: str, both: list, tmp_path: Path
):
    comments.comment(manager.store, manager.person, contact, WORDS, now=NOW)
    send(manager, both[0], worker, tmp_path / "there.tacb")
    (news,) = comments.unread(worker.store, worker.person)
    assert (news.text, news.record_id, news.name, news.role) == (WORDS, contact, "Slate Kettle", "manager")
    comments.comment(worker.store, worker.person, contact, "Her sister.", now=NOW + timedelta(hours=1))
    assert comments.unread(worker.store, worker.person) == []
    send(worker, both[1], manager, tmp_path / "back.tacb", now=NOW + timedelta(hours=2))
    assert [one.text for one in comments.unread(manager.store, manager.person)] == ["Her sister."]
    asked, answered = comments.comments_on(manager.store, contact)
    assert (asked.text, answered.text) == (WORDS, "Her sister.")
    assert [(reading.person, reading.on) for reading in asked.read_by] == [(worker.person.id, "2026-11-21")]


def test_a_comment_that_was_marked_as_read_is_news_no_more_and_its_author_sees_it(
    worker: Desk, manager: Desk, contact: str, both: list, tmp_path: Path
):
    comments.comment(manager.store, manager.person, contact, WORDS, now=NOW)
    send(manager, both[0], worker, tmp_path / "there.tacb")
    (news,) = comments.unread(worker.store, worker.person)
    comments.mark_read(worker.store, worker.person, [news.id], now=NOW)
    comments.mark_read(worker.store, worker.person, [news.id], now=NOW + timedelta(days=1))
    assert comments.unread(worker.store, worker.person) == []
    send(worker, both[1], manager, tmp_path / "back.tacb")
    (asked,) = comments.comments_on(manager.store, contact)
    assert [reading.name for reading in asked.read_by] == ["Slate Kettle"]
    assert comments.unread(manager.store, manager.person) == []
    assert worker.store.contradictions.found() == manager.store.contradictions.found() == []


def test_a_comment_on_one_entry_of_the_history_says_which(worker: Desk, contact: str):
    more = {**CONTACT, "summary": "She rang her son and his carer."}
    save(worker, "contact", more, record_id=contact, case_file=PUCE)
    first, _ = worker.store.history(contact)
    comments.comment(worker.store, worker.person, contact, "The first version.", now=NOW, entry=first.cid)
    assert [one.entry for one in comments.comments_on(worker.store, contact)] == [first.cid]
    with pytest.raises(UnknownRecord):
        comments.comment(worker.store, worker.person, contact, "Of nothing.", now=NOW, entry="x" * 43)


def test_what_one_manager_says_to_a_worker_is_no_news_for_another_manager_until_she_takes_part(
    manager: Desk, make_desk: MakeDesk, contact: str, worker: Desk, both: list, tmp_path: Path
):
    other = make_desk("manager")
    send(worker, acquainted(tmp_path, worker, manager, other)[2], other, tmp_path / "other.tacb")
    comments.comment(manager.store, manager.person, contact, WORDS, now=NOW)
    send(manager, acquainted(tmp_path, manager, other)[1], other, tmp_path / "comment.tacb")
    assert comments.unread(other.store, other.person) == []
    comments.comment(other.store, other.person, contact, "I was there.", now=NOW)
    assert [one.name for one in comments.comments_on(other.store, contact)] == ["Slate Kettle", "Slate Kettle"]
    assert [one.text for one in comments.comments_on(manager.store, contact)] == [WORDS]


def test_one_s_own_comment_is_no_news_and_an_administrator_reads_none(worker: Desk, contact: str, make_desk: MakeDesk):
    comments.comment(worker.store, worker.person, contact, WORDS, now=NOW)
    assert comments.unread(worker.store, worker.person) == []
    admin = make_desk("admin")
    with pytest.raises(NotAllowed):
        comments.unread(admin.store, admin.person)
    with pytest.raises(NotAllowed):
        comments.comment(worker.store, admin.person, contact, WORDS, now=NOW)


@pytest.mark.parametrize("text", ["", "  \n ", "bell\x07"])
def test_a_comment_without_words_changes_nothing(worker: Desk, contact: str, text: str):
    with pytest.raises(AnswersRefused):
        comments.comment(worker.store, worker.person, contact, text, now=NOW)
    assert comments.comments_in(worker.store) == []


def test_nothing_is_said_about_what_never_leaves_or_about_a_comment(worker: Desk, manager: Desk, contact: str):
    survey = save(manager, "staff_survey", {"response": "S-07", "prison": "EP"})
    with pytest.raises(NotAllowed):
        comments.comment(manager.store, manager.person, survey, WORDS, now=NOW)
    said = comments.comment(worker.store, worker.person, contact, WORDS, now=NOW)
    with pytest.raises(NotAllowed):
        comments.comment(worker.store, worker.person, said, WORDS, now=NOW)
    with pytest.raises(UnknownRecord):
        comments.comment(worker.store, worker.person, "nobody", WORDS, now=NOW)
    with pytest.raises(UnknownRecord):
        comments.mark_read(worker.store, worker.person, [said, "nobody"], now=NOW)
    assert [one.read_by for one in comments.comments_in(worker.store)] == [()]


def test_no_paper_and_no_chronology_is_made_from_comments(worker: Desk, contact: str):
    comments.comment(worker.store, worker.person, contact, WORDS, now=NOW)
    view = case_as_known(worker.store, PUCE, NOW.date().isoformat())
    assert not {"comment", "comment_read", "seal", "handover"} & set(view.records)
    assert WORDS not in repr(view)
    assert WORDS not in repr(list(chronology(view)))


def test_the_evaluation_reads_no_comments():
    from tac_desktop.casework.evaluation.evidence import FORMS

    assert all(forms.ALL[form].by_hand for form in FORMS)
