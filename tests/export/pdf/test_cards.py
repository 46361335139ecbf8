"""Cards on paper: side by side, whole where there is room, and no word is lost where there is not."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.export.document import Card, CardPart, Cards, Document, Look, Numbering, Paper, Paragraph, Section
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages


def with_cards(cards: Cards) -> Document:
    paper = Paper("Homes", (Paragraph("Before."), cards, Paragraph("After.")))
    return Document(title="T", issued_on="2026-11-21", sections=(Section("", "Homes", (paper,)),), look=Look.REPORT,
                    with_index=False, numbering=Numbering.PAGES)  # fmt: skip


def pages_of(document: Document) -> list[str]:
    with PdfPages(draw_whole(document).content) as pages:
        return [pages.text(page) for page in range(len(pages))]


def a_card(number: int, facts: list[int]) -> Card:
    told = tuple((f"L{number}.{row}", " ".join(f"c{number}f{row}w{word}" for word in range(words)))
                 for row, words in enumerate(facts))  # fmt: skip
    return Card(f"Title{number}", (CardPart(f"Child{number}", told),))


@settings(max_examples=8, deadline=None)
@given(facts=st.lists(st.lists(st.integers(1, 250), max_size=5), min_size=1, max_size=4), columns=st.integers(1, 3))
def test_every_word_of_every_card_is_printed_once(facts: list[list[int]], columns: int):
    cards = tuple(a_card(number, lengths) for number, lengths in enumerate(facts))
    printed = " ".join(pages_of(with_cards(Cards(cards, columns)))).split()
    wanted = {
        f"c{number}f{row}w{word}"
        for number, lengths in enumerate(facts) for row, words in enumerate(lengths) for word in range(words)
    }  # fmt: skip
    shown = [word for word in printed if word.startswith("c") and "w" in word]
    assert sorted(shown) == sorted(wanted)
    assert all(f"Title{number}" in printed for number in range(len(facts)))
    assert printed.count("After.") == 1


def test_a_text_longer_than_a_page_goes_on_over_the_next_ones():
    [*pages] = pages_of(with_cards(Cards((a_card(0, [4000]),))))
    assert len(pages) > 2
    assert sum(page.count("c0f0w") for page in pages) == 4000


def test_a_card_that_goes_on_over_the_page_says_there_again_whose_it_is_and_to_the_ear_once():
    document = with_cards(Cards((a_card(0, [20] * 60),)))
    [*pages] = pages_of(document)
    assert len(pages) > 2
    assert all("Title0" in page and "Child0" in page for page in pages)
    with pikepdf.open(io.BytesIO(draw_whole(document).content)) as pdf:
        roles = [str(one.S) for one in _walk(pdf.Root.StructTreeRoot.K)]
    assert (roles.count("/H2"), roles.count("/H3")) == (1, 1)


def test_a_card_whose_title_fills_the_page_says_it_once():
    [*pages] = pages_of(with_cards(Cards((replace(a_card(0, [20] * 60), title="Long " * 300),))))
    assert sum(page.count("Long") for page in pages) == 300


def test_a_card_is_a_section_with_headings_for_whoever_listens():
    content = draw_whole(with_cards(Cards((a_card(0, [3, 2]), a_card(1, [1]))))).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        roles = [str(one.S) for one in _walk(pdf.Root.StructTreeRoot.K)]
    first = roles.index("/Sect", roles.index("/P"))
    assert roles[first:] == ["/Sect", "/H2", "/H3", "/P", "/P", "/Sect", "/H2", "/H3", "/P", "/P"]


def _walk(kids: Any) -> Iterator[Any]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _walk(kid.K)
