"""What the quick log says before a contact is made or written down, from the records of those whom it is about."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from tac_desktop.actions.directory import safe_contact_note
from tac_desktop.actions.reading import records_of
from tac_desktop.casework.answers import Answer, chosen, text_of
from tac_desktop.casework.directory import plain
from tac_desktop.casework.outside_permission import NEEDED, asked_about, said_about
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import Record
from tac_desktop.errors import TacError
from tac_desktop.ui.log_notices import Notices

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store

_SHORTEST_NAME: Final = 3
"""Shorter words of a name are in many other words."""


class LogWarnings:
    """Reads what is wanted each time that it is asked: between two contacts anything may have changed."""

    def __init__(self, store: "Store", person: Person, today: str) -> None:
        """Take where to look, whose eyes, and today's ISO date."""
        self._store, self._person, self._today = store, person, today

    def of(self, women: Mapping[str, str], answers: Mapping[str, Answer]) -> tuple[Notices, bool]:
        """Return what is to be told, and whether contact with a child is written down that is not allowed.

        Args:
            women: The case files that are chosen, each with its words, which begin with her name.
            answers: What is answered so far.
        """
        names = [words.partition(",")[0] for words in women.values()]
        alerts: dict[str, list[Record]] = {}
        warnings: list[str] = []
        forbidden = False
        for case_file, words in women.items():
            try:
                name = words.partition(",")[0]  # of two women of one name neither's alerts may hide the other's
                told_as = words if names.count(name) > 1 else name
                alerts[told_as] = records_of(self._store, self._person, "alert", case_file)
                told, hers = self._contact(case_file, answers)
                warnings += [safe_contact_note(self._store, case_file, text_of(answers, "who")), *told]
                forbidden = forbidden or hers
            except TacError as closed:
                warnings.append(str(closed))
        if not women:
            warnings.append(safe_contact_note(self._store, "", text_of(answers, "who")))
        warnings += _named(names, text_of(answers, "summary"))
        return Notices(alerts, tuple(dict.fromkeys(words for words in warnings if words))), forbidden

    def _contact(self, case_file: str, answers: Mapping[str, Answer]) -> tuple[list[str], bool]:
        """Return what holds for contact with the children of a case file, and whether some of it is not allowed."""
        if not text_of(answers, "child_contact") or not chosen(answers, "children"):
            return [], False
        records = {form: records_of(self._store, self._person, form, case_file) for form in NEEDED}
        hers = {child.id for child in records["child"]}
        mine = {**answers, "children": tuple(child for child in chosen(answers, "children") if child in hers)}
        outside = asked_about("contact", mine, records, self._today)
        return [outside, said_about("contact", mine, records, self._today)], bool(outside)


def _named(women: list[str], words: str) -> Iterator[str]:
    """Yield a warning for each of several women whose name stands in words that all their case files will hold."""
    written = set(plain(words).split())
    stripped = {word.strip(".,;:!?()[]‘’'\"“”").removesuffix("'s").removesuffix("’s") for word in written}
    told = _tr("{name} is named in what was said and done. It will stand in the case file of each of the women.")
    for name in women if len(women) > 1 else ():
        parts = [part for part in plain(name).split() if len(part) >= _SHORTEST_NAME]
        if any(part in stripped for part in parts):
            yield told.format(name=name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("QuickLog", text)
