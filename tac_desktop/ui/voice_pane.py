"""The child's own voice: for each child what it says, how contact is for it, and what it has been told."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.childs_voice import Heard, voice_of
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import child_name, one_line, quoted
from tac_desktop.ui.flow import Flow
from tac_desktop.ui.kit import Kit

_LONGEST = 400


class VoicePane(QFrame):
    """A card for each child."""

    begun = Signal(str, object)
    """A form of which another record is wanted, and the answers with which it begins."""

    def __init__(
        self, kit: Kit, children: Sequence[Record], records: Mapping[str, Sequence[Record]], *, may_write: bool
    ) -> None:
        """Take the children in the order in which they are shown, and the records of the case file by form."""
        super().__init__()
        self._kit, self._records, self._may_write = kit, records, may_write
        cards = [self._card(child) for child in children]
        self.setLayout(kit.column(kit.label(self.tr("The children’s voices"), "h2", wrap=True), *cards, gap=12))
        self.setVisible(bool(children))

    def _card(self, child: Record) -> QFrame:
        kit, name = self._kit, child_name(child)
        card, inside = kit.card(16, 8)
        inside.addWidget(kit.label(name, "h3", wrap=True))
        found = voice_of(child, self._records)
        for heard in found:
            inside.addWidget(self._heard(heard))
        if not found:
            words = self.tr("Nobody has written down yet what {name} says, or what {name} has been told.")
            inside.addWidget(kit.label(words.format(name=name), "hint", wrap=True))
        if self._may_write:
            inside.addLayout(self._ways(child, name))
        card.setAccessibleName(name)
        return card

    def _heard(self, heard: Heard) -> QWidget:
        kit = self._kit
        words = one_line(heard.words, _LONGEST)
        said = quoted(words) if heard.quoted else words
        kept = self.tr("not to be shown to: {whom}").format(whom=heard.kept_from) if heard.kept_from else ""
        from_where = "; ".join(part for part in (heard.source, kept) if part)
        frame = QFrame()
        parts = [kit.label(heard.label, "label", wrap=True), kit.label(said, wrap=True)]
        parts += [kit.label(from_where, "hint", wrap=True)] if from_where else []
        frame.setLayout(kit.column(*parts, gap=2))
        frame.setAccessibleName(f"{heard.label}: {said} {from_where}")
        return frame

    def _ways(self, child: Record, name: str) -> Flow:
        flow = self._kit.flow()
        for words, form in ((self.tr("What it says"), "child_view"), (self.tr("What it was told"), "told_child")):
            spoken = self.tr("Write down for {name}: {what}").format(name=name, what=words[:1].lower() + words[1:])
            button = self._kit.button(words, "plus", kind="ghost", name=spoken)
            button.clicked.connect(partial(self.begun.emit, form, {"child": child.id}))
            flow.addWidget(button)
        return flow
