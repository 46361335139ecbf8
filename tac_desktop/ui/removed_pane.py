"""What was removed from a case file, and the way to look at the case file as it was known on an earlier day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tac_desktop.actions.removing import Removed
from tac_desktop.casework import forms
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import Named, record_in_words
from tac_desktop.errors import TacError
from tac_desktop.ui.date_editors import DayBox
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.history_panel import local_moment
from tac_desktop.ui.kit import Kit, restyle

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen


class LookBack(QFrame):
    """Asks for the day on which the case file shall be looked at."""

    wanted = Signal(str)
    """The ISO day."""

    def __init__(self, around: Circumstances) -> None:
        """Take what an editor has to know of the world around it."""
        super().__init__()
        kit, self._now = around.kit, around.now
        card, inside = kit.card(20, 10)
        self.box = DayBox(around, self.tr("As it was known on"), ahead=False)
        self._wrong = kit.label("", "error", wrap=True)
        self._wrong.hide()
        self.go = kit.button(self.tr("Look at it"), "history")
        self.go.setAccessibleName(self.tr("Look at the case file as it was known on this day"))
        hint = self.tr("It is shown as it was known to the service then. Nothing can be changed there.")
        inside.addWidget(kit.label(self.tr("The case file on an earlier day"), "h2", wrap=True))
        caption = kit.label(self.tr("As it was known on"), "label")
        caption.setBuddy(self.box.line)
        for part in (caption, kit.label(hint, "hint", wrap=True)):
            inside.addWidget(part)
        inside.addLayout(kit.row(self.box, None))
        for part in (self.box.echo, self._wrong):
            inside.addWidget(part)
        inside.addLayout(kit.flow(self.go))
        self.setLayout(kit.column(card, gap=0))
        self.go.clicked.connect(self._look)
        self.box.line.returnPressed.connect(self._look)

    def _look(self) -> None:
        day = self.box.day()
        good = is_day(day) and day <= self._now()[:10]
        self._wrong.setText("" if good else self.tr("Write an earlier day, for example 12/3 or 27 3 2019."))
        self._wrong.setVisible(not good)
        self.box.line.setAccessibleDescription(self._wrong.text())
        restyle(self.box.line, error=not good)
        if good:
            self.wanted.emit(day)
        else:
            self.box.line.setFocus()


class LookingBackNote(QFrame):
    """Says that the page shows an earlier day, and leads back to today."""

    left = Signal()

    def __init__(self, kit: Kit, day: str) -> None:
        """Take the ISO day."""
        super().__init__()
        self.setProperty("role", "message")
        restyle(self, tone="warn")
        words = self.tr("You see this case file as it was known on {day}. Nothing can be changed here.")
        told = words.format(day=day_in_words(day))
        self.back = kit.button(self.tr("Back to today"), "arrow-left", kind="link")
        said = kit.row(kit.picture("history", "warn"), kit.label(told, wrap=True))
        said.setStretch(1, 1)
        column = kit.column(said, kit.flow(self.back), gap=2)
        column.setContentsMargins(kit.px(20), kit.px(6), kit.px(14), kit.px(6))
        self.setLayout(column)
        self.setAccessibleName(told)
        self.back.clicked.connect(self.left)


class RemovedPane(QFrame):
    """What lies in the recycle bin of a case file, the latest first."""

    back_wanted = Signal(str, str)
    """A record shall be brought back: its form and its id."""

    def __init__(
        self, kit: Kit, removed: Sequence[Removed], people: Mapping[str, str], named: Named, *, empty: str = ""
    ) -> None:
        """Take what was removed, names of those who may have done it, words for linked records, and for nothing."""
        super().__init__()
        self._kit, self._people, self._named = kit, people, named
        self.buttons: list[QPushButton] = []
        title = kit.label(self.tr("Removed"), "h2")
        column = kit.column(title, gap=12)
        for one in removed:
            column.addWidget(self._card(one))
        if not removed:
            words = empty or self.tr(
                "Nothing was removed from this case file. Whoever removes a record (button ‘Remove’ above its form) "
                "finds it here, with its history, and can bring it back."
            )
            column.addWidget(kit.label(words, "hint", wrap=True))
        self.setLayout(column)

    def _card(self, one: Removed) -> QWidget:
        kit, form = self._kit, forms.ALL[one.record.form]
        card, inside = kit.card(16, 6)
        what = f"{form.title}: {record_in_words(form, one.record, self._named)}"
        who = self._people.get(one.by, self.tr("Somebody in another vault"))
        told = self.tr("Removed {at} by {who}: {reason}").format(at=local_moment(one.at), who=who, reason=one.reason)
        back = kit.button(self.tr("Bring it back"), "history", kind="ghost", name=f"Bring back {what}")
        back.setProperty("record", (one.record.form, one.record.id))
        back.clicked.connect(self._bring_back)
        self.buttons.append(back)
        inside.addWidget(kit.label(what, "label", wrap=True))
        inside.addWidget(kit.label(told, "hint", wrap=True))
        inside.addLayout(kit.flow(back))
        card.setAccessibleName(f"{what}. {told}")
        return card

    def _bring_back(self) -> None:
        self.back_wanted.emit(*self.sender().property("record"))


class RemovedInCase(QFrame):
    """Both, tied to the case file in which they are shown."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        super().__init__()
        from tac_desktop.actions.removing import removed

        self._screen, desk = screen, screen.desk
        found = [] if desk.known_on else removed(desk.means.store, desk.person, desk.case_file)
        then = self.tr("What lay here on an earlier day is not shown. Go back to today to see what was removed.")
        self.pane = RemovedPane(desk.kit, found, desk.people(), desk.named, empty=then if desk.known_on else "")
        self.look = LookBack(replace(desk.circumstances, now=desk.means.now))  # any day until today
        self.setLayout(desk.kit.narrow(desk.kit.column(self.pane, self.look, gap=28)))
        self.pane.back_wanted.connect(self._bring_back)
        self.look.wanted.connect(screen.wishes.day_wanted)

    def _bring_back(self, form: str, record_id: str) -> None:
        from tac_desktop.actions.removing import bring_back

        screen, desk = self._screen, self._screen.desk
        now = desk.means.moment()
        within = {"form": form, "case_file": desk.case_file}
        try:
            bring_back(desk.means.store, desk.person, record_id, **within, now=now)
        except TacError as trouble:
            desk.means.messages.trouble(trouble)
            return
        desk.saved.emit(desk.case_file, form, record_id)
        screen.open_record(form, record_id)
        desk.means.messages.say(self.tr("It is back, with everything that it said."), undo=True)
