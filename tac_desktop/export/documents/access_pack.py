"""The subject access pack on paper: what is kept about a person, as she may read it, with what was left out and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tac_desktop.casework.codelists import label
from tac_desktop.casework.fields import Narrative
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.subject_access import WITHHELD, Shown
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import counted
from tac_desktop.export.document import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFacts,
    Look,
    Numbering,
    Paper,
    Paragraph,
    Section,
)

TITLE = "What is kept about you"
_MARKING = "OFFICIAL-SENSITIVE [PERSONAL]"


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What the first page says.

    Attributes:
        subject: The name of the person whom it is about.
        asked_by: Who asked.
        received: The ISO day on which the request came.
        made_on: The ISO day of the pack.
        made_by: Who made it.
        vault: From which vault it was gathered, in words.
        files: The names of the files that lie beside it.
    """

    subject: str
    asked_by: str
    received: str
    made_on: str
    made_by: str
    vault: str
    files: tuple[str, ...]


def access_pack(cover: Cover, shown: Sequence[Shown]) -> Document:
    """Return the pack as a paper.

    Args:
        cover: What the first page says.
        shown: The answers, those of one form and one record together.
    """
    by_form = [(form, tuple(some)) for form, some in groupby(shown, lambda one: one.item.kept.record.form)]
    return Document(
        title=TITLE,
        subject="Answer to a subject access request",
        author=cover.made_by,
        issued_on=cover.made_on,
        marking=_MARKING,
        numbering=Numbering.PAGES,
        look=Look.REPORT,
        with_index=False,
        sections=(
            Section("", TITLE, (
                Paper(TITLE, tuple(_first_page(cover, shown))),
                *(Paper(_title(form), tuple(_records(some))) for form, some in by_form),
            )),
        ),
    )  # fmt: skip


def _title(form: str) -> str:
    return ALL[form].several if ALL[form].repeated else ALL[form].title


def _first_page(cover: Cover, shown: Sequence[Shown]) -> Iterator[Block]:
    yield KeyFacts((
        ("About", cover.subject), ("Asked by", cover.asked_by), ("Asked on", day_in_words(cover.received)),
        ("Made on", f"{day_in_words(cover.made_on)} by {cover.made_by}"), ("Gathered from", cover.vault),
    ))  # fmt: skip
    yield Heading("What this is")
    yield Paragraph(
        "These are the answers that are kept about you in the case file, as they stand, and as they stood before "
        "they were changed. They come from referral and triage forms, the case tracker, the contact log and the other "
        "parts of the file, each under its own heading. Paper files and the records of other organisations are not "
        "part of it."
    )
    yield from _left_out(shown)
    if cover.files:
        yield Heading("Files")
        yield Paragraph("These files belong to it:", keep_with_next=True)
        yield Bullets(cover.files)
    yield Heading("If you do not agree")
    yield Paragraph(
        "You may ask for a mistake to be put right. You may complain to those who gave you this, who confirm within "
        "30 days that they have your complaint, and to the Information Commissioner (ico.org.uk, 0303 123 1113)."
    )


def _left_out(shown: Sequence[Shown]) -> Iterator[Block]:
    yield Heading("What was left out")
    reasons = Counter(one.reason for one in shown if one.words != one.item.kept.words)
    if not reasons:
        yield Paragraph("Nothing.")
        return
    yield Paragraph(
        f"Words that were left out are replaced by {WITHHELD}. The law lets us, and sometimes makes us, leave out:",
        keep_with_next=True,
    )
    yield Bullets(
        tuple(f"{label('access_reason', reason)}: in {counted(n, 'answer')}" for reason, n in sorted(reasons.items()))
    )


def _records(shown: Iterable[Shown]) -> Iterator[Block]:
    for _, some in groupby(shown, lambda one: one.item.kept.record.id):
        answers = tuple(some)
        yield Heading(_heading(answers))
        yield from _answers(answers)


def _heading(answers: Sequence[Shown]) -> str:
    """Return the form and the day of a record; nothing else of it may stand in a heading: it could be left out."""
    form = ALL[answers[0].item.kept.record.form]
    dated = next((one for one in answers if one.item.kept.question == form.own_date), None)
    if dated is None or dated.words != dated.item.kept.words:
        return form.title
    return f"{form.title}, {dated.words}"


def _answers(answers: Sequence[Shown]) -> Iterator[Block]:
    facts: list[tuple[str, str]] = []
    for one in answers:
        kept = one.item.kept
        told = one.item.label
        if kept.replaced_on:
            told += f" (until {day_in_words(kept.replaced_on)})"
        if isinstance(ALL[kept.record.form].by_name[kept.question], Narrative):
            yield from _facts(facts)
            yield Heading(told, 2)
            yield Paragraph(one.words)
        else:
            facts.append((told, one.words))
    yield from _facts(facts)


def _facts(facts: list[tuple[str, str]]) -> Iterator[Block]:
    if facts:
        yield KeyFacts(tuple(facts))
        facts.clear()
