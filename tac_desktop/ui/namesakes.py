"""Asks while a new mother is typed in whether she is already here; the window never waits for the answer."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from tac_desktop.casework.answers import Answers
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.namesakes_card import NamesakesCard
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.known_women import Found, KnownWomen, Typed
    from tac_desktop.actions.vaults import Store

_PAUSE = 200
"""Milliseconds without a letter before it is asked."""
_MANY = 4000
"""Beyond so many women looking takes longer than the window may wait, when the form is saved."""


class Namesakes(QObject):
    """Belongs to the form of a new mother: shows who fits above it, and asks once more before it is saved."""

    def __init__(self, bench: Workbench, opened: OpenForm) -> None:
        """Take the bench and the form."""
        super().__init__(opened.screen)
        self._bench, self._open = bench, opened
        self.card = NamesakesCard(bench.kit)
        self._women: KnownWomen | None = None
        self._asked: Typed | None = None
        """What the answer that is shown, or on its way, is about."""
        self._found: Found | None = None
        self._confirmed: Found | None = None
        self._is_saving = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._ask)
        opened.screen.put_beside(self.card)
        self.card.hide()
        self.card.confirmed.connect(self._confirm)
        opened.screen.body.edited.connect(self._timer.start)
        opened.before_saving = self.may_be_saved
        self._ask()

    def may_be_saved(self, answers: Answers) -> bool:
        """Say whether the form may be saved now; else it is saved as soon as it is known that nobody fits."""
        from tac_desktop.actions.known_women import typed_of

        self._timer.stop()
        typed = typed_of(answers)
        if typed != self._asked or self._found is None:
            if self._women is None or len(self._women) > _MANY:
                self._is_saving = True
                self._ask(answers)
                return False
            self._look_at_once(self._women, typed)
        return self._is_nobody_here()

    def _look_at_once(self, women: "KnownWomen", typed: "Typed") -> None:
        from tac_desktop.actions.known_women import known_women

        self._asked = typed
        self._found = known_women(self._bench.store, women, typed)
        self.card.show_found(self._found)

    def _is_nobody_here(self) -> bool:
        found = self._found
        if found is None or not found.is_sure or found == self._confirmed:
            return True
        self._open.screen.show_top()
        self.card.ask()
        return False

    def _ask(self, answers: Answers | None = None) -> None:
        from tac_desktop.actions.known_women import typed_of

        typed = typed_of(self._open.screen.body.answers() if answers is None else answers)
        if typed == self._asked:
            return
        self._asked, self._found = typed, None
        women = self._women

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.known_women import known_women, read_women

            yield 0, 1
            known = read_women(store) if women is None else women
            return typed, known, known_women(store, known, typed)

        self._bench.run(self._bench.with_store(action), self._told, self._failed, asked=False)

    def _told(self, answer: object) -> None:
        typed, self._women, found = cast("tuple[Typed, KnownWomen, Found]", answer)
        if typed != self._asked:
            return  # more was typed meanwhile, and is being asked
        self._found = found
        self.card.show_found(found)
        if self._is_saving:
            self._is_saving = False
            if self._is_nobody_here():
                self._open.screen.submit()

    def _failed(self, trouble: object) -> None:
        """Let it be saved all the same: that nobody could look is no reason to lose what was typed."""
        from tac_desktop.actions.known_women import Found

        self._bench.messages.trouble(trouble)
        self._found = Found([], closed=False)
        if self._is_saving:
            self._is_saving = False
            self._open.screen.submit()

    def _confirm(self) -> None:
        self._confirmed = self._found
        self._open.screen.submit()
