"""A person asks for what is kept about her, and gets it: everything that is hers, nothing that was left out."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.steps import run_to_end
from tac_desktop.actions.subject_access import decide, gather, write_pack
from tac_desktop.casework import forms
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.journal import Change
from tac_desktop.casework.subject_access import WITHHELD, Decision, blanked
from tac_desktop.errors import AccessUndecided, AnswersRefused, FolderNotEmpty, NotPermitted, UnknownRecord
from tests.actions.between_vaults import acquainted, send
from tests.actions.conftest import NOW, Desk

FIRST = "Teal Lantern brought the photo."
PAPER, DATA = "what-is-kept.pdf", "what-is-kept.json"


def save(desk: Desk, form: str, case_file: str = "", record_id: str = "", **answers: object) -> str:
    return save_answers(
        desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW, case_file=case_file, record_id=record_id
    )


@pytest.fixture
def case(manager: Desk) -> str:
    case = save(manager, "mother", reference="TAC-7", name="Puce Anchor", prison="EP")
    child = save(manager, "child", case, name="Wren Anchor", wishes="I would like a letter with stickers")
    save(manager, "placement", case, child=child, carer="Teal Lantern, grandmother", from_date="2025-01")
    contact = {"at": "2026-11-02T10:00", "kind": next(iter(code_list("contact_log_type").codes)).code}
    first = save(manager, "contact", case, **contact, summary=FIRST)
    save(manager, "contact", case, record_id=first, **contact, summary="Somebody brought the photo.")
    save(manager, "contact", case, **contact, summary="She was glad of the visit.")
    return case


@pytest.fixture
def request_id(manager: Desk, case: str) -> str:
    return save(manager, "access_request", case, about="mother", asked_by="Puce Anchor", received="2026-11-10")


def words_of(folder: Path) -> str:
    """Return every text of a pack: the pages, the outline, the properties, the structure, and the data."""
    pdf = (folder / PAPER).read_bytes()
    reader = PdfReader(io.BytesIO(pdf))
    pages = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        objects = " ".join(repr(one) for one in opened.objects)
    return " ".join((pages, repr(reader.metadata), repr(reader.outline), objects, (folder / DATA).read_text("utf-8")))


def decide_all(desk: Desk, request_id: str, decision: str = "disclose") -> None:
    gathered = gather(desk.store, request_id)
    for item in gathered.waiting:
        reason = "" if decision == "disclose" else "other_person"
        decide(desk.store, desk.person, gathered.request, [item], decision, now=NOW, reason=reason)


def test_nothing_is_written_before_everything_is_decided(manager, request_id, tmp_path):
    with pytest.raises(AccessUndecided):
        run_to_end(write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW))
    assert not list(tmp_path.glob("pack*"))


def test_an_answer_that_was_replaced_is_kept_and_so_it_is_given(manager, request_id, tmp_path):
    decide_all(manager, request_id)
    run_to_end(write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW))
    told = json.loads((tmp_path / "pack" / DATA).read_text("utf-8"))
    earlier = [one for one in told["answers"] if one["answer"] == FIRST]
    assert [one["replaced_on"] for one in earlier] == [NOW.date().isoformat()]
    assert FIRST in words_of(tmp_path / "pack")


def test_what_was_left_out_stands_nowhere(manager, request_id, tmp_path):
    decide_all(manager, request_id, "withhold")
    run_to_end(write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW))
    words = words_of(tmp_path / "pack")
    assert "Lantern" not in words
    assert "stickers" not in words
    assert "She was glad of the visit." in words
    assert "It is about another person" in words


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_decided_the_paper_and_the_data_keep_to_it(manager, request_id, tmp_path_factory, data):
    gathered = gather(manager.store, request_id)
    expected: dict[tuple[str, str], str] = {}
    for item in (one for one in gathered.items if one.waits):
        decision = data.draw(st.sampled_from(get_args(Decision)))
        parts = data.draw(st.lists(st.sampled_from(item.kept.words.split()), min_size=1, unique=True))
        decide(
            manager.store, manager.person, gathered.request, [item], decision, now=NOW,
            blanked=parts if decision == "blank" else (), reason="" if decision == "disclose" else "confidence",
        )  # fmt: skip
        told = {"disclose": item.kept.words, "withhold": WITHHELD, "blank": blanked(item.kept.words, parts)}
        expected[item.label, item.kept.replaced_on] = told[decision]
    folder = tmp_path_factory.mktemp("packs") / "pack"
    run_to_end(write_pack(manager.store, manager.person, request_id, folder, now=NOW))
    told = json.loads((folder / DATA).read_text("utf-8"))["answers"]
    assert len(told) == len(gathered.items), "each answer once"
    words = words_of(folder)
    for one in told:
        assert one["answer"] == expected.get((one["label"], one["replaced_on"] or ""), one["answer"])
        assert one["answer"] in words
    for item in gathered.items:
        if not any(item.kept.words in answer for answer in (one["answer"] for one in told)):
            assert item.kept.words not in words


def test_a_child_asks_for_what_is_kept_about_it(manager, case, tmp_path):
    child = manager.store.records("child", case)[0].id
    request = save(manager, "access_request", case, about="child", child=child, asked_by="Wren", received="2026-11-10")
    decide_all(manager, request)
    run_to_end(write_pack(manager.store, manager.person, request, tmp_path / "pack", now=NOW))
    words = words_of(tmp_path / "pack")
    assert "stickers" in words
    assert "She was glad of the visit." not in words


def test_leaving_something_out_needs_a_reason_and_words_that_stand_there(manager, request_id):
    gathered = gather(manager.store, request_id)
    item = gathered.waiting[0]
    with pytest.raises(AnswersRefused):
        decide(manager.store, manager.person, gathered.request, [item], "withhold", now=NOW)
    with pytest.raises(AnswersRefused):
        decide(
            manager.store, manager.person, gathered.request, [item], "blank", now=NOW, reason="confidence",
            blanked=["words that are not there"],
        )  # fmt: skip
    assert gather(manager.store, request_id).waiting == gathered.waiting


def test_a_changed_answer_is_to_be_decided_anew(manager, case, request_id):
    decide_all(manager, request_id)
    assert not gather(manager.store, request_id).waiting
    home = manager.store.records("placement", case)[0]
    save(manager, "placement", case, record_id=home.id, **{**home.answers, "carer": "Teal Lantern, her aunt"})
    assert [item.kept.words for item in gather(manager.store, request_id).waiting] == ["Teal Lantern, her aunt"]


def test_what_two_managers_decide_otherwise_waits_until_one_decides_again(
    manager, make_desk, case, request_id, tmp_path
):
    other = make_desk("manager")
    cards = acquainted(tmp_path, manager, other)
    send(manager, cards[1], other, tmp_path / "there.tacb")
    decide_all(manager, request_id, "withhold")
    decide_all(other, request_id, "disclose")
    send(other, cards[0], manager, tmp_path / "back.tacb", now=NOW + timedelta(hours=1))
    waiting = gather(manager.store, request_id).waiting
    assert waiting
    with pytest.raises(AccessUndecided):
        run_to_end(write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW))
    decide_all(manager, request_id, "withhold")
    assert not gather(manager.store, request_id).waiting


def test_a_file_is_kept_back_whose_withholding_has_no_reason(manager, case, request_id, tmp_path):
    file = manager.store.attach([b"%PDF-a letter of somebody else"])
    save(manager, "paper", case, title="A letter", date="2026-11-01", file=file)
    decide_all(manager, request_id, "withhold")
    for one in manager.store.records("access_decision", case):
        change = Change(record_id=one.id, form=one.form, version=one.version, stream=one.stream,
                        values={"reason": None}, known_on="2026-11-21")  # fmt: skip
        manager.store.save([change], author="somebody elsewhere", now=NOW)
    run_to_end(write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW))
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == [DATA, PAPER]


def test_a_name_that_was_withheld_is_not_told_by_a_link_to_its_record(manager, case, request_id, tmp_path):
    gathered = gather(manager.store, request_id)
    names = [item for item in gathered.items if (item.kept.record.form, item.kept.question) == ("child", "name")]
    decide(manager.store, manager.person, gathered.request, names, "withhold", now=NOW, reason="other_person")
    assert "child" in {item.kept.question for item in gather(manager.store, request_id).waiting}
    decide_all(manager, request_id, "withhold")
    run_to_end(write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW))
    assert "Wren" not in words_of(tmp_path / "pack")


def test_a_folder_that_is_there_is_not_touched(manager, request_id, tmp_path):
    decide_all(manager, request_id)
    (tmp_path / "pack").mkdir()
    with pytest.raises(FolderNotEmpty):
        run_to_end(write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW))
    assert not list((tmp_path / "pack").iterdir())


def test_stopping_half_way_leaves_nothing(manager, request_id, tmp_path):
    decide_all(manager, request_id)
    steps = write_pack(manager.store, manager.person, request_id, tmp_path / "pack", now=NOW)
    next(steps)
    steps.close()
    assert not list(tmp_path.glob("pack*"))


def test_a_request_that_is_none_is_not_gathered(manager, case):
    with pytest.raises(UnknownRecord):
        gather(manager.store, case)


def test_a_worker_answers_no_request(worker):
    with pytest.raises(NotPermitted):
        gather(worker.store, "any")
