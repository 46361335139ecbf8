"""Editors of days and moments: three boxes for dates one knows by heart, one box for dates of the work."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.typed_dates import day_in_words, typed_day, typed_parts, typed_time
from tac_desktop.ui.editor import Circumstances, Editor, Line

_PARTS = (("Day", 4), ("Month", 6), ("Year", 6))
_BETWEEN = re.compile(r"[\s/.,-]+")


def day_editor(around: Circumstances, field: kinds.Day) -> Editor:
    """Return three boxes for a date of birth and for dates that may lack day or month, else one box."""
    return DayBoxes(around, field) if field.partial or field.name == "date_of_birth" else DayEditor(around, field)


class DayBoxes(Editor):
    """Day, month and year in three boxes, without any jump from one to the next (people got stuck).

    A whole date that was typed into the first box is spread over the three when one leaves it.
    """

    def __init__(self, around: Circumstances, field: kinds.Day) -> None:
        """Take the question."""
        super().__init__()
        kit = around.kit
        self._now = around.now
        self._boxes = [Line(kit, f"{field.label}: {part.lower()}", letters) for part, letters in _PARTS]
        row = kit.row(gap=12)
        for box, (part, _) in zip(self._boxes, _PARTS, strict=True):
            caption = kit.label(part, "caption")
            caption.setBuddy(box)
            box.setMinimumWidth(kit.px(54))
            row.addLayout(kit.column(caption, box, gap=2))
            box.textEdited.connect(self.changed)
        self._boxes[0].editingFinished.connect(self._spread)
        self.setLayout(row)

    def answer(self) -> Answer | None:
        parts = self._parts()
        if not any(parts):
            return None
        day, month, year = parts
        return typed_parts(day, month, year, self._now()[:10]) or " ".join(part for part in parts if part)

    def show_answer(self, answer: Answer | None) -> None:
        text = answer if isinstance(answer, str) else ""
        year, month, day = ([*text.split("-"), "", ""])[:3]
        self.retype([day.lstrip("0"), month.lstrip("0"), year])

    def typed(self) -> list[str]:
        texts = [box.text() for box in self._boxes]
        return texts if any(texts) else []

    def retype(self, typed: Sequence[str]) -> None:
        for box, text in zip(self._boxes, typed or ("", "", ""), strict=True):
            box.setText(text)

    def stops(self) -> Sequence[QWidget]:
        return self._boxes

    def _parts(self) -> list[str]:
        typed = [box.words() for box in self._boxes]
        whole = _BETWEEN.split(typed[0])
        if any(typed[1:]) or len(whole) != len(_PARTS):
            return typed
        return whole[::-1] if len(whole[0]) == len("1991") else whole

    def _spread(self) -> None:
        if (parts := self._parts()) != [box.words() for box in self._boxes]:
            self.retype(parts)
            self.changed.emit()


class DayBox(QWidget):
    """One box that understands 'today', 'y', '-2', '12/3', '27 mar 19', and says which day it took that for.

    `echo` says it; whoever shows the box places it where it pushes nothing aside.
    """

    changed = Signal()

    def __init__(self, around: Circumstances, name: str, *, ahead: bool) -> None:
        """Take the spoken name, and whether a day without a year may lie ahead."""
        super().__init__()
        self._now = around.now
        self._ahead = ahead
        self._day = ""
        self.line = Line(around.kit, name, 16)
        self.echo = around.kit.label("", "hint")
        self.setLayout(around.kit.row(self.line))
        self.line.textEdited.connect(self._edited)

    def day(self) -> str:
        """Return the ISO date that is meant, else the text as it stands ('' where the box is empty)."""
        return self._day or self.line.words()

    def show_day(self, day: str, words: str = "") -> None:
        """Show an ISO date in words, by default '27 March 2019'."""
        self._understand(day)
        self.line.setText(words or day_in_words(day))
        self.line.setCursorPosition(0)

    def _edited(self, text: str) -> None:
        self._understand(text)
        self.changed.emit()

    def _understand(self, text: str) -> None:
        # kept from the moment of typing: 'today' must not become another day at midnight or in a restored draft
        self._day = typed_day(text, self._now()[:10], ahead=self._ahead)
        self.echo.setText(day_in_words(self._day, weekday=True))
        self.line.setAccessibleDescription(self.echo.text())


class DayEditor(Editor):
    """A day of the work in one box."""

    def __init__(self, around: Circumstances, field: kinds.Day) -> None:
        """Take the question."""
        super().__init__()
        self._box = DayBox(around, field.label, ahead=field.may_be_future)
        self.echo = self._box.echo
        self.setLayout(around.kit.row(self._box))
        self._box.changed.connect(self.changed)

    def answer(self) -> Answer | None:
        return self._box.day() or None

    def show_answer(self, answer: Answer | None) -> None:
        self._box.show_day(answer if isinstance(answer, str) else "")

    def typed(self) -> list[str]:
        return [self._box.day()] if self._box.day() else []

    def retype(self, typed: Sequence[str]) -> None:
        self._box.show_day(typed[0] if typed else "")

    def stops(self) -> Sequence[QWidget]:
        return (self._box.line,)

    def describe(self, text: str, *, wrong: bool) -> None:
        super().describe(". ".join(part for part in (self._box.echo.text(), text) if part), wrong=wrong)


class MomentEditor(Editor):
    """A day in one box, and the time of day in another."""

    def __init__(self, around: Circumstances, field: kinds.Moment) -> None:
        """Take the question."""
        super().__init__()
        kit = around.kit
        self._now = around.now
        self._box = DayBox(around, f"{field.label}: day", ahead=field.may_be_future)
        self._time = Line(kit, f"{field.label}: time", 6)
        self._time.setMinimumWidth(kit.px(74))
        self.echo = self._box.echo
        self.setLayout(kit.row(self._box, kit.label("at", "hint"), self._time))
        self._box.changed.connect(self.changed)
        self._time.textEdited.connect(self.changed)

    def answer(self) -> Answer | None:
        day, time = self._box.day(), self._time.words()
        if not day and not time:
            return None
        return f"{day}T{typed_time(time) or time}" if time else day

    def show_answer(self, answer: Answer | None) -> None:
        day, _, time = (answer if isinstance(answer, str) else "").partition("T")
        self.retype([day, time])

    def show_now(self) -> None:
        """Propose today and this minute."""
        now = self._now()
        self._box.show_day(now[:10], "today")
        self._time.setText(now[11:16])

    def typed(self) -> list[str]:
        typed = [self._box.day(), self._time.text()]
        return typed if any(typed) else []

    def retype(self, typed: Sequence[str]) -> None:
        day, time = typed or ("", "")
        self._box.show_day(day)
        self._time.setText(time)

    def stops(self) -> Sequence[QWidget]:
        return (self._box.line, self._time)
