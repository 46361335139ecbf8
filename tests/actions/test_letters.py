"""Letters to a child: read before they go, noted for the very words that were read; the life story as a paper."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.documents import DocumentChoices, draw_document, issue_document
from tac_desktop.actions.letters import note_read, read_letter
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework import forms
from tac_desktop.casework.letterbox import exchanges
from tac_desktop.errors import AnswersDoubted, AnswersRefused, LetterChanged, NoLetter, NoLifeStory, UnknownRecord
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.actions.conftest import PASSPHRASE, Desk

NOW = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
LETTER = "letterbox_letter"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    vault, _ = vaults.create(
        tmp_path_factory.mktemp("letters") / "v", name="Slate Kettle", role="worker", prison="EP",
        passphrase=PASSPHRASE, profile=CHEAPEST,
    )  # fmt: skip
    made = Desk(vault, Store(vault))
    yield made
    made.store.close()
    vault.close()


def put(desk: Desk, form: str, case_file: str = "", record_id: str = "", **given: Any) -> str:
    reasons = given.pop("reasons", {})
    return save_answers(
        desk.store, desk.person, forms.ALL[form], answers=given, now=NOW, case_file=case_file, record_id=record_id,
        reasons=reasons,
    )  # fmt: skip


@pytest.fixture(scope="module")
def case(desk: Desk) -> dict[str, str]:
    case_file = put(desk, "mother", reference="Z-1", name="Puce Anchor", known_as="Pip", prison="EP")
    child = put(desk, "child", case_file, name="Mauve Anchor", date_of_birth="2020-03-27")
    put(desk, "placement", case_file, child=child, carer="Olive Saddle, foster carer", arrangement="foster_care")
    agreed = put(desk, "letterbox_agreement", case_file, child=child, her_months=("06",), agreed_on="2026-01-05")
    return {"case": case_file, "child": child, "agreement": agreed}


def a_letter(desk: Desk, case: dict[str, str], month: str, **given: Any) -> str:
    of = {"agreement": case["agreement"], "month": month, "direction": "from_mother", **given}
    return put(desk, LETTER, case["case"], **of)


def test_a_letter_is_read_noted_and_may_then_go(desk: Desk, case: dict[str, str]):
    words = "Dear Mauve,\ngive my love to Mrs SADDLE."
    letter = a_letter(desk, case, "2026-06", draft=words)
    read = read_letter(desk.store, desk.person, case["case"], letter)
    assert [(one.kind, one.words, one.line) for one in read.found] == [("carer", "SADDLE", 2)]
    sent = {**read.letter.answers, "sent_on": "2026-06-10"}
    with pytest.raises(AnswersDoubted) as doubted:
        put(desk, LETTER, case["case"], letter, **sent)
    assert list(doubted.value.problems) == ["sent_on"]

    note_read(desk.store, desk.person, case["case"], read, may_stand=read.found, now=NOW)
    [check] = desk.store.records("letterbox_check", case["case"])
    assert check.answers["may_stand"] == "‘SADDLE’ in line 2: The name of a carer"
    assert (check.text("checked_by"), check.answers["found"]) == ("Slate Kettle", 1)
    put(desk, LETTER, case["case"], letter, **sent)
    records = {form: desk.store.records(form, case["case"]) for form in (LETTER, "letterbox_check")}
    agreement = desk.store.record(case["agreement"])
    assert agreement is not None
    [june] = exchanges(records, agreement, "2026-06", "2026-06", "2026-06-10")
    assert june.state == "sent"


def test_what_was_changed_after_it_was_read_counts_as_unread(desk: Desk, case: dict[str, str]):
    letter = a_letter(desk, case, "2027-06", draft="Dear Mauve.")
    read = read_letter(desk.store, desk.person, case["case"], letter)
    put(desk, LETTER, case["case"], letter, **{**read.letter.answers, "draft": "Dear Mauve, from Puce Anchor."})
    before = len(desk.store.records("letterbox_check", case["case"]))
    with pytest.raises(LetterChanged):
        note_read(desk.store, desk.person, case["case"], read, may_stand=(), now=NOW)
    assert len(desk.store.records("letterbox_check", case["case"])) == before


def test_a_letter_for_no_month_is_refused_and_of_another_form_is_not_read(desk: Desk, case: dict[str, str]):
    with pytest.raises(AnswersRefused) as refused:
        a_letter(desk, case, "2026")
    assert "month" in refused.value.problems
    with pytest.raises(UnknownRecord):
        read_letter(desk.store, desk.person, case["case"], case["child"])


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_life_story_is_drawn_word_for_word_for_one_child_with_notes_for_the_preparer(
    desk: Desk, case: dict[str, str]
):
    child, case_file = case["child"], case["case"]
    with pytest.raises(NoLifeStory):
        run_to_end(draw_document(desk.store, desk.person, case_file, "life_story", now=NOW,
                                 choices=DocumentChoices(about=child)))  # fmt: skip
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "purple").save(picture, "PNG")
    wish = "I wish you a dog…\n\nAnd Olive Saddle knows the song."
    put(desk, "life_story", case_file, child=child, part="wishes", text=wish, draft=2, finished=True,
        picture=desk.store.attach([picture.getvalue()]))  # fmt: skip
    put(desk, "life_story", case_file, child=child, part="wishes", text="An older draft.", draft=1)
    put(desk, "life_story", case_file, child=child, part="birth", text="You came at dawn.", written_on="2026-05-02")
    put(desk, "life_story", case_file, child=child, part="why", text="Kept back.", draft=2,
        withheld_from=("other_party",))  # fmt: skip
    put(desk, "life_story", case_file, child=child, part="why", text="Given up.", draft=1)

    drawn = run_to_end(draw_document(desk.store, desk.person, case_file, "life_story", now=NOW,
                                     choices=DocumentChoices(about=child)))  # fmt: skip
    told = text_of(drawn.content)
    assert drawn.title == "Life story: Mauve Anchor"
    assert told.index("How you were born") < told.index("You came at dawn.") < told.index("What I wish for you")
    assert "I wish you a dog…" in told
    assert "from your mother, Pip" in told
    withheld = ("An older draft", "Kept back", "Given up", "Puce Anchor", "CONFIDENTIAL")
    assert not [hidden for hidden in withheld if hidden in told]
    assert drawn.notes == (
        "She has not said yet that ‘How you were born’ is finished.",
        "The name of a carer stands in ‘What I wish for you’, line 3. Ask her before it goes out.",
        "A part that is not to be shown to the court or the parties is left out.",
    )

    issue_document(desk.store, desk.person, case_file, drawn, now=NOW)
    again = run_to_end(draw_document(desk.store, desk.person, case_file, "life_story", now=NOW,
                                     choices=DocumentChoices(about=child)))  # fmt: skip
    assert again.version == 2
    with pytest.raises(UnknownRecord):
        run_to_end(draw_document(desk.store, desk.person, case_file, "life_story", now=NOW,
                                 choices=DocumentChoices(about="elsewhere")))  # fmt: skip


def test_a_letter_is_printed_with_its_words_alone_and_says_whether_somebody_has_read_them(
    desk: Desk, case: dict[str, str]
):
    letter = a_letter(desk, case, "2028-06", draft="Dear Mauve,\n\nMrs Saddle knows the song.", drafted_on="2026-06-09")

    def drawn():
        choices = DocumentChoices(about=letter)
        return run_to_end(draw_document(desk.store, desk.person, case["case"], LETTER, now=NOW, choices=choices))

    first = drawn()
    assert first.notes == (
        "Nobody has read these words for names and places yet.",
        "The name of a carer stands in line 3. Look at it with ‘Check it’ before it goes out.",
    )
    told = text_of(first.content).replace("\xa0", " ")
    assert "9 June 2026" in told
    assert "Mrs Saddle knows the song." in told
    named = ("Slate Kettle", "Eastwood", "Anchor", "CONFIDENTIAL", "Z-1")
    everything = told + str(pdfium.PdfDocument(first.content).get_metadata_dict())
    assert not [name for name in named if name in everything]
    read = read_letter(desk.store, desk.person, case["case"], letter)
    note_read(desk.store, desk.person, case["case"], read, may_stand=read.found, now=NOW)
    assert drawn().notes == ()
    held = {"held_because": "waiting", "held_on": "2026-06-10"}
    a_letter(desk, case, "2028-06", record_id=letter, draft=read.words, drafted_on="2026-06-09", **held)
    assert drawn().notes == ("It is held back: somebody still has to agree.",)
    empty = a_letter(desk, case, "2029-06")
    with pytest.raises(NoLetter):
        run_to_end(draw_document(desk.store, desk.person, case["case"], LETTER, now=NOW,
                                 choices=DocumentChoices(about=empty)))  # fmt: skip
