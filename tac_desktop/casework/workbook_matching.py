"""Which recorded record a row of the workbook speaks of, and the id that a new one gets in every vault."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tac_desktop.casework.answers import Answer, Answers, NotKnown, text_of
from tac_desktop.casework.record import Record, case_file_id, derived_id
from tac_desktop.casework.sheets import Row

REFERENCES: Final = {
    "child": "child_reference",
    "childrens_social_worker": "worker_reference",
    "staff_survey": "response",
    "practitioner_survey": "response",
}
"""Forms whose rows have a reference of their own, and the field that holds it."""
SINGLE: Final = ("custody", "triage", "baseline", "placement")
"""Forms of which a row carries the first record: by date, and a child's at referral."""
SHEET_DATES: Final = {
    "child": "date_of_birth",
    "childrens_social_worker": "",
    "mothers_survey_t2": "date",
}
"""The field by which rows without a reference are put in order, where it is not the form's own date."""


_Respect: TypeAlias = "Callable[[Answers, Item, str], object]"
"""In which respect a row and a record may be the same; the text is the name of the date's field."""


@dataclass(kw_only=True)
class Item:
    """What a row says of one record."""

    form: str
    case: str
    """The case file, '' for what belongs to no mother."""
    answers: Answers
    row: Row
    date_field: str = ""
    child: str = ""
    """A placement's child."""
    record_id: str = ""
    before: Record | None = None
    extra: dict[str, Answer] = field(default_factory=dict[str, Answer])
    """Answers that the row's place tells, not a cell."""

    @property
    def key(self) -> str:
        """The reference of its own, '' where it has none."""
        return text_of(self.answers, REFERENCES.get(self.form, ""))

    @property
    def day(self) -> str:
        """The sheet's date."""
        return text_of(self.answers, self.date_field)


def match(items: Sequence[Item], recorded: Sequence[Record]) -> list[Record]:
    """Give each item of one form and case its recorded record or a new id; return the records that no item speaks of.

    A reference of its own decides. Without one, equal rows belong together by count, then rows of the same date, then
    the rest in the order of the sheet's date (workbook.md).
    """
    free = {record.id: record for record in recorded}
    reference = REFERENCES.get(items[0].form, "") if items else ""
    _by_reference([item for item in items if item.key], free, reference)
    rest = [item for item in items if not item.record_id and not item.key]
    for same in (_content, _day, _nothing):
        rest = _in_order(rest, free, same, reference)
    _new_ids(items, {record.id for record in recorded})
    return list(free.values())


def _take(item: Item, record: Record, free: dict[str, Record]) -> None:
    item.before, item.record_id = record, record.id
    free.pop(record.id, None)


def _by_reference(items: Sequence[Item], free: dict[str, Record], reference: str) -> None:
    """Match by reference, and a record whose reference was changed by hand by the id that its row once gave it."""
    named = {record.text(reference): record for record in reversed(free.values()) if record.text(reference)}
    for item in items:
        record = named.get(item.key)
        if record and record.id in free:
            _take(item, record, free)
    for item in items:
        record = free.get(_id_of(item, item.key))
        if record and not item.record_id:
            _take(item, record, free)


def _in_order(items: list[Item], free: dict[str, Record], same: _Respect, reference: str) -> list[Item]:
    """Match items and records that are the same in one respect, in the order of their date; return who is left."""
    waiting: dict[object, list[Record]] = defaultdict(list)
    if not items:
        return []
    date_field = items[0].date_field
    for record in sorted(free.values(), key=lambda r: (r.text(date_field), r.id), reverse=True):
        if not record.text(reference):
            waiting[same(record.answers, items[0], date_field)].append(record)
    left: list[Item] = []
    for item in sorted(items, key=lambda i: (i.day, i.row.number)):
        candidates = waiting[same(item.answers, item, date_field)]
        if candidates:
            _take(item, candidates.pop(), free)
        else:
            left.append(item)
    return left


def _content(answers: Answers, item: Item, date_field: str) -> object:
    """Return the sheet's columns of a record, in a form that can be compared."""
    del date_field
    return canonical({name: answers[name] for name in _columns(item) if name in answers})


def _day(answers: Answers, item: Item, date_field: str) -> object:
    del item
    return text_of(answers, date_field) or object()


def _nothing(answers: Answers, item: Item, date_field: str) -> object:
    del answers, item, date_field
    return None


def _columns(item: Item) -> list[str]:
    return [column.field.name for column in item.row.sheet.columns if column.form.name == item.form]


def canonical(answers: Mapping[str, Answer]) -> str:
    """Return answers as a text that is the same for the same answers: sets have no order, not known has no reason."""
    return repr([(name, plain(answers[name])) for name in sorted(answers)])


def plain(answer: Answer) -> Answer:
    """Return an answer as a cell of the workbook can tell it: without reason, without spaces around it, sets sorted."""
    match answer:
        case NotKnown():
            return NotKnown()
        case tuple():
            return tuple(sorted(answer))
        case str():
            return answer.strip()
        case _:
            return answer


def _new_ids(items: Sequence[Item], taken: set[str]) -> None:
    """Derive ids from case and content, so that two vaults that import the same workbook make the same records."""
    for item in sorted((i for i in items if not i.record_id), key=lambda i: (i.key, i.day, canonical(i.answers))):
        number = 1
        while (made := _id_of(item, item.key or item.day, number)) in taken and item.form != "mother":
            number += 1
        taken.add(made)
        item.record_id = made


def _id_of(item: Item, name: str, number: int = 1) -> str:
    if item.form == "mother":
        return item.case
    if item.form in SINGLE:
        return first_record_id(item.case, item.form, item.child)
    return derived_id("workbook", item.case, item.form, name, str(number))


def first_record_id(case_file: str, form: str, child: str = "") -> str:
    """Return the id of the record of which a case, or a child, has one that the workbook carries."""
    return derived_id("workbook", case_file, form, child)


def match_single(item: Item, recorded: Sequence[Record], date_field: str) -> None:
    """Give an item of a form in `SINGLE` the first recorded record by date, or its new id."""
    first = min(recorded, key=lambda r: (r.text(date_field), r.id), default=None)
    item.before = first
    item.record_id = first.id if first else _id_of(item, "")


def case_of(reference: str) -> str:
    """Return the case file of a row's reference, '' where it has none."""
    return case_file_id(reference) if reference else ""
