"""Handing over a case file in one step: to whom, for good or for a while, why, what is open, and what happens next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGroupBox, QRadioButton, QWidget

from tac_desktop.casework.typed_dates import day_in_words, typed_day
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.error_summary import ErrorSummary
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.text_editor import TextBox

TO, KIND, UNTIL, REASON = "device", "kind", "until", "reason"
_TRANSFER, _COVER = "transfer", "cover"


@dataclass(frozen=True)
class HandOverWish:
    """What the person wants."""

    device: str
    """Of whom: the id of her vault, as the list of recipients has it."""
    kind: str
    """'transfer' or 'cover'."""
    until: str
    """The last ISO day of a cover; '' for none; what was typed, where it is no day."""
    reason: str


class HandOverDialog(LinedDialog):
    """Asks the four things. Closing it keeps what was typed as a draft."""

    submitted = Signal(object)
    """A HandOverWish. Answer with `refuse`, or by closing the window."""
    typed = Signal(object)
    """A dict that the draft must keep."""
    discarded = Signal()
    """The draft shall go; the window closes."""
    cards_wanted = Signal()
    """There is nobody to hand over to: a card has to be accepted first."""

    def __init__(
        self, kit: Kit, recipients: Sequence[tuple[str, str]], tasks: Sequence[str], today: str, parent: QWidget
    ) -> None:
        """Take those to whom it may go as (device, words), what is still to be done, and today's ISO date."""
        super().__init__(kit, "Hand over", (620, 720), parent)
        self._kit, self._today, self._recipients = kit, today, dict(recipients)
        self._clock = DraftClock(self)
        self.summary = ErrorSummary(kit)
        self.to = kit.combo(self.tr("To whom"), [("", self.tr("Choose a person")), *recipients])
        self.kinds = QButtonGroup(self)
        self.until = kit.entry(self.tr("Last day"))
        self._echo = kit.label("", "caption", wrap=True)
        self.reason = TextBox(kit, self.tr("Why"))
        self.next = kit.label("", wrap=True)
        self.hand_over = kit.button(self.tr("Hand over"), "arrow-right", kind="primary")
        self.throw_away = kit.button(self.tr("Cancel"))
        self.cards = kit.button(self.tr("Go to the cards"), "id-card")
        self._until_field = QFrame()
        self._build(tasks)
        self._connect()
        self._show_kind()

    def restore(self, draft: Mapping[str, object]) -> None:
        """Bring back what a draft kept."""
        self.to.setCurrentIndex(max(0, self.to.findData(draft.get(TO))))
        for radio in self.kinds.buttons():
            radio.setChecked(radio.property("code") == draft.get(KIND, _TRANSFER))
        self.until.setText(str(draft.get(UNTIL) or ""))
        self.reason.show_words(str(draft.get(REASON) or ""))
        self._clock.stop()

    def draft(self) -> dict[str, object]:
        """Return what the draft must keep."""
        return {TO: self.to.currentData(), KIND: self.kind(), UNTIL: self.until.text(), REASON: self.reason.words()}

    def kind(self) -> str:
        """Return which kind is chosen."""
        chosen = self.kinds.checkedButton()
        return _TRANSFER if chosen is None else str(chosen.property("code"))  # pyright: ignore[reportUnnecessaryComparison] - None before the first is made

    def take_keyboard(self) -> None:
        """Begin with the person."""
        (self.to if self._recipients else self.cards).setFocus()

    def settle(self) -> None:
        """Have what was typed kept, now."""
        self._clock.flush()

    def submit(self) -> None:
        """Hand in what is wanted, if nothing is missing."""
        self.settle()
        if not self.to.currentData():
            self.refuse({TO: self.tr("Choose to whom the case file goes.")})
            return
        until = self.until.text().strip() if self.kind() == _COVER else ""
        day = typed_day(until, self._today) if until else ""
        if until and not day:
            self.refuse({UNTIL: self.tr("That is not a date. Write day, month and year, for example 27 3 2019.")})
            return
        self.refuse({})
        self.submitted.emit(HandOverWish(str(self.to.currentData()), self.kind(), day, self.reason.words().strip()))

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong; everything typed stays."""
        for name, widget in ((TO, self.to), (UNTIL, self.until), (REASON, self.reason)):
            restyle(widget, error="true" if name in problems else "false")
        self.summary.show_problems(list(problems.items()))

    def _build(self, tasks: Sequence[str]) -> None:
        kit = self._kit
        hint = self.tr("Leave empty if you share the case file without an end")
        last_day = kit.field(self.tr("Last day"), self.until, hint)
        last_day.addWidget(self._echo)
        self._until_field.setLayout(last_day)
        nobody = kit.label(
            self.tr("There is nobody to whom it could go: accept the card of a colleague first."), wrap=True
        )
        nobody.setVisible(not self._recipients)
        self.cards.setVisible(not self._recipients)
        column = kit.column(
            kit.label(self.tr("Hand over this case file"), "h2", wrap=True),
            self.summary,
            nobody,
            kit.field(self.tr("To whom"), self.to),
            self._kind_box(),
            self._until_field,
            kit.field(self.tr("Why"), self.reason, self.tr("Your colleague reads it. It stands in no court paper.")),
            self._tasks(tasks),
            self._after(),
            kit.flow(self.hand_over, self.cards, self.throw_away, gap=12),
            None,
            gap=16,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside = QWidget()
        inside.setLayout(column)
        self.hand_over.setEnabled(bool(self._recipients))
        self.column.addWidget(kit.scroll(inside))

    def _kind_box(self) -> QGroupBox:
        kit, question = self._kit, self.tr("For how long")
        box = QGroupBox()
        box.setAccessibleName(question)
        column = kit.column(kit.label(question, "label"), gap=4)
        for code, words in ((_TRANSFER, self.tr("For good (transfer)")), (_COVER, self.tr("For a while (cover)"))):
            radio = QRadioButton(words)
            radio.setProperty("code", code)
            radio.setChecked(code == _TRANSFER)
            self.kinds.addButton(radio)
            column.addWidget(radio)
        box.setLayout(column)
        return box

    def _tasks(self, tasks: Sequence[str]) -> QFrame:
        kit = self._kit
        lines = [kit.label(f"• {task}", wrap=True) for task in tasks]
        none = kit.label(self.tr("Nothing is due, and no hearing lies ahead."), "hint", wrap=True)
        hint = kit.label(self.tr("The list goes with the hand-over, as it stands today."), "hint", wrap=True)
        frame = QFrame()
        frame.setLayout(
            kit.column(kit.label(self.tr("What is still to be done"), "label"), *(lines or [none]), hint, gap=4)
        )
        return frame

    def _after(self) -> QFrame:
        kit = self._kit
        frame = QFrame()
        frame.setProperty("role", "message")
        restyle(frame, tone="info")
        column = kit.column(kit.label(self.tr("What happens next"), "label"), self.next, gap=4)
        column.setContentsMargins(*(kit.px(14),) * 4)
        frame.setLayout(column)
        return frame

    def _connect(self) -> None:
        self.to.currentIndexChanged.connect(self._show_kind)
        self.kinds.buttonToggled.connect(self._show_kind)
        self.until.textChanged.connect(self._show_day)
        self.to.activated.connect(self._clock.touch)
        self.kinds.buttonClicked.connect(self._clock.touch)
        self.until.textEdited.connect(self._clock.touch)
        self.reason.textChanged.connect(self._clock.touch)
        self._clock.due.connect(self._send_draft)
        self.hand_over.clicked.connect(self.submit)
        self.throw_away.clicked.connect(self._discard)
        self.cards.clicked.connect(self.cards_wanted)
        self.summary.followed.connect(self._follow)

    def _show_kind(self) -> None:
        self._until_field.setVisible(self.kind() == _COVER)
        name = self._recipients.get(str(self.to.currentData() or ""), "").partition(" (")[0] or self.tr(
            "your colleague"
        )
        if self.kind() == _TRANSFER:
            words = self.tr(
                "The whole case file goes with the next bundle that you write for {name}. Until the vault of {name} "
                "has acknowledged it, it stands here as sent, and the work is still yours. Nothing is deleted here."
            )
        else:
            words = self.tr(
                "The whole case file goes with the next bundle that you write for {name}. Both of you can write in it. "
                "After the last day nothing new of it travels to {name}."
            )
        self.next.setText(words.format(name=name))

    def _show_day(self) -> None:
        text = self.until.text().strip()
        day = typed_day(text, self._today) if text else ""
        words = day_in_words(day, weekday=True) if day else self.tr("Not a date yet") if text else ""
        self._echo.setText(words)
        self.until.setAccessibleDescription(words)

    def _send_draft(self) -> None:
        self.typed.emit(self.draft())

    def _discard(self) -> None:
        self._clock.stop()
        self.discarded.emit()
        self.reject()

    def _follow(self, name: str) -> None:
        {TO: self.to, UNTIL: self.until}.get(name, self.reason).setFocus()
