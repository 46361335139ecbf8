"""Which forms and answers are expected in every case file, so that both prisons record alike: the case tracker's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.form import Form
from tac_desktop.casework.forms import ALL

_FORMS: Final = (
    "mother", "custody", "referral", "episode", "child", "placement", "childrens_social_worker", "triage", "baseline",
    "tracker_return", "closure",
)  # fmt: skip
"""The forms of the case tracker that a worker fills in about a mother, in the order of a case file."""
_ONLY_SOMETIMES: Final = frozenset({
    ("child", "unborn"), ("child", "due_date"), ("child", "child_reference"), ("child", "social_worker"),
    ("placement", "household"), ("childrens_social_worker", "worker_reference"), ("episode", "closed"),
    ("episode", "closed_because"), ("custody", "life_or_indeterminate"),
})  # fmt: skip
"""Columns that stay empty in a record with which all is well: nothing is missing there."""
ONLY_OF: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType({
    "custody": ("event", ("remanded", "sentenced", "recalled", "rearrested")),
})  # fmt: skip
"""By form a question, and the codes with which, or with none, a record is expected to be whole: a transfer or a day
outside says nothing of a sentence, and nothing is missing there."""

Since: TypeAlias = Literal["referred", "taken_on", "closed"]
"""From when on a form is expected: from the referral, from the decision to work with her, from the end of the work."""
EXPECTED_FORMS: Final[Mapping[str, Since]] = MappingProxyType({
    "custody": "referred", "referral": "referred", "child": "taken_on", "placement": "taken_on", "triage": "taken_on",
    "episode": "taken_on", "baseline": "taken_on", "closure": "closed",
})  # fmt: skip
"""The forms of which every case file has a record sooner or later. When a return is due `dues.tracker` says."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """How often a question is answered in the records of one prison, or how many case files have a form."""

    prison: str
    """Its code or words, '' where none is said."""
    form: str
    field: str
    """The question; '' for the form as a whole."""
    records: int
    """Of the form; for a form as a whole the case files that are expected to have one."""
    answered: int
    not_known: int
    """Asked, and nobody knows, or the person did not wish to say."""

    @property
    def missing(self) -> int:
        """In how many records nothing is said, or how many case files have no record."""
        return self.records - self.answered - self.not_known


def most_gaps_first(recorded: Sequence[Recorded], prison: str, *, only_gaps: bool) -> list[int]:
    """Return where the questions of one prison ('' for all) stand, those without an answer in most records first.

    Before them stand the forms that are missing altogether: with one all its questions are.

    Args:
        recorded: Each question in each prison.
        prison: A code or words.
        only_gaps: Not those that are answered in every record.
    """
    gaps = [one.missing + one.not_known for one in recorded]
    wanted = [
        place for place, one in enumerate(recorded) if prison in ("", one.prison) and (gaps[place] or not only_gaps)
    ]
    return sorted(wanted, key=lambda place: (not recorded[place].field and gaps[place] > 0, gaps[place]), reverse=True)


def expected_questions(form: Form) -> tuple[str, ...]:
    """Return the questions of a form that are expected to be answered in every one of its records.

    Those that must be answered, and those that have a column in the case tracker; not those that are asked only beside
    certain other answers, because then nobody can say from the one answer that it is missing.
    """
    return tuple(
        field.name
        for field in form.fields
        if field.when is None and (field.required or field.column) and (form.name, field.name) not in _ONLY_SOMETIMES
    )


EXPECTED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {name: expected_questions(ALL[name]) for name in _FORMS}
)
"""The expected questions by form."""
