"""What stands beside a record: its seals, what colleagues have said about it, and the way to add to both."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tac_desktop.actions.comments import Comment
from tac_desktop.casework.typed_dates import day_in_words, moment_in_words
from tac_desktop.ui.comment_card import CommentBox, CommentCard
from tac_desktop.ui.comment_writing import CommentWriting
from tac_desktop.ui.exchange_words import role_words
from tac_desktop.ui.focus import put_in_order
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.record_desk import RecordDesk
from tac_desktop.ui.sealed_part import SealedPart
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.seals import Seal

SEAL_KEY = "Ctrl+Shift+Return"
_SHOWN = 3
"""So many comments that were read before are shown at once; new ones always are."""


class SealLine(QFrame):
    """One seal in words: by whom, when, what has changed since, or why it does not hold."""

    def __init__(self, kit: Kit, seal: "Seal") -> None:
        """Take the seal as it was just checked."""
        super().__init__()
        self.setProperty("role", "message")
        tone = "danger" if not seal.holds else "warn" if seal.changed_since else "ok"
        restyle(self, tone=tone)
        icon = "shield-check" if tone == "ok" else "triangle-alert"
        words = seal_words(seal)
        row = kit.row(kit.picture(icon, tone), kit.label(words, wrap=True), gap=10)
        row.setStretch(1, 1)
        row.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        self.setLayout(row)
        self.setAccessibleName(words)


class JoinedNote(QFrame):
    """Says that several records are shown as this one, and leads back."""

    def __init__(self, kit: Kit) -> None:
        """Build it."""
        super().__init__()
        self.setProperty("role", "message")
        restyle(self, tone="neutral")
        words = self.tr("Several records are shown as this one, because somebody found that they are the same.")
        self.separate = kit.button(self.tr("Separate them again"), "x", kind="link")
        column = kit.column(kit.label(words, wrap=True), kit.flow(self.separate), gap=4)
        column.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        self.setLayout(column)
        self.setAccessibleName(words)


class BesideRecord(QFrame):
    """Stands above a form or a document. Without seals and comments it is no more than two buttons."""

    seal_wanted = Signal()
    """The record shall be sealed; what is typed has to be saved first. Answer with `seal`."""
    same_wanted = Signal()
    """This record turned out to be the same as another one."""
    separated = Signal()
    """The records that were shown as one stand alone again."""
    remove_wanted = Signal()
    """The record shall be taken out of the case file."""

    def __init__(self, desk: RecordDesk) -> None:
        """Take the desk of the record."""
        super().__init__()
        self._desk, self._kit = desk, desk.kit
        desk.setParent(self)
        self._start: QWidget | None = None
        self._seals = self._kit.column(gap=6)
        self.sealed = SealedPart(desk)
        self._comments = self._kit.column(gap=8)
        self.writing = CommentWriting(desk)
        self._all = False
        self.cards: list[CommentCard] = []
        self.comment = self._kit.button(self.tr("Comment"), "message-square-plus", kind="ghost")
        self.seal_button = self._kit.button(self.tr("Seal"), "shield-check", kind="ghost")
        self.seal_button.setToolTip(SEAL_KEY)
        self.same = self._kit.button(self.tr("Same as another"), "link", kind="ghost")
        self.same.setAccessibleName(self.tr("This record is the same as another one"))
        self.joined = JoinedNote(self._kit)
        self.remove = self._kit.button(self.tr("Remove"), "x", kind="ghost", name=self.tr("Remove this record"))
        self.more = self._kit.button(self.tr("Earlier comments"), "clock", kind="ghost")
        self._buttons = self._kit.flow(self.comment, self.seal_button, self.same, self.remove, self.more, gap=8)
        parts = (self.joined, self._seals, self.sealed, self._comments, self._buttons, self.writing)
        self.setLayout(self._kit.narrow(self._kit.column(*parts, gap=8)))
        self._connect()
        self.read()
        self.writing.restore()
        self._set_order()

    def _connect(self) -> None:
        self.comment.clicked.connect(self._write)
        self.seal_button.clicked.connect(self.seal_wanted)
        self.more.clicked.connect(self._show_all)
        self.same.clicked.connect(self.same_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        self.joined.separate.clicked.connect(self._separate)
        self.writing.opened.connect(self._being_written)
        self.writing.closed.connect(self._written)
        self._desk.changed.connect(self.read)

    @property
    def box(self) -> CommentBox | None:
        """The box of the comment that is being written, None if there is none."""
        return self.writing.box

    def read(self) -> None:
        """Read seals and comments anew; what is being typed stays."""
        seals, comments = self._desk.seals(), self._desk.comments()
        clear(self._seals)
        for seal in seals:
            self._add(self._seals, SealLine(self._kit, seal))
        self.sealed.read()
        clear(self._comments)
        shown, left = self._chosen(comments)
        self.cards = [self._card(one) for one in shown]
        for card in self.cards:
            self._add(self._comments, card)
        self.comment.setText(self.tr("Answer") if comments else self.tr("Comment"))
        self.comment.setAccessibleName(self.writing.heading(""))
        self.comment.setVisible(self._desk.may_comment() and self.box is None)
        self.same.setVisible(self._desk.may_join())
        self.remove.setVisible(self._desk.may_remove())
        self.joined.setVisible(self._desk.is_joined())
        self.seal_button.setVisible(self._desk.may_put_seal() and not self.sealed.is_closed)
        once = self.tr("Seal and send") if self._desk.is_sent() else self.tr("Seal")
        words = self.tr("Seal again") if seals else once
        self.seal_button.setText(words)
        self.seal_button.setAccessibleName(self.tr("{words}: this record, with your name").format(words=words))
        self.more.setVisible(left > 0)
        self.more.setText(counted(left, "Show 1 earlier comment", "Show {n} earlier comments"))
        self._set_order()

    def news(self) -> list[CommentCard]:
        """Return the comments that the person has not read yet."""
        return [card for card in self.cards if card.is_news]

    def follow(self, start: QWidget | None) -> None:
        """Have the Tab key come from a widget that stands before this; `start` takes the keyboard itself."""
        self._start = start
        self._set_order()

    def stops(self) -> list[QWidget]:
        """Return the widgets that take the keyboard, in the order in which they are read."""
        marks = [card.mark for card in self.cards if card.mark is not None]
        first = [self.joined.separate, *self.sealed.stops(), *marks]
        return [*first, self.comment, self.seal_button, self.same, self.remove, self.more, *self.writing.stops()]

    def take_keyboard(self) -> None:
        """Put the keyboard into the comment that is being typed, else on the first one that is new."""
        marks = [card.mark for card in self.news() if card.mark is not None]
        shown = [stop for stop in (self.comment, *self.stops()) if not stop.isHidden()]
        for stop in [*([self.box.box] if self.box is not None else marks), *shown][:1]:
            stop.setFocus()

    def write(self, entry: str = "") -> None:
        """Open the box for a comment on the record, or on one entry of its history."""
        self.writing.begin(entry)
        self.take_keyboard()

    def asks_for_eyes(self) -> bool:
        """Say whether something here should be seen before the record itself: news, or seals."""
        return bool(self.news()) or self._seals.count() > 0

    def settle(self) -> None:
        """Have what was typed kept as a draft, now."""
        self.writing.settle()

    def seal(self) -> None:
        """Seal the record as it is saved, and say so."""
        if self._desk.seal():
            self._desk.means.messages.say(self.tr("Sealed with your name. The seal travels with the next bundle."))
            self.sealed.take_keyboard()

    def _chosen(self, comments: list[Comment]) -> tuple[list[Comment], int]:
        """Return the comments that are shown, and how many older ones are not."""
        first = next((n for n, one in enumerate(comments) if one.is_news_for(self._desk.person)), len(comments))
        begin = 0 if self._all else max(0, min(first, len(comments) - _SHOWN))
        return comments[begin:], begin

    def _card(self, comment: Comment) -> CommentCard:
        card = CommentCard(
            self._kit, comment, self._desk.person, about=self.writing.about(comment.entry), may_mark=True
        )
        card.read.connect(self._mark_read)
        return card

    def _separate(self) -> None:
        if self._desk.separate():
            self.separated.emit()

    def _mark_read(self, comment: str) -> None:
        self._desk.read([comment])
        self.take_keyboard()

    def _show_all(self) -> None:
        self._all = True
        self.read()
        self.comment.setFocus()

    def _write(self) -> None:
        self.write()

    def _being_written(self) -> None:
        self.comment.hide()
        self._set_order()

    def _set_order(self) -> None:
        """Have Tab come to everything in the order of reading: what is made later would else come last."""
        put_in_order(self._start, self.stops())

    def _add(self, column: QVBoxLayout, part: QWidget) -> None:
        column.addWidget(part)
        part.show()  # what a layout takes up is else shown only when the event loop comes round

    def _written(self) -> None:
        self.read()
        self.comment.setFocus()


def seal_words(seal: "Seal") -> str:
    """Return a seal as a sentence or two."""
    role = f" ({role_words(seal.role)})" if seal.role else ""
    who = f"{seal.name}{role}, {moment_in_words(seal.at)}"
    if not seal.holds:
        return f"A seal in the name of {who}. {seal.why}"
    if seal.state_of:
        who += f", with the case as it stood on {day_in_words(seal.state_of)}"
    later = counted(seal.state_since, "1 later entry says", "{n} later entries say") if seal.state_since else ""
    state = f" {later} something else about that day." if later else ""
    if not seal.changed_since:
        return f"Sealed by {who}. Nothing has changed since.{state}"
    changed = counted(seal.changed_since, "Changed since: 1 entry.", "Changed since: {n} entries.")
    return f"Sealed by {who}. {changed}{state}"
