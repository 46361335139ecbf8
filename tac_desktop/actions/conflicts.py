"""Answers that contradict each other: listed in words, decided by a person, put off, and the last decision undone.

Nothing is decided in silence: of two answers that did not know of each other the program shows one until a person has
said which holds. A decision names the answers that it was shown, so it never passes over one that arrived meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from tac_desktop.actions.answers import refuse_answer
from tac_desktop.actions.conflict_sides import Side, Telling, Writers, deletion_sides
from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.restriction import closed_cases, refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.fields import Field, Narrative
from tac_desktop.casework.form import Form
from tac_desktop.casework.journal import Change, JsonValue, differences, to_journal
from tac_desktop.casework.live import DELETED, text_id
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed, may_write
from tac_desktop.casework.record import Record
from tac_desktop.casework.record_names import called
from tac_desktop.casework.wording import record_in_words
from tac_desktop.errors import AnswersRefused, ConflictChanged

if TYPE_CHECKING:
    from tac_desktop.storage.contradictions import Conflict
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

Later: TypeAlias = Literal["tomorrow", "next_week"]


@dataclass(frozen=True, kw_only=True)
class OpenConflict:
    """A question of one record to which there are several answers, each written without knowing of the others."""

    case_file: str
    """'' where the record belongs to no mother."""
    case_name: str
    record_id: str
    form: str
    title: str
    """The record in words."""
    field: str
    """The journal field: 'name', 'name/element' for one element of a set, '_del' for an edit against a deletion."""
    question: str
    """The question as it is asked."""
    choices: tuple[Side, ...]
    """At least two, the one that is shown until a decision first."""
    both_possible: bool
    """Whether all of them can hold together."""
    postponed_until: str
    """The ISO day until which it was put off, '' if it was not."""
    shown: frozenset[str]
    """The ids of all entries that it was made of."""

    @property
    def name(self) -> str:
        """The name of the question in its form; '' for an edit against a deletion."""
        return "" if self.field == DELETED else self.field.partition("/")[0]

    @property
    def asked(self) -> Field | None:
        """The question, None where the form does not have it."""
        return forms.ALL[self.form].by_name.get(self.name)

    def is_open(self, today: str) -> bool:
        """Say whether it waits for a decision on a day (ISO)."""
        return self.postponed_until <= today


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided, to be undone."""

    conflict: OpenConflict
    entries: tuple[str, ...]
    """The ids of the entries that decided it."""
    words: str
    """What holds now."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A contradiction in brief: what a list shows of it."""

    case_file: str
    record_id: str
    form: str
    field: str
    question: str
    postponed_until: str

    @property
    def spot(self) -> str:
        """Where a screen begins with it among those of all case files: ids and the name of the question."""
        return f"|{self.record_id}|{self.field.partition('/')[0]}"

    def is_open(self, today: str) -> bool:
        """Say whether it waits for a decision on a day (ISO)."""
        return self.postponed_until <= today


@permitted(Deed.READ_CASES)
def open_conflicts(
    vault: "Vault", store: "Store", case_file: str | None = None, *, now: datetime | None = None
) -> list[OpenConflict]:
    """Return all contradictions in the records that the person at work may write, those put off included.

    Args:
        vault: The open vault.
        store: Its store.
        case_file: Only those of this case file.
        now: The time, with its zone: clocks that are ahead of it are called uncertain. None for the computer's.
    """
    found = _hers(store, vault.person, case_file)
    if not found:
        return []
    reader = _Reader(vault, store, now or datetime.now().astimezone())
    told = (reader.told(conflict) for conflict in found)
    return [conflict for conflict in told if conflict is not None]


@permitted(Deed.READ_CASES)
def open_conflict(vault: "Vault", store: "Store", wanted: Waiting, *, now: datetime) -> OpenConflict | None:
    """Return one contradiction as it stands now, None if it is decided; see `open_conflicts`."""
    of_record = [c for c in _hers(store, vault.person, wanted.case_file) if c.record_id == wanted.record_id]
    found = next((conflict for conflict in of_record if conflict.field == wanted.field), None)
    return None if found is None else _Reader(vault, store, now).told(found)


@permitted(Deed.READ_CASES)
def listed(store: "Store", person: Person, case_file: str | None = None) -> list[Waiting]:
    """Return all contradictions that a person may decide, in brief: by case file, then in the order of the forms."""
    found = [
        Waiting(
            case_file=each.case_file, record_id=each.record_id, form=each.form, field=each.field,
            question=_question(forms.ALL[each.form], each.field), postponed_until=each.postponed_until,
        )
        for each in _hers(store, person, case_file)
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.case_file)


def _hers(store: "Store", person: Person, case_file: str | None) -> "list[Conflict]":
    found, closed = store.contradictions.found(case_file), closed_cases(store)
    return [one for one in found if may_write(person.role, forms.ALL[one.form]) and one.case_file not in closed]


class _Reader:
    """Tells contradictions in words; names are read once."""

    def __init__(self, vault: "Vault", store: "Store", now: datetime) -> None:
        self._store, self._now = store, now
        self._writers = Writers(vault, store)
        self._records: dict[str, Record | None] = {}

    def told(self, conflict: "Conflict") -> OpenConflict | None:
        form = forms.ALL[conflict.form]
        record = self._record(conflict.record_id)
        history = {entry.cid: entry for entry in self._store.history(conflict.record_id)}
        telling = Telling(form, history, self._writers, self._named, self._now)
        live = [(one.cid, one.value) for one in conflict.answers]
        sides = deletion_sides(telling, live) if conflict.field == DELETED else telling.sides(conflict.field, live)
        if len(sides) < 2 or record is None:
            return None  # erased by law meanwhile
        question = form.by_name.get(conflict.field)
        return OpenConflict(
            case_file=conflict.case_file, case_name=self._case_name(conflict.case_file), record_id=conflict.record_id,
            form=conflict.form, title=record_in_words(form, record, self._named), field=conflict.field,
            question=_question(form, conflict.field), choices=sides,
            both_possible=question is not None and bool(_both(question, sides)),
            postponed_until=conflict.postponed_until, shown=frozenset(one.cid for one in conflict.answers),
        )  # fmt: skip

    def _case_name(self, case_file: str) -> str:
        mother = self._record(case_file) if case_file else None
        return mother.text("name") if mother else ""

    def _named(self, record_id: str) -> str:
        record = self._record(record_id)
        return called(record, self._record) if record else ""

    def _record(self, record_id: str) -> Record | None:
        if record_id not in self._records:
            self._records[record_id] = self._store.record(record_id)
        return self._records[record_id]


def _question(form: Form, field: str) -> str:
    if field == DELETED:
        return "Does this record stay?"
    stem = field.partition("/")[0]
    return form.by_name[stem].label if stem in form.by_name else "A question of a newer version of the program"


def _both(question: Field, sides: Sequence[Side]) -> str:
    """Return all sides as one answer: narratives below one another, the oldest first; '' where that makes no sense."""
    texts = [side.answer for side in sorted(sides, key=lambda side: side.at) if isinstance(side.answer, str)]
    if not isinstance(question, Narrative) or len(texts) < len(sides):
        return ""
    whole = "\n\n".join(texts)
    return whole if len(whole) <= question.longest else ""


# --- deciding ---


@permitted(Deed.WRITE_CASES)
def decide(
    store: "Store",
    person: Person,
    conflict: OpenConflict,
    *,
    now: datetime,
    keep: str = "",
    answer: Answer | None = None,
    both: bool = False,
) -> Decision:
    """Decide a contradiction: one of its answers is kept, another one is written, or all hold together.

    What is decided holds as known from the day of the answer that is kept; another answer from the latest of their
    days: so a report of a past period can be closed.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        conflict: As it was shown.
        now: The time, with its zone.
        keep: The id of the answer that is kept.
        answer: Another answer to the question, in its place.
        both: Whether all of them hold.

    Raises:
        ConflictChanged: other answers stand there by now; nothing was written.
        AnswersRefused: the other answer cannot stand.
        NotPermitted, CaseRestricted: it is not the person's to decide.
    """
    record = store.record(conflict.record_id)
    form = forms.ALL[record.form if record else conflict.form]  # of what is here, whatever the conflict says
    refuse_unwritable(person, form)
    refuse_closed(store, record.case_file if record else conflict.case_file)
    if record is None:
        raise ConflictChanged
    values, words = _decided(store, conflict, record, keep=keep, answer=answer, both=both, now=now)
    days = [side.known_on for side in conflict.choices if side.cid == keep or not keep]
    change = Change(
        record_id=record.id, form=form.name, version=form.version, stream=record.stream, values=values,
        known_on=min(max(days), now.date().isoformat()), op="del" if values.get(DELETED) else "set",
    )  # fmt: skip
    shown = {(record.id, conflict.field): conflict.shown}
    written = store.save([change], author=person.id, now=now, shown=shown)
    return Decision(conflict=conflict, entries=tuple(text_id(entry.cid) for entry in written), words=words)


def _decided(
    store: "Store", conflict: OpenConflict, record: Record, *, keep: str, answer: Answer | None, both: bool,
    now: datetime,
) -> tuple[Mapping[str, JsonValue], str]:  # fmt: skip
    """Return the journal fields that decide a contradiction, and what holds then in words."""
    if keep:
        side = next(side for side in conflict.choices if side.cid == keep)
        return {conflict.field: _seen_by_now(store, conflict, side)}, side.words
    question = conflict.asked
    if both and question is not None:
        answer = _both(question, conflict.choices)
    if question is None or answer in (None, "", ()):
        raise AnswersRefused({conflict.name: "Write an answer, or keep one of those that stand there."})
    refuse_answer(store, record, question.name, answer, now.date().isoformat())
    form = forms.ALL[conflict.form]
    stands = {question.name: record.answers[question.name]} if question.name in record.answers else {}
    wanted = to_journal(form, {question.name: answer})
    nothing = False if "/" in conflict.field else None
    values = differences(to_journal(form, stands), wanted) | {conflict.field: wanted.get(conflict.field, nothing)}
    return values, "all answers together" if both else "the answer that you wrote"


def _seen_by_now(store: "Store", conflict: OpenConflict, side: Side) -> JsonValue:
    """Return the value that keeps a side; whoever deletes has seen all that was shown."""
    if conflict.field != DELETED or not isinstance(side.value, dict):
        return side.value
    return side.value | {"seen": [entry.cid for entry in store.history(conflict.record_id)]}


# --- later ---


@permitted(Deed.WRITE_CASES)
def postpone(store: "Store", conflict: OpenConflict, until: Later, *, today: str) -> str:
    """Put a decision off, in this vault; another answer that arrives brings it back. Return the ISO day."""
    refuse_closed(store, conflict.case_file)
    day = (date.fromisoformat(today) + timedelta(1 if until == "tomorrow" else 7)).isoformat()
    store.contradictions.postpone(conflict.record_id, conflict.field, day)
    return day
