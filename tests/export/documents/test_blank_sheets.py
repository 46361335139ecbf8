"""The sheets that are filled in by hand, read back from the PDF."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from tac_desktop.actions.blank_sheets import KINDS, draw_sheet, titles, write_sheet
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.codelists import code_list
from tac_desktop.export.documents.blank_sheets import easy_words

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def pages(kind: str, **who: str) -> list[str]:
    drawn = pypdfium2.PdfDocument(run_to_end(draw_sheet(kind, now=NOW, **who)))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in drawn]


def test_the_triage_form_asks_for_every_need_in_easy_words():
    text = " ".join(pages("triage"))
    for code in code_list("self_identified_need").codes:
        assert easy_words(code.code) in text
        assert len(easy_words(code.code).split()) <= 10
    assert "In my own words" not in text  # it leaves room instead
    assert "Read back to me on" in text
    assert "I said it, and somebody wrote it down" in text


def test_the_message_is_written_inside_and_addressed_outside():
    inside, outside = pages("message", prison="EP", worker="Slate Kettle")
    assert "You need not say what it is about." in inside
    assert "Prison number" in inside
    assert "To Pact: Slate Kettle" in outside
    assert "HMP Eastwood Park" in outside
    assert "To be opened by Pact only" in outside
    assert "name" not in outside.casefold().replace("unopened", "")


def test_the_sheet_for_new_arrivals_is_one_page_and_says_how_to_ask():
    [page] = pages("induction", prison="SEND", worker="Slate Kettle")
    assert "HMP Send" in page
    assert "You need not say why" in page
    assert "Slate Kettle" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_without_a_name_has_room_for_it_and_is_saved_whole(kind, tmp_path):
    assert titles()[kind]
    drawn = run_to_end(draw_sheet(kind, now=NOW))
    run_to_end(write_sheet(drawn, tmp_path / "sheet.pdf"))
    assert (tmp_path / "sheet.pdf").read_bytes() == drawn
    assert [file.name for file in tmp_path.iterdir()] == ["sheet.pdf"]
