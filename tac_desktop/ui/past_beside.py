"""What stood beside a record on an earlier day: its seals, what was added to it, and what colleagues had said."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.actions.addenda import FORM as ADDENDUM
from tac_desktop.actions.addenda import addendum_of
from tac_desktop.casework.sealing import FORM as SEAL
from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.ui.comment_card import CommentCard
from tac_desktop.ui.sealed_part import AddendumCard

if TYPE_CHECKING:
    from tac_desktop.casework.record import Record
    from tac_desktop.ui.past_case import PastCase


class PastBeside(QFrame):
    """Only read; hidden where there was nothing."""

    def __init__(self, desk: "PastCase", record_id: str) -> None:
        """Take the desk of the earlier day, and the record."""
        super().__init__()
        kit = desk.kit
        seals = [kit.label(self._sealed(one), "hint", wrap=True) for one in desk.on_record(SEAL, record_id)]
        added = [AddendumCard(kit, addendum_of(one)) for one in desk.on_record(ADDENDUM, record_id)]
        said = [CommentCard(kit, one, desk.person) for one in desk.index().comments_on(record_id)]
        parts: list[QWidget] = [*seals, *added, *said]
        self.setLayout(kit.narrow(kit.column(*parts, gap=8)))
        if not parts:
            self.hide()

    def _sealed(self, seal: "Record") -> str:
        words = self.tr("Sealed by {name}, {at}. Whether the seal holds is checked for today only.")
        return words.format(name=seal.text("name"), at=moment_in_words(seal.text("at")))
