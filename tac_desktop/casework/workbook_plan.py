"""What an import of the case tracker would write: the rows of a workbook set beside the recorded records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tac_desktop.casework import workbook_matching as matching
from tac_desktop.casework.answers import Answer, Answers, text_of
from tac_desktop.casework.checks import order_expected
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.journal import Change, differences, to_journal
from tac_desktop.casework.record import Record
from tac_desktop.casework.sheets import CASE_REFERENCE, Row, WrongCell, told
from tac_desktop.casework.workbook_matching import Item

DATED_BY_REFERRAL: Final = frozenset({"mother", "custody", "triage", "baseline", "child", "placement"})
"""Forms whose first answers are known from the mother's first referral; the others from their own date."""

TELLS_OF_HER: Final = {
    "baseline": "first_meeting", "episode": "opened", "tracker_return": "received", "referral": "date"
}  # fmt: skip
"""Forms whose dates tell since when she is known, and the date's field; the referral, the last, decides over them."""

Recorded = Mapping[str, Sequence[Record]]
"""The records of the vault by form."""


@dataclass(frozen=True)
class Gone:
    """A record of the vault that no row of its sheet speaks of. It is kept."""

    sheet: str
    reference: str
    """The reference of its own, or the case reference."""
    case: str
    record_id: str
    day: str


@dataclass(kw_only=True)
class Plan:
    """What an import would do. If `wrong` is not empty it does nothing."""

    items: list[Item] = field(default_factory=list[Item])
    wrong: list[WrongCell] = field(default_factory=list[WrongCell])
    gone: list[Gone] = field(default_factory=list[Gone])
    first_days: dict[str, str] = field(default_factory=dict[str, str])
    """For each case file the day of the mother's first referral, or the first day that the tracker tells of her."""


def plan(rows: Mapping[str, Sequence[Row]], recorded: Recorded) -> Plan:
    """Match the rows of a workbook with the records of a vault and check what cells say of each other.

    Args:
        rows: The rows by sheet; a sheet that the workbook lacks is absent.
        recorded: All records of the vault that such a workbook can hold, by form.
    """
    return _Planner(rows, recorded).plan()


def changes(item: Item, first_day: str, stream: str, today: str) -> Change | None:
    """Return what has to be written for an item, None if all of it is recorded already.

    First answers are known from the record's own date, later ones from the day of the import. A blank cell takes
    nothing back: it may stand for a question that was only asked later, in the program.

    Args:
        item: The matched item.
        first_day: The day of the mother's first referral, '' where there is none.
        stream: The stream that a new record belongs to.
        today: The day of the import.
    """
    form = ALL[item.form]
    before: Answers = item.before.answers if item.before else {}
    after = dict(before) | {
        name: answer
        for name, answer in (dict(item.answers) | item.extra).items()
        if name not in before or matching.plain(before[name]) != matching.plain(answer)
    }
    values = differences(to_journal(form, before), to_journal(form, after))
    if not values:
        return None
    own = "" if item.form in DATED_BY_REFERRAL else text_of(item.answers, form.own_date)
    known_on = today if item.before else (own or first_day or today)
    return Change(
        record_id=item.record_id, form=item.form, version=form.version, values=values, known_on=known_on,
        stream=item.before.stream if item.before else stream,
    )  # fmt: skip


class _Planner:
    def __init__(self, rows: Mapping[str, Sequence[Row]], recorded: Recorded) -> None:
        self._rows = rows
        self._recorded = recorded
        self._plan = Plan()
        self._by_case: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for form, records in recorded.items():
            for record in records:
                self._by_case[form, case_of_record(record)].append(record)

    @cached_property
    def _references(self) -> dict[str, str]:
        """The case reference of each case file of vault and workbook."""
        known = {record.id: record.text("reference") for record in self._recorded.get("mother", ())}
        return known | {matching.case_of(row.reference): row.reference for row in self._rows.get("Mothers", ())}

    def plan(self) -> Plan:
        self._check_references()
        self._add(self._items("Mothers", "mother"), "mother", "Mothers")
        self._add(self._workers(), "childrens_social_worker", "Social workers")
        for form in ("custody", "triage", "baseline"):
            self._add_first(self._items("Mothers", form), form)
        self._add(list(self._friends()), "mckenzie_friend", "Mothers")
        self._add_children()
        for title, rows in self._rows.items():
            if rows and title not in ("Mothers", "Children", "Social workers"):
                form = rows[0].sheet.form.name
                self._add(self._items(title, form), form, title)
            elif title not in ("Mothers", "Children", "Social workers"):
                self._note_gone_sheet(title)
        self._date_cases()
        for item in self._plan.items:
            self._check(item)
        return self._plan

    def _check_references(self) -> None:
        met: set[str] = set()
        for row in self._rows.get("Mothers", ()):
            if row.reference in met:
                self._refuse(row, CASE_REFERENCE, row.reference, "each mother once: this reference stands twice")
            met.add(row.reference)
        for rows in self._rows.values():
            for row in rows:
                if row.reference and matching.case_of(row.reference) not in self._references:
                    self._refuse(row, CASE_REFERENCE, row.reference, "the reference of a mother")

    def _items(self, title: str, form: str) -> list[Item]:
        """Return what the rows of a sheet say of one form; a row that answers nothing of it has no item."""
        own_date = matching.SHEET_DATES.get(form, ALL[form].own_date)
        return [
            Item(
                form=form, case=matching.case_of(row.reference), row=row, date_field=own_date,
                answers={name: row.answers[form][name] for name in ALL[form].by_name if name in row.answers[form]},
                extra={"mother": matching.case_of(row.reference)} if form == "mothers_survey_t2" else {},
            )
            for row in self._rows.get(title, ())
            if row.answers.get(form) or (row.sheet.form.name == form and form != "mother")
        ]  # fmt: skip

    def _workers(self) -> list[Item]:
        """Return the social workers; where the workbook has no rows of them, those that its children name."""
        items = self._items("Social workers", "childrens_social_worker")
        if self._rows.get("Social workers"):
            return items
        named: dict[tuple[str, str], Row] = {}
        for row in self._rows.get("Children", ()):
            if reference := text_of(row.answers["child"], "social_worker"):
                named.setdefault((matching.case_of(row.reference), reference), row)
        return [
            Item(form="childrens_social_worker", case=case, answers={"worker_reference": reference}, row=row)
            for (case, reference), row in named.items()
        ]

    def _friends(self) -> Iterator[Item]:
        for item in self._items("Mothers", "mckenzie_friend"):
            dates = item.answers["date"]
            for day in dates if isinstance(dates, tuple) else ():
                yield Item(form=item.form, case=item.case, answers={"date": day}, row=item.row, date_field="date")

    def _add(self, items: list[Item], form: str, title: str) -> None:
        groups: dict[str, list[Item]] = defaultdict(list)
        keys: set[tuple[str, str]] = set()
        for item in items:
            if item.key and (item.case, item.key) in keys:
                heading = ALL[form].by_name[matching.REFERENCES[form]].column
                self._refuse(item.row, heading, item.key, "each reference once: this one stands twice")
            keys.add((item.case, item.key))
            groups[item.case].append(item)
        if title in self._rows:
            for case in [case for name, case in self._by_case if name == form and case not in groups]:
                self._note_gone(title, form, self._by_case[form, case])
        for case, group in groups.items():
            self._note_gone(title, form, matching.match(group, self._by_case.get((form, case), ())))
            self._plan.items += group

    def _add_first(self, items: list[Item], form: str) -> None:
        for item in items:
            matching.match_single(item, self._by_case.get((form, item.case), ()), ALL[form].own_date)
        self._plan.items += items

    def _add_children(self) -> None:
        workers = self._worker_ids()
        children = self._items("Children", "child")
        for item in children:
            self._resolve_worker(item, workers)
        self._add(children, "child", "Children")
        homes: dict[str, list[Record]] = defaultdict(list)
        for record in self._recorded.get("placement", ()):
            if record.answers.get("at_referral") is True:
                homes[record.text("child")].append(record)
        child_of = {id(item.row): item.record_id for item in children}
        placements = self._items("Children", "placement")
        for item in placements:
            item.child = child_of[id(item.row)]
            item.extra = {"child": item.child, "at_referral": True}
            matching.match_single(item, homes[item.child], "from_date")
        self._plan.items += placements

    def _worker_ids(self) -> dict[tuple[str, str], str]:
        known = {
            (record.case_file, record.text("worker_reference")): record.id
            for record in self._recorded.get("childrens_social_worker", ())
        }
        items = (item for item in self._plan.items if item.form == "childrens_social_worker")
        return known | {(item.case, item.key): item.record_id for item in items}

    def _resolve_worker(self, item: Item, workers: Mapping[tuple[str, str], str]) -> None:
        reference = text_of(item.answers, "social_worker")
        if not reference:
            return
        found = workers.get((item.case, reference))
        item.answers = {name: answer for name, answer in item.answers.items() if name != "social_worker"}
        if found:
            item.answers["social_worker"] = found
        else:
            heading = ALL["child"].by_name["social_worker"].column
            self._refuse(item.row, heading, reference, "a reference of her rows on the sheet ‘Social workers’")

    def _date_cases(self) -> None:
        """Find each mother's first referral, or else the first day that the tracker tells of her."""
        for form, date_field in TELLS_OF_HER.items():
            days = [(case_of_record(r), r.text(date_field)) for r in self._recorded.get(form, ())]
            days += [(i.case, text_of(i.answers, date_field)) for i in self._plan.items if i.form == form]
            self._note_days(days, over=form == "referral")

    def _note_days(self, days: list[tuple[str, str]], *, over: bool) -> None:
        earliest: dict[str, str] = {}
        for case, day in days:
            if day:
                earliest[case] = min(day, earliest.get(case, day))
        for case, day in earliest.items():
            before = self._plan.first_days.get(case, day)
            self._plan.first_days[case] = day if over else min(day, before)

    def _check(self, item: Item) -> None:
        """Check one item as it would stand with what is recorded already."""
        form = ALL[item.form]
        answers: dict[str, Answer] = dict(item.answers) | item.extra
        if item.before:
            answers = dict(item.before.answers) | answers
        for name, wanted in order_expected(form, answers).items():
            self._refuse(item.row, form.by_name[name].column, text_of(answers, name), wanted)
        for question in form.fields if item.form == item.row.sheet.form.name else ():
            if question.required and question.column and question.name not in answers and question.name != "name":
                self._refuse(item.row, question.column, "nothing", "a value: it cannot stay blank")

    def _note_gone_sheet(self, title: str) -> None:
        form = next(form.name for form in ALL.values() if form.sheet == title)
        self._note_gone(title, form, self._recorded.get(form, ()))

    def _note_gone(self, title: str, form: str, records: Sequence[Record]) -> None:
        date_field = ALL[form].own_date
        reference = matching.REFERENCES.get(form, "")
        for record in records:
            case = case_of_record(record)
            name = record.text(reference) if reference else ""
            told_as = name or self._references.get(case, "")
            self._plan.gone.append(Gone(title, told_as, case, record.id, record.text(date_field)))

    def _refuse(self, row: Row, column: str, found: str, expected: str) -> None:
        self._plan.wrong.append(WrongCell(row.sheet.title, row.number, column, told(found), expected))


def case_of_record(record: Record) -> str:
    """Return the mother whom a record is about, '' where it is about none: a manager's own lies in no case file."""
    if ALL[record.form].keeping == "case":
        return record.case_file
    return record.text("mother")
