"""To what a contact goes back that is being logged: a question that it asks again, or to which it brings the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

AIM: Final = ":aim"
"""Where a draft keeps it; no field begins with a colon."""


@dataclass(frozen=True)
class Aim:
    """Nothing, or a contact in which something was asked."""

    contacts: Mapping[str, str] = field(default_factory=dict[str, str])
    """The id of that contact, by the case file."""
    is_answer: bool = False
    """Whether the answer is logged, or that it was asked again."""
    words: str = ""
    """What was asked, of whom and when, as it stands above the questions."""

    def as_draft(self) -> dict[str, object]:
        """Return what a draft keeps; nothing where it goes back to nothing."""
        if not self.contacts:
            return {}
        return {"contacts": dict(self.contacts), "is_answer": self.is_answer, "words": self.words}

    @staticmethod
    def of_draft(kept: object) -> "Aim":
        """Return what `as_draft` gave; whatever does not have its form goes back to nothing."""
        if not isinstance(kept, dict):
            return Aim()
        told = cast("dict[str, object]", kept)
        contacts = told.get("contacts")
        known = cast("dict[object, object]", contacts) if isinstance(contacts, dict) else {}
        return Aim(
            {str(case_file): str(contact) for case_file, contact in known.items()},
            told.get("is_answer") is True,
            str(told.get("words", "")),
        )
