"""What every editor of a question can do, and what it has to know of the world around it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.record import Record
from tac_desktop.errors import TacError
from tac_desktop.ui.kit import Kit, restyle

NOT_KNOWN, DECLINED = ":not_known", ":declined"
"""The two states as a draft keeps them; no code begins with a colon."""

_LINE_ENDS = re.compile(r"[\r\n\t\x0b\x0c\u2028\u2029]+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PIXELS_PER_LETTER = 9
_MOST_SIGNS = 1_000_000
"""Qt would cut off what is pasted beyond 32,767: too long a text is refused, and stays to be shortened."""


class Files(Protocol):
    """The place where attached files are kept."""

    def add(self, path: Path, kept: Callable[[str], None], refused: Callable[[TacError], None]) -> None:
        """Keep a copy of a file; afterwards call `kept` with its SHA-256, or `refused`."""

    def words(self, sha256: str) -> str:
        """Return the name and size of a kept file as a person reads them, '' where it is not here."""
        ...

    def show(self, sha256: str, title: str) -> None:
        """Show a kept file inside the program, under a title."""


class Finder(Protocol):
    """What finds records that are too many to be listed."""

    def finds(self, form: str) -> bool:
        """Say whether records of a form are looked up by what is typed."""
        ...

    def offered(self, form: str, typed: str) -> Sequence[tuple[str, str]]:
        """Return the first records of a form that fit what was typed, as (id, words)."""
        ...

    def words(self, form: str, record_id: str) -> str:
        """Return the words for a record, '' where it is not here."""
        ...

    def record(self, record_id: str) -> Record | None:
        """Return an entry of the directory, None where it is not here."""
        ...


class NoFinder:
    """Finds nothing: every record that can be chosen is listed."""

    def finds(self, form: str) -> bool:
        """Say no."""
        del form
        return False

    def offered(self, form: str, typed: str) -> Sequence[tuple[str, str]]:
        """Return nothing."""
        del form, typed
        return ()

    def words(self, form: str, record_id: str) -> str:
        """Return nothing."""
        del form, record_id
        return ""

    def record(self, record_id: str) -> Record | None:
        """Return nothing."""
        del record_id


NO_FINDER = NoFinder()


@dataclass(frozen=True)
class Circumstances:
    """What an editor has to know of the world around it."""

    kit: Kit
    now: Callable[[], str]
    """The present moment, 'YYYY-MM-DDTHH:MM'."""
    records: Callable[[str], Sequence[tuple[str, str]]]
    """The records of a form in this case file as (id, words)."""
    files: Files
    finder: Finder = NO_FINDER
    """What finds records that stand elsewhere."""


class Editor(QWidget):
    """The part of a question in which one answers; what stands around it is `question.Question`."""

    changed = Signal()
    takes_whole_width = False
    own_states = False
    """Whether it offers 'Not known' and 'Declined' itself, among its options."""

    def answer(self) -> Answer | None:
        """Return the answer; what cannot be understood comes back as it was typed, for the form's check to refuse."""
        raise NotImplementedError

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer that was given before; None empties the editor."""
        raise NotImplementedError

    def typed(self) -> list[str]:
        """Return what a draft must keep, so that `retype` brings back every sign of it."""
        raise NotImplementedError

    def retype(self, typed: Sequence[str]) -> None:
        """Bring back what `typed` gave."""
        raise NotImplementedError

    def stops(self) -> Sequence[QWidget]:
        """Return the widgets that take the keyboard, the first one first."""
        raise NotImplementedError

    def describe(self, text: str, *, wrong: bool) -> None:
        """Say hint and error to a screen reader, and show whether something is wrong."""
        for stop in self.stops():
            stop.setAccessibleDescription(text)
            if stop.property("error") != wrong:
                restyle(stop, error=wrong)


class Line(QLineEdit):
    """A line whose width says how long an answer is expected to be, and which gives way on a narrow page."""

    def __init__(self, kit: Kit, name: str, letters: int) -> None:
        """Take the spoken name and the number of letters that should fit."""
        super().__init__()
        self._wide = kit.px(24 + _PIXELS_PER_LETTER * letters)
        self.setAccessibleName(name)
        self.setMaxLength(_MOST_SIGNS)
        self.setMaximumWidth(self._wide)
        self.setMinimumWidth(min(self._wide, kit.px(130)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    def words(self) -> str:
        """Return the text without what cannot be seen: line ends become spaces, control characters go."""
        return _INVISIBLE.sub("", _LINE_ENDS.sub(" ", self.text())).strip()


def state_of(answer: Answer | None) -> str:
    """Return the state that an answer is, '' where it is none."""
    return NOT_KNOWN if isinstance(answer, NotKnown) else DECLINED if isinstance(answer, Declined) else ""
