"""What a child has said, how contact is for it, and what it has been told: the newest word of each, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_view import in_words
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words


@dataclass(frozen=True)
class Heard:
    """One thing about a child: what it is, the words, and from where they are."""

    label: str
    words: str
    source: str = ""
    """When, by whom, with what; '' where nobody wrote it."""
    quoted: bool = False
    """Whether these are the child's own words."""
    kept_from: str = ""
    """To whom it is not to be shown, in words; '' for nobody in particular."""


def voice_of(child: Record, records: RecordsByForm) -> list[Heard]:
    """Return what is known of a child's own view and of what it knows; empty where nobody wrote anything.

    Args:
        child: The child's record.
        records: The records of the case file by form.
    """
    views = [one for one in records.get("child_view", ()) if one.text("child") == child.id]
    told = [one for one in records.get("told_child", ()) if one.text("child") == child.id]
    return [*_wishes(child, views), *_contact(views), *_told(told)]


def _newest(records: Sequence[Record], *fields: str) -> Record | None:
    """Return the newest record that answers one of the questions."""
    answering = [one for one in records if any(one.text(field) for field in fields)]
    return max(answering, key=lambda one: (one.text("date"), one.id), default=None)


def _wishes(child: Record, views: Sequence[Record]) -> Iterator[Heard]:
    view = _newest(views, "wishes")
    if view is not None:
        source = _source(view, ("heard_by", "heard by {}"), ("where", "{}"))
        yield Heard("What the child says", view.text("wishes"), source, quoted=True, kept_from=_kept_from(view))
    elif child.text("wishes"):
        yield Heard("What the child says", child.text("wishes"), "written in the child’s record", quoted=True)


def _contact(views: Sequence[Record]) -> Iterator[Heard]:
    view = _newest(views, "before", "during", "after", "ready", "next_step")
    if view is None:
        return
    source, kept_from = _source(view), _kept_from(view)
    for field, label in (("before", "Before contact"), ("during", "During contact"), ("after", "After contact")):
        if view.text(field):
            yield Heard(label, view.text(field), source, kept_from=kept_from)
    ready = ". ".join(part for part in (in_words(view, "ready"), view.text("next_step")) if part)
    if ready:
        yield Heard("Ready for contact", ready, source, kept_from=kept_from)


def _told(told: Sequence[Record]) -> Iterator[Heard]:
    last = _newest(told, "knows", "what")
    if last is None:
        return
    words = ". ".join(part for part in (in_words(last, "knows"), last.text("what")) if part)
    source = _source(last, ("told_by", "told by {}"), ("with_what", "with {}"))
    yield Heard("What the child knows", words, source, kept_from=_kept_from(last))
    if last.text("asked_by"):
        words = f"{last.text('asked_by')} wishes that the child is told otherwise"
        yield Heard("Told otherwise", words, source, kept_from=_kept_from(last))


def _source(record: Record, *parts: tuple[str, str]) -> str:
    day = day_in_words(record.text("date")) if record.text("date") else "day not recorded"
    return ", ".join([day, *(words.format(record.text(field)) for field, words in parts if record.text(field))])


def _kept_from(record: Record) -> str:
    return in_words(record, "withheld_from").lower() if chosen(record.answers, "withheld_from") else ""
