"""The projection tables: one for each form, its columns the form's questions, made from the declaration.

A column holds the plain answer; `_states` holds what is an answer without a value (not known, declined), `_conflicts`
the questions with two live answers. A value that is not of its question's kind (from a newer or a faulty program) stays
in the journal and is not shown as an answer.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, NamedTuple, assert_never, cast

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Field,
    Link,
    Links,
    Moment,
    Money,
    Narrative,
    Number,
    ShortText,
    YesNo,
    is_amount,
    is_day,
    is_moment,
)
from tac_desktop.casework.form import Form
from tac_desktop.casework.live import Folded
from tac_desktop.casework.record import Record
from tac_desktop.storage.binding import Connection, sqlite_utils_database
from tac_desktop.storage.row_answers import Places, RowAnswers, places, without_value

OWN_COLUMNS: Mapping[str, type] = MappingProxyType({
    "_eid": int, "_id": str, "_case_file": str, "_stream": str, "_version": int, "_known_on": str, "_known_last": str,
    "_own_date": str, "_searched": int, "_states": str, "_conflicts": str, "_deleted": int,
})  # fmt: skip
_READ = ("_eid", "_id", "_case_file", "_stream", "_version", "_known_on", "_states", "_conflicts")
"""The columns of its own that make a record, in the order in which they are read."""
_EID_BITS = 32
_WITHOUT_VALUE = (NotKnown, Declined)
_PLAIN = (str, int)
_NONE: Mapping[str, str] = MappingProxyType({})
_ENCODER = json.JSONEncoder(ensure_ascii=False)
"""Made once: an import encodes as many cells as it has records."""


class Row(NamedTuple):
    """The row of one record, and what goes with it."""

    cells: tuple[Any, ...]
    case_file: str
    answers: Mapping[str, Answer]
    deleted: bool
    searched: int | None
    """The row number in the search indexes; None where there is nothing to find.

    Later own dates have higher numbers, so that reading an index backwards gives the newest first.
    """
    words: tuple[str, str]
    """What is found by name, and what by its words."""


@dataclass(frozen=True)
class FormTable:
    """The projection table of one form."""

    form: Form

    @property
    def name(self) -> str:
        """The table's name."""
        return f"form_{self.form.name}"

    @cached_property
    def columns(self) -> dict[str, type]:
        """All columns with the type that sqlite-utils gives them."""
        return dict(OWN_COLUMNS) | {field.name: _column_type(field) for field in self.form.fields}

    @cached_property
    def insert_sql(self) -> str:
        """The statement that writes the row of a new record."""
        return f"INSERT INTO {self.name} VALUES ({','.join('?' * len(self.columns))})"

    @cached_property
    def replace_sql(self) -> str:
        """The statement that writes the row of a record in place of the one before; dearer than `insert_sql`."""
        return self.insert_sql.replace("INSERT", "INSERT OR REPLACE", 1)

    @cached_property
    def select_sql(self) -> str:
        """The statement that reads what `record` takes of rows, without its condition; their numbers come first."""
        return f"SELECT {', '.join(_quoted(name) for name in self._read)} FROM {self.name}"

    @cached_property
    def _read(self) -> tuple[str, ...]:
        return (*_READ, *self.form.by_name)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that decides how a row looks; another one means that the table is made anew."""
        words = [(type(field).__name__, field.name, getattr(field, "is_name", None)) for field in self.form.fields]
        text = repr((4, list(OWN_COLUMNS), words, self.form.own_date, self.form.keeping))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def create(self, connection: Connection) -> None:
        """Make the table and its indexes; one that is there is dropped."""
        database = sqlite_utils_database(connection)
        table = cast("Any", database[self.name])
        if table.exists():  # `drop(ignore=True)` would ignore a full disk as well
            table.drop()
        table.create(self.columns, pk="_eid", not_null={"_id", "_case_file", "_stream", "_version"}, strict=True)
        table.create_index(["_case_file", "_own_date"], index_name=f"{self.name}_case_file")
        for field in self.form.fields:
            if isinstance(field, Link):
                table.create_index([field.name], index_name=f"{self.name}_{field.name}")
        # conflicts are rare and asked for often: an index over them alone costs other rows nothing
        connection.execute(
            f"CREATE INDEX {self.name}_in_conflict ON {self.name} (_case_file) WHERE _conflicts IS NOT NULL"
        )

    def row(
        self, eid: int, record_id: str, stream: str, folded: Folded, known_last: str, joined: Mapping[str, str] = _NONE
    ) -> "Row":
        """Return the row of one record and its words; `joined` says which case files are read under another one."""
        answers = self.answers(folded)
        own_date = answers.get(self.form.own_date)
        day = own_date if isinstance(own_date, str) else None
        words = ("", "") if folded.deleted else self.words(answers)
        searched = _day_number(day or "") << _EID_BITS | eid if words != ("", "") else None
        states = {name: folded.values[name] for name, a in answers.items() if isinstance(a, _WITHOUT_VALUE)}
        own = self.case_file(stream, answers)
        case_file = joined.get(own, own)
        cells = (
            eid, record_id, case_file, stream, folded.version, folded.known_on, known_last, day, searched,
            _json(states), _json(folded.conflicts), int(folded.deleted),
            *self._cells(answers),
        )  # fmt: skip
        return Row(cells, case_file, answers, folded.deleted, searched, words)

    def _cells(self, answers: Mapping[str, Answer]) -> list[str | int | None]:
        cells: list[str | int | None] = [None] * len(self.form.fields)
        for name, answer in answers.items():
            cells[self._places[name]] = _cell(answer)
        return cells

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.form.by_name)}

    def answers(self, folded: Folded) -> dict[str, Answer]:
        """Return the answers that are of their questions' kinds."""
        kinds = self._kinds
        return {
            name: answer
            for name, answer in folded.answers.items()
            if name in kinds and (isinstance(answer, _WITHOUT_VALUE) or kinds[name](answer))
        }

    @cached_property
    def _kinds(self) -> dict[str, Callable[[Answer], bool]]:
        return {field.name: _kind(field) for field in self.form.fields}

    def case_file(self, stream: str, answers: Mapping[str, Answer]) -> str:
        """Return the case file to which a record belongs: its stream, or the mother whom it names from elsewhere."""
        return next((mother for name in self.mothers if isinstance(mother := answers.get(name), str)), stream)

    @cached_property
    def mothers(self) -> list[str]:
        """The questions by which a record that is kept elsewhere names the mother whom it is about."""
        if self.form.keeping == "case":
            return []
        return [field.name for field in self.form.fields if isinstance(field, Link) and field.to == "mother"]

    @cached_property
    def _names_and_notes(self) -> tuple[list[str], list[str]]:
        names, notes = list[str](), list[str]()
        for field in self.form.fields:
            if isinstance(field, ShortText | Narrative):
                (names if isinstance(field, ShortText) and field.is_name else notes).append(field.name)
        return names, notes

    def words(self, answers: Mapping[str, Answer]) -> tuple[str, str]:
        """Return the text to be found by name, and the text to be found by its words."""
        names, notes = (
            [text for name in several if isinstance(text := answers.get(name), str) and text]
            for several in self._names_and_notes
        )
        return "\n".join(names), "\n".join(notes)

    def record(self, row: Sequence[Any]) -> Record:
        """Return the record that a row holds, as `select_sql` reads it."""
        _, record_id, case_file, stream, version, known_on, states, conflicts = row[: len(_READ)]
        return Record(
            id=record_id, form=self.form.name, version=version, case_file=case_file, stream=stream,
            answers=RowAnswers(self._answered, row, without_value(states)),
            known_on=known_on or "", conflicts=tuple(json.loads(conflicts)) if conflicts else (),
        )  # fmt: skip

    def place(self, record: Record) -> tuple[str, str, str]:
        """Return what a list is sorted by: the own date, the id and, where somebody used that twice, the stream."""
        return record.text(self.form.own_date), record.id, record.stream

    @cached_property
    def _answered(self) -> Places:
        return places(self.form.fields, len(_READ))

    def record_of(self, record_id: str, stream: str, folded: Folded) -> Record:
        """Return the record that a fold makes, as `record` returns it from a row."""
        cells = dict(zip(self.columns, self.row(0, record_id, stream, folded, "").cells, strict=True))
        return self.record([cells[name] for name in self._read])


TABLES: Mapping[str, FormTable] = MappingProxyType({name: FormTable(form) for name, form in forms.ALL.items()})
"""The tables of all forms, by the form's name."""


def fits(field: Field, answer: Answer) -> bool:
    """Say whether an answer is of the kind that the question asks for."""
    return isinstance(answer, _WITHOUT_VALUE) or _kind(field)(answer)


def _kind(field: Field) -> Callable[[Answer], bool]:
    """Return what says whether a plain answer is of the question’s kind: asked once a field, not once a row."""
    match field:
        case ShortText() | Narrative() | Choice() | Link() | Attachment():
            return _is_text
        case Day():
            return partial(is_day, partial=field.partial)
        case Moment():
            return is_moment
        case Money():
            return is_amount
        case Choices() | Links():
            return _is_several
        case Number():
            return _is_number
        case YesNo():
            return _is_yes_or_no
        case _:
            assert_never(field)


def _is_text(answer: Answer) -> bool:
    return isinstance(answer, str)


def _is_several(answer: Answer) -> bool:
    return isinstance(answer, tuple)


def _is_number(answer: Answer) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)


def _is_yes_or_no(answer: Answer) -> bool:
    return isinstance(answer, bool)


def search_eid(search_row: int) -> int:
    """Return the record's number from its row number in a search index."""
    return search_row & (1 << _EID_BITS) - 1


def _column_type(field: Field) -> type:
    return int if isinstance(field, Number | YesNo) else str


def _cell(answer: Answer) -> str | int | None:
    if isinstance(answer, _PLAIN):
        return answer
    return _ENCODER.encode(answer) if isinstance(answer, tuple) else None


def _json(value: Any) -> str | None:  # noqa: ANN401 - anything JSON can hold
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else None


def _day_number(day: str) -> int:
    try:
        return date.fromisoformat((day + "-01-01")[:10]).toordinal()
    except ValueError:
        return 0


def _quoted(name: str) -> str:
    return f'"{name}"'
