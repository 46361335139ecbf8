"""What happens behind the restriction of a case file: who can be named, the draft, and what is written."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.restriction import FORM
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.kept_typing import KeptTyping
from tac_desktop.ui.restrict_dialog import PEOPLE, REASON, RestrictDialog
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.casework.restriction import Restriction


class RestrictDesk(QObject):
    """The restriction of one case file, written on its page."""

    changed = Signal()
    """The case file was restricted, or is not any more."""

    def __init__(self, bench: Workbench, page: CaseScreen) -> None:
        """Take the page of the case file."""
        super().__init__()
        self._bench, self._page, self._case_file = bench, page, page.desk.case_file
        self._typing = KeptTyping(bench.means(), self._case_file, FORM)
        self.window: RestrictDialog | None = None
        page.header.restrict_wanted.connect(self.open)

    def open(self) -> None:
        """Open the window with what stands, or with what was typed there before."""
        from tac_desktop.actions.restriction import restriction_of, who_can_be_named

        bench = self._bench
        try:
            stands = restriction_of(bench.store, self._case_file)
            people = who_can_be_named(bench.vault, bench.store)
            kept = self._typing.found()
        except TacError as trouble:
            bench.messages.trouble(trouble)
            return
        offered = [*people, *self._strangers(stands, dict(people))]
        window = self.window = RestrictDialog(bench.kit, offered, restricted=stands is not None, parent=self._page)
        if kept is not None:
            named = cast("Sequence[str]", kept.typed.get(PEOPLE) or ())
            window.show_restriction(str(kept.typed.get(REASON) or ""), named)
        elif stands is not None:
            window.show_restriction(stands.reason, stands.people)
        window.submitted.connect(self._restrict)
        window.lifted.connect(self._lift)
        window.typed.connect(self._typing.keep)
        window.discarded.connect(self._typing.forget)
        window.finished.connect(self._closed)
        window.open()
        window.take_keyboard()

    def settle(self) -> None:
        """Have what was typed kept, now."""
        if self.window is not None:
            self.window.settle()

    def _strangers(self, stands: "Restriction | None", known: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return those who are named already and not known here: another vault's people, whose card is not here."""
        named = stands.people - known.keys() if stands is not None else frozenset[str]()
        words = self.tr("Somebody whose card is not here")
        return [(person, words) for person in sorted(named)]

    def _restrict(self, people: Sequence[str], reason: str) -> None:
        from tac_desktop.actions.restriction import restrict

        bench = self._bench
        try:
            restrict(bench.store, bench.person, self._case_file, people=people, reason=reason, now=bench.moment())
        except AnswersRefused as refused:
            self._refuse(refused.problems)
        except TacError as trouble:
            self._refuse({REASON: str(trouble)})
        else:
            self._done(self.tr("The case file is restricted. The managers and whom you named may open it."))

    def _lift(self) -> None:
        from tac_desktop.actions.restriction import lift

        try:
            lift(self._bench.store, self._bench.person, self._case_file, now=self._bench.moment())
        except TacError as trouble:
            self._refuse({REASON: str(trouble)})
        else:
            self._done(self.tr("The restriction is ended. Everybody who works with the vault may open the case file."))

    def _done(self, words: str) -> None:
        self._typing.forget()
        if self.window is not None:
            self.window.accept()
        self.changed.emit()
        self._bench.messages.say(words)

    def _refuse(self, problems: Mapping[str, str]) -> None:
        if self.window is not None:
            self.window.refuse(problems)

    def _closed(self, _result: int) -> None:
        if self.window is not None:
            self.window.settle()
        self.window = None
