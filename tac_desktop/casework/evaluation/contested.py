"""Which figures of a report rest on answers that contradict each other: those that another live answer would change.

Each contradiction is tried by itself: the other answer is put in its place, and what then reads otherwise is marked.
What does not look at the answer cannot change, so a figure is first counted over the one case with an answer that
notices whether it is read; only the figures that read it are counted again over all cases.
"""

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias, TypedDict

from tac_desktop.casework.alternatives import Alternative
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.statement import CountedStatement, Statement
from tac_desktop.casework.evaluation.table import CountedTable, Table
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import counted

MOST_WORK: Final = 2_000_000
"""Some seconds on an old computer; what is left then is said to be untried."""
_LOOK: Final = 40
"""Counting one case anew to see what is looked at costs as much as looking at so many cases among all."""
MARK: Final = "†"
"""Stands behind a figure that rests on an open contradiction."""


class Contested(TypedDict):
    """What a report says of the contradictions that were open in what it counted."""

    open: int
    """How many questions had several live answers."""
    figures: int
    """How many figures are marked."""
    untried: int
    """How many of the questions were not tried, because there were too many."""


Declaration: TypeAlias = "Table[object] | Statement"
Counted: TypeAlias = CountedTable | CountedStatement
Records: TypeAlias = Mapping[str, Sequence[Record]]

NOTHING_CONTESTED: Final[Contested] = {"open": 0, "figures": 0, "untried": 0}


def mark_contested(
    figures: Mapping[str, Counted], evidence: Evidence, declared: Sequence[Declaration],
    alternatives: Sequence[Alternative], most_work: int = MOST_WORK,
) -> Contested:  # fmt: skip
    """Mark the figures that another live answer would change, and say how many there are.

    Args:
        figures: The tables and statements by their ids, as they were counted; the marks are set in them.
        evidence: What was counted.
        declared: How each of them is counted.
        alternatives: The other answers.
        most_work: How many cases are looked at again at most, over all figures.
    """
    questions = {(one.record.id, one.field) for one in alternatives}
    tried, work = set[tuple[str, str]](), 0
    look = len(declared) * _LOOK
    by_case = _by_case(evidence.records) if alternatives else {}
    for one in alternatives:
        if work >= most_work:
            break
        tried.add((one.record.id, one.field))
        case = {form: by_case[_case_of(one.record)].get(form, ()) for form in evidence.records}
        readers = _readers(evidence, case, declared, one)
        work += look + len(readers) * len(evidence.cases)
        if readers:
            other = _with_one_other(evidence, case, one)
            for declaration in readers:
                _mark(figures[declaration.id], declaration.count(other))
    marked = sum(1 for each in figures.values() for figure in _figures(each) if figure.get("contested"))
    return {"open": len(questions), "figures": marked, "untried": len(questions - tried)}


def contested_in_words(told: Contested) -> str:
    """Return what a report has to say of the contradictions that were open, '' where there are none."""
    open_, figures, untried = told["open"], told["figures"], told["untried"]
    if not open_:
        return ""
    questions = counted(open_, "question has", "questions have")
    words = f"{questions} several answers that contradict each other and are not decided yet."
    if figures:
        rest = counted(figures, "figure rests", "figures rest")
        words = f"{words} {rest} on them and would be another one if another answer holds: marked {MARK}."
    elif untried < open_:
        words = f"{words} No figure depends on which answer holds."
    return f"{words} {untried:,} of these questions were too many to be tried." if untried else words


class _Watched(dict[str, Answer]):
    """Answers that notice whether one of them is looked at; '' stands for any of them."""

    def __init__(self, answers: Mapping[str, Answer], name: str) -> None:
        super().__init__(answers)
        self._name = name
        self.seen = False

    def get(self, key: str, default: Answer | None = None) -> Answer | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.seen = self.seen or self._name in ("", key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Answer:
        self.seen = self.seen or self._name in ("", key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.seen = self.seen or self._name in ("", key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.seen = True
        return super().__iter__()

    def items(self) -> ItemsView[str, Answer]:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.seen = True
        return super().items()  # pyright: ignore[reportReturnType] - a view of a dict is one


def _case_of(record: Record) -> str:
    """Return what holds together the records that are counted as one: a case, or a record that belongs to none."""
    return record.text("mother") or record.case_file or record.id


def _by_case(records: Records) -> dict[str, dict[str, list[Record]]]:
    found: dict[str, dict[str, list[Record]]] = {}
    for form, several in records.items():
        for record in several:
            found.setdefault(_case_of(record), {}).setdefault(form, []).append(record)
    return found


def _readers(evidence: Evidence, case: Records, declared: Sequence[Declaration], one: Alternative) -> list[Declaration]:
    """Return the tables and statements that look at an answer while they count its case."""
    found: list[Declaration] = []
    for declaration in declared:
        watched = _Watched(one.record.answers, one.field)
        looked_at = Alternative(one.record, one.field, replace(one.record, answers=watched))
        watched.seen = False
        declaration.count(_with(evidence, case, looked_at))
        if watched.seen:
            found.append(declaration)
    return found


def _with(evidence: Evidence, records: Records, one: Alternative) -> Evidence:
    """Return the evidence with the other record in the place of the one."""
    form = one.record.form
    several = [record for record in records[form] if record.id != one.record.id]
    others = several if one.otherwise is None else [
        one.otherwise if record.id == one.record.id else record for record in records[form]
    ]  # fmt: skip
    return replace(evidence, records={**records, form: others})


def _with_one_other(evidence: Evidence, case: Records, one: Alternative) -> Evidence:
    """Return the evidence with the other record; all cases but that of the record stay as they were counted."""
    alone = _with(evidence, case, one).cases
    touched = {mother.id for mother in case.get("mother", ())}
    kept = [each for each in evidence.cases if each.mother.id not in touched]
    whole = _with(evidence, evidence.records, one)
    return whole.with_cases(whole.records, [*kept, *alone])


def _mark(ours: Counted, other: Counted) -> None:
    """Mark the figures of a table or statement that are other ones in another count of it; what is not there is 0."""
    theirs = dict(_named(other))
    for name, figure in _named(ours):
        gone = name not in theirs and bool(figure.get("n") or figure.get("base"))
        if gone or (name in theirs and _said(figure) != _said(theirs[name])):
            figure["contested"] = True


def _said(figure: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in figure.items() if key not in ("contested", "label")}


def _named(counted: Counted) -> Iterator[tuple[tuple[str, str], dict[str, object]]]:
    """Yield the figures of a table (cells, and the bases of columns) or the statement itself, by their places."""
    if "rows" not in counted:
        yield ("", ""), counted  # pyright: ignore[reportReturnType] - a typed dict is a dict
        return
    for column in counted["columns"]:
        yield ("", column["key"]), column  # pyright: ignore[reportReturnType] - the same
    for row in counted["rows"]:
        for key, cell in row["cells"].items():
            yield (row["key"], key), cell  # pyright: ignore[reportReturnType] - the same


def _figures(counted: Counted) -> Iterator[dict[str, object]]:
    return (figure for _, figure in _named(counted))
