"""The correspondence thread, and the list of attempts, for one reader: what may not be shown to her or him is gone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_view import CaseView, child_initials, in_words
from tac_desktop.casework.contact_summary import is_attempt
from tac_desktop.casework.contact_thread import EVERYTHING, counterparts, filter_in_words, thread, whom_in_words
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import counted
from tac_desktop.export.document import (
    Block,
    Column,
    Document,
    KeyFacts,
    Paper,
    Paragraph,
    Row,
    Table,
)
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.one_paper import one_paper
from tac_desktop.export.documents.words import NONE, day, moment

THREAD: Final = "Correspondence thread"
ATTEMPTS: Final = "Attempts to reach somebody"
UNALTERED: Final = (
    "Each entry was written into the case file’s log, which keeps every version of every entry. What is shown of them "
    "stands here as it read on the day given above."
)


def correspondence(view: CaseView, issue: Issue) -> Document:
    """Return the thread that was chosen, the earliest entry first.

    Args:
        view: The case as it was known on a day; what is withheld from a reader is left out here.
        issue: By whom, for whom, which version; its `thread` says which contacts are wanted.
    """
    paper = Paper(THREAD, tuple(_thread_blocks(view, issue)))
    return one_paper(view, issue, paper, title=THREAD, subject=THREAD)


def attempts(view: CaseView, issue: Issue) -> Document:
    """Return the attempts that reached nobody among the contacts that were chosen; arguments as `correspondence`."""
    paper = Paper(ATTEMPTS, tuple(_attempt_blocks(view, issue)))
    return one_paper(view, issue, paper, title=ATTEMPTS, subject=ATTEMPTS)


def left_out(view: CaseView, issue: Issue) -> tuple[str, ...]:
    """Return for the preparer how many entries are not shown, or only in part; the paper itself says nothing of it."""
    wanted = thread(view.of("contact"), issue.thread)
    shown = {record.id: record for record in _shown(view, issue)}
    gone = sum(record.id not in shown for record in wanted)
    part = sum(
        record.id in shown and shown[record.id].text("summary") != record.text("summary") for record in wanted
    )  # fmt: skip
    told = (
        f"{counted(gone, 'entry', 'entries')} of the log may not be shown to this reader and cannot be in it."
        if gone else "",
        f"Of {counted(part, 'entry', 'entries')} only what may be told is shown." if part else "",
    )  # fmt: skip
    return tuple(words for words in told if words)


def _shown(view: CaseView, issue: Issue) -> Sequence[Record]:
    """Return what was chosen as the reader may see it: chosen by the whole words, shown without what is withheld."""
    wanted = {record.id for record in thread(view.of("contact"), issue.thread)}
    seen = view.shown_to(issue.readers).without(issue.left_out) if issue.readers else view.without(issue.left_out)
    return thread((one for one in seen.of("contact") if one.id in wanted), EVERYTHING)


def _chosen(view: CaseView, issue: Issue, entries: Sequence[Record]) -> str:
    """Return which entries were chosen; a name, a child or a word that no entry shows its reader is not told here."""
    wanted, seen = issue.thread, entries if issue.readers else view.of("contact")
    known = not issue.readers or wanted.whom in dict(counterparts(seen))
    whom = whom_in_words(wanted.whom, seen) if wanted.whom and known else ""
    about = any(wanted.child in chosen(one.answers, "children") for one in seen)
    child = next((child_initials(one) for one in view.of("child") if one.id == wanted.child and about), "")
    told = filter_in_words(replace(wanted, words="" if issue.readers else wanted.words), whom, child)
    everything = "All that may be shown" if issue.readers else "All"
    return told or (everything if wanted == EVERYTHING else "Some of them")


def _facts(view: CaseView, issue: Issue, entries: Sequence[Record], what: str) -> KeyFacts:
    told = _chosen(view, issue, entries)
    first, last = (entries[0].text("at")[:10], entries[-1].text("at")[:10]) if entries else ("", "")
    return KeyFacts((
        ("Mother", view.mother.text("name")),
        ("Which entries", told[:1].upper() + told[1:]),
        (what, f"{len(entries):,}" + (f", from {day(first)} to {day(last)}" if entries else "")),
        ("For", issue.prepared_for[:1].upper() + issue.prepared_for[1:]),
        ("As known on", day(view.known_on)),
        ("Prepared by", f"{issue.prepared_by}, {day(issue.issued_on)}"),
    ))  # fmt: skip


def _thread_blocks(view: CaseView, issue: Issue) -> Iterator[Block]:
    entries = _shown(view, issue)
    yield _facts(view, issue, entries, "Entries")
    yield Paragraph(UNALTERED, "note")
    if not entries:
        yield Paragraph("No entry of the log is shown.")
        return
    columns = (
        Column("When", 0.2, strong=True),
        Column("How and with whom", 0.3),
        Column("What was said and done", 0.5),
    )
    rows = tuple(Row((moment(one.text("at")), _how(view, one), _what(one)), one.id) for one in entries)
    yield Table(columns, rows, "The entries of the thread, the earliest first")


def _attempt_blocks(view: CaseView, issue: Issue) -> Iterator[Block]:
    entries = [one for one in _shown(view, issue) if is_attempt(one)]
    yield _facts(view, issue, entries, "Attempts")
    yield Paragraph(UNALTERED, "note")
    if not entries:
        yield Paragraph("No attempt is shown.")
        return
    columns = (
        Column("When", 0.28, strong=True),
        Column("How", 0.28),
        Column("To reach", 0.3),
        Column("About", 0.14),
    )
    rows = tuple(
        Row((moment(one.text("at")), in_words(one, "kind"), _whom(one) or NONE, view.children(one) or NONE), one.id)
        for one in entries
    )
    yield Table(columns, rows, "The attempts without an answer, the earliest first")


def _how(view: CaseView, entry: Record) -> str:
    about = view.children(entry)
    parts = (
        in_words(entry, "kind"), in_words(entry, "direction"), _whom(entry), f"about {about}" if about else "",
        "Nobody was reached" if entry.answers.get("reached") is False else "",
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def _what(entry: Record) -> str:
    asked, answered = entry.text("waiting_for"), entry.text("answered_on")
    told = f"Asked for: {asked}" + (f"\nAnswered on {day(answered)}" if answered else "") if asked else ""
    return "\n".join(part for part in (entry.text("summary"), told) if part) or NONE


def _whom(entry: Record) -> str:
    return "\n".join(part for part in (entry.text("who"), in_words(entry, "with_whom")) if part)
