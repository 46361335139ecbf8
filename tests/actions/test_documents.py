"""A paper is drawn, issued and written whole, or nothing happens at all."""

import hashlib
import json
import shutil
from collections.abc import Generator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tac_desktop.actions import addenda, seals, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.documents import (
    DocumentChoices,
    DrawnDocument,
    case_as_known,
    draw_document,
    issue_document,
    note_printing,
    write_document,
)
from tac_desktop.actions.sample import REFERENCE, load_story
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import (
    CannotWrite,
    CharactersNotPrintable,
    FutureDay,
    NoAssessment,
    NotAllowed,
    TacError,
    UnknownRecord,
)
from tac_desktop.export.pdf.preview import PdfPages
from tac_desktop.storage.store import Store
from tests.actions.conftest import NOW, PASSPHRASE, Desk, MakeDesk, made_desks

CASE = case_file_id(REFERENCE)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed vault that holds the story."""
    place = tmp_path_factory.mktemp("story")
    desks = made_desks(place)
    worker = next(desks)("worker")
    load_story(worker.store, worker.person, NOW)
    next(desks, None)
    return place / "worker-0"


@pytest.fixture
def desk(story: Path, tmp_path: Path) -> Iterator[Desk]:
    """A vault with the story to each test, which may write into it."""
    vault = vaults.unlock_as(Path(shutil.copytree(story, tmp_path / "vault")), "Slate Kettle", PASSPHRASE)
    desk = Desk(vault, Store(vault))
    yield desk
    desk.store.close()
    vault.close()


def finished(work: Generator[tuple[int, int], None, DrawnDocument]) -> DrawnDocument:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def write(desk: Desk, path: Path, kind="dossier", **choices) -> DrawnDocument:
    wanted = DocumentChoices(**choices)
    return finished(write_document(desk.store, desk.person, CASE, kind, path, now=NOW, choices=wanted))


def text_of(content: bytes) -> str:
    with PdfPages(content) as pages:
        return "\n".join(pages.text(page) for page in range(len(pages)))


def issued(desk: Desk) -> list:
    return desk.store.records("issued_document", CASE)


def test_a_dossier_is_written_issued_and_kept_as_it_went_out(desk: Desk, tmp_path: Path):
    drawn = write(desk, tmp_path / "dossier.pdf")
    content = (tmp_path / "dossier.pdf").read_bytes()
    assert hashlib.sha256(content).hexdigest() == drawn.sha256
    (frozen,) = issued(desk)
    assert frozen.answers["sha256"] == frozen.answers["file"] == drawn.sha256
    assert b"".join(desk.store.attachment(drawn.sha256)) == content
    assert (frozen.answers["document_version"], frozen.answers["pages"]) == (1, drawn.pages)
    assert list(tmp_path.glob("*.part")) == []


def test_the_next_version_says_what_it_replaces(desk: Desk, tmp_path: Path):
    write(desk, tmp_path / "one.pdf")
    second = write(desk, tmp_path / "two.pdf")
    assert second.version == 2
    assert "replaces version 1" in text_of(second.content)
    assert write(desk, tmp_path / "assessment.pdf", "assessment").version == 1


def test_both_papers_tell_the_story(desk: Desk, tmp_path: Path):
    dossier = text_of(write(desk, tmp_path / "d.pdf").content)
    assert "Indigo Lantern" in dossier
    assert "Amber Lantern" not in dossier.split("Chronology")[0]
    assessment = text_of(write(desk, tmp_path / "a.pdf", "assessment").content)
    assert "It is not an expert report" in assessment


def test_issuing_and_printing_are_noted_without_names(desk: Desk, tmp_path: Path):
    drawn = write(desk, tmp_path / "d.pdf")
    note_printing(desk.store, desk.person, sha256=drawn.sha256, pages=drawn.pages, now=NOW)
    noted = [entry.values for entry in desk.store.entries(desk.store.terminal_stream) if entry.values]
    events = [values for values in noted if str(values.get("event", "")).startswith("document_")]
    assert [values["event"] for values in events] == ["document_drawn", "document_issued", "document_printed"]
    assert "Lantern" not in json.dumps(events)
    assert all(values["sha256"] == drawn.sha256 for values in events[1:])


def test_drawing_for_a_look_writes_nothing(desk: Desk):
    drawn = finished(draw_document(desk.store, desk.person, CASE, "dossier", now=NOW))
    assert issued(desk) == []
    issue_document(desk.store, desk.person, CASE, drawn, now=NOW)
    assert len(issued(desk)) == 1


def test_the_case_is_told_as_it_was_known_on_a_day(desk: Desk, tmp_path: Path):
    early = text_of(write(desk, tmp_path / "early.pdf", known_on="2026-02-01").content)
    late = text_of(write(desk, tmp_path / "late.pdf").content)
    assert "As known on 1 February 2026" in early.replace("\xa0", " ")
    for happened_later in ("Interim care order", "Freedom after fear", "Nine months of negative"):
        assert happened_later in late
        assert happened_later not in early


def test_the_family_of_the_story_stands_on_one_page(desk: Desk, tmp_path: Path):
    assert write(desk, tmp_path / "family.pdf", "family").pages == 1


def test_what_colleagues_write_to_each_other_stands_in_no_paper(desk: Desk, tmp_path: Path):
    between = {
        "comment": {"record": CASE, "author": "p1", "name": "Teal Ladder", "at": "2026-10-01T09:00",
                    "text": "Has she been asked?"},
        "seal": {"record": CASE, "name": "Teal Ladder", "at": "2026-10-01T09:00", "text": "a seal", "signature": "x"},
        "handover": {"device": "d" * 43, "name": "Teal Ladder", "kind": "cover", "from_day": "2026-10-01"},
    }  # fmt: skip
    for form, answers in between.items():
        save_answers(desk.store, desk.person, forms.ALL[form], now=NOW, case_file=CASE, answers=answers)
        assert form not in case_as_known(desk.store, CASE, "2026-11-21").records
    for kind in ("dossier", "assessment"):
        told = text_of(write(desk, tmp_path / f"{kind}.pdf", kind).content)
        assert "Teal Ladder" not in told
        assert "Has she been asked?" not in told


def test_what_was_added_to_a_sealed_assessment_stands_in_its_summary_as_known_on_the_day(desk: Desk, tmp_path: Path):
    assessment = desk.store.records("assessment", CASE)[-1]
    seals.seal_record(desk.vault, desk.store, desk.person, assessment.id, now=NOW)
    later = NOW + timedelta(days=1)
    addenda.add(desk.store, desk.person, assessment.id, "It was the aunt.", kind="correction", now=later)
    drawing = draw_document(desk.store, desk.person, CASE, "assessment", now=later)
    assert "It was the aunt." in text_of(finished(drawing).content)
    assert "It was the aunt." not in text_of(write(desk, tmp_path / "before.pdf", "assessment").content)


def test_a_cancelled_paper_leaves_no_file_and_is_not_issued(desk: Desk, tmp_path: Path):
    work = write_document(desk.store, desk.person, CASE, "dossier", tmp_path / "d.pdf", now=NOW)
    next(work)
    work.close()
    assert list(tmp_path.glob("d.pdf*")) == []
    assert issued(desk) == []


def test_a_file_that_stands_there_stays_until_the_new_one_is_whole(desk: Desk, tmp_path: Path):
    (tmp_path / "d.pdf").write_bytes(b"the one before")
    save_answers(desk.store, desk.person, forms.ALL["evidence"], now=NOW, case_file=CASE,
                 answers={"date": "2026-10-01", "title": "She wrote 文 on the card"})  # fmt: skip
    with pytest.raises(CharactersNotPrintable) as refused:
        write(desk, tmp_path / "d.pdf")
    assert "U+6587" in str(refused.value)
    assert "section" in str(refused.value)
    assert "card" not in str(refused.value)
    assert (tmp_path / "d.pdf").read_bytes() == b"the one before"
    assert issued(desk) == []


def test_a_folder_that_is_not_there_is_told_and_nothing_is_issued(desk: Desk, tmp_path: Path):
    with pytest.raises(CannotWrite):
        write(desk, tmp_path / "nowhere" / "d.pdf")
    assert issued(desk) == []


@pytest.mark.parametrize(("choices", "trouble"), [
    ({"known_on": (NOW + timedelta(1)).date().isoformat()}, FutureDay),
    ({"known_on": "2020-01-01"}, UnknownRecord),
])  # fmt: skip
def test_a_day_that_cannot_be_told_is_refused(desk: Desk, tmp_path: Path, choices: dict, trouble: type[TacError]):
    with pytest.raises(trouble):
        write(desk, tmp_path / "d.pdf", **choices)
    assert list(tmp_path.glob("d.pdf*")) == []


def test_an_assessment_that_nobody_wrote_is_not_summarised(worker: Desk, tmp_path: Path):
    save_answers(worker.store, worker.person, forms.ALL["mother"], now=NOW,
                 answers={"reference": REFERENCE, "name": "Puce Anchor", "prison": "EP"})  # fmt: skip
    with pytest.raises(NoAssessment):
        write(worker, tmp_path / "a.pdf", "assessment")
    assert write(worker, tmp_path / "d.pdf").pages >= 3


def test_an_administrator_writes_no_papers(make_desk: MakeDesk, tmp_path: Path):
    with pytest.raises(NotAllowed):
        write(make_desk("admin"), tmp_path / "d.pdf")
    assert list(tmp_path.glob("d.pdf*")) == []
