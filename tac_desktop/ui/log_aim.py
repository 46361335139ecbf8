"""What is written for each of the women of one event, and to which question a contact that is logged goes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from tac_desktop.actions.contact_log import ContactWith
from tac_desktop.casework.answers import Answer, chosen
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON

AIM: Final = ":aim"
"""Where a draft keeps it; no field begins with a colon."""
OF_A_CHILD: Final = ("children", "child_contact", "happened", "why_not", OUTSIDE_REASON)
"""What is said of the children of one of the women, and of no other's."""


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


def contact_with(
    case_file: str, given: Mapping[str, Answer], children: Sequence[tuple[str, str]], aim: Aim
) -> ContactWith:
    """Return what is written for one of the women: of the children only hers, and contact only with hers.

    Args:
        case_file: Hers.
        given: What was answered for all of them.
        children: Hers, as (id, words).
        aim: To what the contact goes back.
    """
    named, hers = chosen(given, "children"), {child for child, _ in children}
    mine = tuple(child for child in named if child in hers)
    answers = {name: answer for name, answer in given.items() if name not in OF_A_CHILD}
    if mine or not named:
        answers |= {name: given[name] for name in OF_A_CHILD if name in given}
    if mine:
        answers["children"] = mine
    goes_back_to = aim.contacts.get(case_file, "")
    is_answer = bool(goes_back_to) and aim.is_answer
    return ContactWith(case_file=case_file, answers=answers, goes_back_to=goes_back_to, is_answer=is_answer)


def children_of_all(
    women: Mapping[str, str], children_of: Callable[[str], Sequence[tuple[str, str]]]
) -> list[tuple[str, str]]:
    """Return the children of all women as (id, words); where there are several women, each with her mother's name.

    Args:
        women: The case files, each with its words, which begin with her name.
        children_of: Gives the children of a case file.
    """
    several = len(women) > 1
    return [
        (child, f"{told.partition(' · ')[0]} ({words.partition(',')[0]})" if several else told)
        for case_file, words in women.items()
        for child, told in children_of(case_file)
    ]
