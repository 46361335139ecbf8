"""What a rule across the records of a case file finds: what cannot be, and what may be and is asked about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tac_desktop.casework.answers import Answers, text_of
from tac_desktop.casework.days import Period
from tac_desktop.casework.record import Record, RecordsByForm


@dataclass(frozen=True)
class Impossible:
    """An answer that cannot stand beside what another record says."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Doubt:
    """An answer that may be right and is unlikely: who says why may save it."""

    field: str
    sentence: str
    rule: str
    """Which rule asks; permanent, because reasons that were given name it."""
    others: tuple[str, ...] = ()
    """The ids of the records beside which it is unlikely."""

    @property
    def key(self) -> str:
        """What a reason is given for: the same rule beside the same records is asked about once."""
        return " ".join((self.rule, *sorted(self.others)))


Found: TypeAlias = Impossible | Doubt


@dataclass(frozen=True)
class Wanted:
    """A record as it shall stand, beside the others of its case file."""

    answers: Answers
    records: RecordsByForm
    """The other records by form, never the record itself."""
    today: str
    """Today's ISO date."""
    record_id: str = ""
    """'' for a new record."""

    def text(self, name: str) -> str:
        """Return one of its answers as text, '' where there is none."""
        return text_of(self.answers, name)

    def period(self, first: str, last: str) -> Period:
        """Return the period between two of its answers."""
        return self.text(first), self.text(last)

    def linked(self, form: str, name: str) -> Record | None:
        """Return the record of a form to which an answer links, None if it is not here."""
        return next((record for record in self.records.get(form, ()) if record.id == self.text(name)), None)


@dataclass(frozen=True)
class CaseRule:
    """One rule about records of a form, beside the other records of the case file."""

    form: str
    needs: frozenset[str]
    """The forms of which it looks at the other records."""
    find: Callable[[Wanted], Iterable[Found]]
