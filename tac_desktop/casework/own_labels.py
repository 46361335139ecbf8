"""Labels that a service adds to an open list (prison, local authority): one label, in whatever case it is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import CodeList, code_list
from tac_desktop.casework.fields import Choice, Field
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record


class OwnLabels:
    """The labels that the program's lists do not hold; the spelling met first stands for all.

    'HMP Styal' and 'hmp styal' are one prison, as a cell says the same in any case (workbook.md, Rules of reading).
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Learn the spellings of records; of two the one of the smaller id comes first, whatever the order."""
        self._first: dict[tuple[str, str], str] = {}
        for record in sorted((r for r in records if _open_lists(r.form)), key=lambda r: r.id):
            self.in_one_spelling(record)

    def spelled(self, field: Field, answer: Answer | None) -> Answer | None:
        """Return an answer to `field`, in the first spelling where it is a label of the service's own."""
        codes = _open_list(field)
        return self._first_of(codes, answer) if codes and isinstance(answer, str) else answer

    def in_one_spelling(self, record: Record) -> Record:
        """Return a record with the first spellings; the record itself where it has them already."""
        said = {name: self._first_of(codes, record.text(name)) for name, codes in _open_lists(record.form).items()}
        differing = {name: text for name, text in said.items() if text != record.text(name)}
        return replace(record, answers={**record.answers, **differing}) if differing else record

    def _first_of(self, codes: CodeList, text: str) -> str:
        if not text or codes.get(text):
            return text
        return self._first.setdefault((codes.name, text.strip().casefold()), text)


def in_one_spelling(records: Mapping[str, Sequence[Record]]) -> dict[str, Sequence[Record]]:
    """Return records by form with one spelling of each own label, whichever vault or person wrote it."""
    labels = OwnLabels(record for each in records.values() for record in each)
    return {
        form: [labels.in_one_spelling(record) for record in each] if _open_lists(form) else each
        for form, each in records.items()
    }


@cache
def _open_lists(form: str) -> Mapping[str, CodeList]:
    """Return the open lists that a form asks from, by field."""
    lists = ((field.name, _open_list(field)) for field in ALL[form].fields)
    return {name: codes for name, codes in lists if codes}


def _open_list(field: Field) -> CodeList | None:
    codes = code_list(field.codes) if isinstance(field, Choice) else None
    return codes if codes and codes.is_open else None
