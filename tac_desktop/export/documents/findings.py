"""What the preparer should look at before a paper goes out: names that should not stand in it, flaws of attachments.

A note is free text: nobody but a person can say whether a name in it may stay. The sentences name the place, never
the name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.fields import ShortText
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.export.attached_notes import look_through
from tac_desktop.export.document import AttachedPdf, Document
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.unsettled import sentences
from tac_desktop.export.pdf.text import located_texts

SHORTEST_NAME = 3
_PEOPLE = ("mother", "child", "childrens_social_worker")
"""Whom every reader knows. A name that is withheld where it is asked for is not free because it was typed elsewhere."""
_NO_NAME = frozenset({"The"})
"""With which a name in the log may begin: 'The Harbours'."""


def findings(document: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    """Return a sentence for each kind of trouble that stands in a paper, with the places.

    Args:
        document: The paper, made from `view`.
        view: The whole case, with what is withheld from the readers.
        issue: Who will read it.
    """
    children = {word for child in view.of("child") for word in _names(child.text("name").split(" ")[0])}
    seen = view.shown_to(issue.readers)
    people, shown = _words(_shown_names(seen, _PEOPLE)), _words(_shown_names(seen, seen.records))
    answers, records = (_words(texts) for texts in _withheld_texts(view, seen))
    withheld = (answers - people | records - shown) - children
    told = (
        ("A child’s first name is written out in", _places(document, children)),
        ("A name that is withheld from a reader stands also in", _places(document, withheld)),
    )
    names = tuple(f"{what} {'; '.join(places)}. Read it before it goes out." for what, places in told if places)
    return (*sentences(view), *names, *_of_attachments(document))


def _of_attachments(document: Document) -> Iterator[str]:
    for section in document.sections:
        for number, paper in enumerate(section.papers, 1):
            for block in paper.blocks:
                if isinstance(block, AttachedPdf):
                    yield from look_through(block.content).sentences(f"section {section.letter}, document {number}")


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _names(text)}


def _names(text: str) -> Iterator[str]:
    """Yield the words of a text that may be names: those that begin with a capital."""
    for word in re.findall(r"[^\W\d_]+", text):
        if word[0].isupper() and len(word) >= SHORTEST_NAME and word not in _NO_NAME:
            yield word


def _shown_names(view: CaseView, forms: Iterable[str]) -> Iterator[str]:
    """Yield the names in records of some forms, and of the court's people, that the readers may see."""
    for record in (record for form in forms for record in view.of(form)):
        yield from (record.text(q.name) for q in ALL[record.form].fields if isinstance(q, ShortText) and q.is_name)
    for proceedings in view.of("proceedings"):
        yield from (proceedings.text(field) for field in ("court", "solicitor", "guardian"))


def _withheld_texts(view: CaseView, seen: CaseView) -> tuple[list[str], list[str]]:
    """Return the short answers that were taken out for these readers: of records that they see, and with whole ones."""
    answers, records = list[str](), list[str]()
    for form, group in view.records.items():
        kept = {record.id: record for record in seen.records.get(form, ())}
        for record in group:
            (answers if record.id in kept else records).extend(_taken_out(record, kept.get(record.id)))
    return answers, records


def _taken_out(record: Record, kept: Record | None) -> Iterator[str]:
    for question in ALL[record.form].fields:
        gone = kept is None or question.name not in kept.answers
        if gone and isinstance(question, ShortText) and record.text(question.name):
            text = record.text(question.name)
            yield from _full_names(text) if (record.form, question.name) == ("contact", "who") else (text,)


def _full_names(who: str) -> Iterator[str]:
    """Yield the parts of what the log says with whom a contact was that are names: 'Ruby Harbour', not 'All three'."""
    for part in re.split("[,;]", who):
        if sum(word[0].isupper() for word in part.split()) > 1:
            yield part


def _places(document: Document, words: set[str]) -> Sequence[str]:
    if not words:
        return ()
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b")
    return tuple(dict.fromkeys(where for where, text in located_texts(document) if wanted.search(text)))
