"""A card and a key sheet on paper: read back from the PDF, dot by dot and word by word."""

import json

import pypdfium2
import pytest
import segno

from tac_desktop.export.card import Card, read_card, write_card
from tac_desktop.export.documents.card_sheet import card_dots, card_sheet, key_sheet
from tac_desktop.export.identity import Identity
from tac_desktop.export.pdf import draw_whole

PERSON = "0190a5f0-0000-7000-8000-000000000001"
WORDS = tuple(f"w{chr(97 + n // 26)}{chr(97 + n % 26)}rd" for n in range(33))
ROOT_CODE = "-".join(["ABCD", "EFGH", "JKMN", "PQRS", "TVWX", "YZ01", "2345"] * 2)


@pytest.fixture(scope="module")
def file() -> bytes:
    identity = Identity.create()
    return write_card(
        identity, b"s" * 32, name="Puce Anchor", role="worker", prison="EP", person=PERSON, made="2026-11-22"
    )


@pytest.fixture(scope="module")
def card(file: bytes) -> Card:
    return read_card(file)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def compact(file: bytes) -> bytes:
    return json.dumps(json.loads(file), ensure_ascii=False, separators=(",", ":")).encode()


def test_the_symbol_holds_the_card_itself(file, card):
    assert read_card(compact(file)) == card
    wanted = segno.make(compact(file), error="l", micro=False, boost_error=False)
    dots = card_dots(file)
    assert [[bool(dot) for dot in row] for row in wanted.matrix] == [list(row[4:-4]) for row in dots[4:-4]]
    assert not any(any(row) for row in (*dots[:4], *dots[-4:]))


def test_every_dot_is_on_paper_where_the_symbol_has_it(file, card):
    pdf = draw_whole(card_sheet(card, file, "2026-11-22")).content
    page = pypdfium2.PdfDocument(pdf)[0]
    (picture,) = [thing for thing in page.get_objects() if isinstance(thing, pypdfium2.PdfImage)]
    shown = picture.get_bitmap().to_pil().convert("L")
    dots = card_dots(file)
    step = shown.width / len(dots)
    seen = [
        [shown.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) < 128 for x in range(len(dots))]
        for y in range(len(dots))
    ]
    assert seen == [list(row) for row in dots]


def test_a_dot_is_wide_enough_for_a_telephone(file, card):
    pdf = draw_whole(card_sheet(card, file, "2026-11-22")).content
    page = pypdfium2.PdfDocument(pdf)[0]
    (picture,) = [thing for thing in page.get_objects() if isinstance(thing, pypdfium2.PdfImage)]
    left, _, right, _ = picture.get_bounds()
    assert (right - left) / len(card_dots(file)) * 25.4 / 72 >= 0.4  # millimetres


def test_the_sheet_names_the_owner_and_never_the_code(file, card):
    text = text_of(draw_whole(card_sheet(card, file, "2026-11-22")).content)
    assert "Puce Anchor" in text
    assert "HMP Eastwood Park" in text
    assert not any(group in text for group in card.code.split("-"))


def test_a_key_sheet_is_one_page_with_the_whole_key_and_all_words_in_order():
    pdf = draw_whole(key_sheet("Fernhill", "AAAA-BBBB", 2, ROOT_CODE, WORDS, "2026-11-22")).content
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    text = text_of(pdf)
    assert "Sheet 2 of 3" in text
    assert ROOT_CODE.replace("-", "") in text.replace("-", "").replace("\r", "").replace("\n", "").replace(" ", "")
    assert [n for n, word in enumerate(WORDS, 1) if f"{n}. {word}" not in text] == []
