"""Which answers are expected in every case file, so that both prisons record alike: what the case tracker asks for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.form import Form
from tac_desktop.casework.forms import ALL

_FORMS: Final = (
    "mother", "custody", "referral", "episode", "child", "placement", "childrens_social_worker", "triage", "baseline",
    "tracker_return", "closure",
)  # fmt: skip
"""The forms of the case tracker that a worker fills in about a mother, in the order of a case file."""


def expected_questions(form: Form) -> tuple[str, ...]:
    """Return the questions of a form that are expected to be answered in every one of its records.

    Those that must be answered, and those that have a column in the case tracker; not those that are asked only beside
    certain other answers, because then nobody can say from the one answer that it is missing.
    """
    return tuple(
        field.name for field in form.fields if field.when is None and (field.required or field.column)
    )  # fmt: skip


EXPECTED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    name: expected_questions(ALL[name]) for name in _FORMS
})
"""The expected questions by form."""
