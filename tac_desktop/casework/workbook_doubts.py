"""What a workbook says that is unlikely, or cannot be, beside the rest of a case file: it is taken in, and told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tac_desktop.casework.checks_of_case import case_doubts, case_problems, needed
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.casework.workbook_matching import Item


@dataclass(frozen=True)
class Unlikely:
    """A row that says what a person should look at; the sentence may name people of the case."""

    reference: str
    sheet: str
    row: int
    """As the spreadsheet shows it; 1 is the headings."""
    sentence: str


def unlikely(items: Iterable[Item], recorded: Mapping[str, Sequence[Record]], today: str) -> list[Unlikely]:
    """Return what rules across records find in what an import writes, in the order of the rows; each once.

    Args:
        items: What is written: new and changed records.
        recorded: The records of the vault by form.
        today: Today's ISO date.
    """
    written: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        written[item.case].append(item)
    stand = _as_they_will_stand(written, recorded)
    found = (told for case, several in written.items() for item in several for told in _of(item, stand[case], today))
    return sorted(dict.fromkeys(found), key=lambda one: (one.sheet, one.row))


_Records = dict[str, dict[str, Record]]


def _as_they_will_stand(
    written: Mapping[str, Sequence[Item]], recorded: Mapping[str, Sequence[Record]]
) -> Mapping[str, _Records]:
    stand: dict[str, _Records] = defaultdict(lambda: defaultdict(dict))
    for form, records in recorded.items():
        for record in records:
            if record.case_file in written:
                stand[record.case_file][form][record.id] = record
    for case, items in written.items():
        for item in items:
            stand[case][item.form][item.record_id] = _record(item)
    return stand


def _record(item: Item) -> Record:
    answers = {**item.answers, **item.extra}
    if item.before:
        return replace(item.before, answers={**item.before.answers, **answers})
    version = ALL[item.form].version
    return Record(
        id=item.record_id, form=item.form, version=version, case_file=item.case, stream=item.case, answers=answers
    )


def _of(item: Item, stand: _Records, today: str) -> Iterator[Unlikely]:
    own = item.record_id
    beside = {
        form: [record for record in stand.get(form, {}).values() if record.id != own] for form in needed(item.form)
    }
    answers = stand[item.form][own].answers
    told = [*case_problems(item.form, answers, beside, today, own).values()]
    told += [doubt.sentence for doubt in case_doubts(item.form, answers, beside, today, own)]
    for sentence in told:
        yield Unlikely(item.row.reference, item.row.sheet.title, item.row.number, sentence)
