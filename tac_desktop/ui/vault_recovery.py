"""One's own pass-phrase, and the ways back in when one is forgotten: the recovery code, the organisation's key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce
from tac_desktop.ui.part import Part, warning_shown
from tac_desktop.ui.recovery_code import CodeSteps

if TYPE_CHECKING:
    from tac_desktop.actions.recovery import WaysBack


class RecoveryPart(Part):
    """Three cards: the pass-phrase, the code with the steps of a new one, and the organisation's key."""

    change_wanted = Signal()
    """One's own pass-phrase shall be another one."""
    code_wanted = Signal()
    """A new recovery code; answer with `show_code`."""
    code_typed = Signal(str)
    """A new code was typed back; answer with `end_code` or `refuse_code`."""
    print_wanted = Signal(str)
    try_code_wanted = Signal()
    follow_wanted = Signal()
    """The emergency key of the service shall open the vault."""
    key_wanted = Signal()
    """Another key that an organisation keeps shall open it."""
    try_sheets_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self.steps: CodeSteps | None = None
        self.change = kit.button(self.tr("Change my pass-phrase"), "key-round")
        self.new_code = kit.button(self.tr("Make a new recovery code"), "shield-check")
        self.try_code = kit.button(self.tr("Try the code"), "circle-check")
        self.follow = kit.button("", "key-round")
        self.other_key = kit.button(self.tr("Use another key"))
        self.try_sheets = kit.button(self.tr("Try two sheets"), "circle-check")
        self.remove = kit.button(self.tr("Take this way in away"), "x")
        self._code_words = kit.label("", wrap=True)
        self._organisation_words = kit.label("", wrap=True)
        self._key = kit.label("", "hint", wrap=True)
        self._outdated = warning_shown(kit, self.tr("The service has another emergency key by now: its old sheets "
                                                    "still open this vault, its new ones do not."))  # fmt: skip
        self._steps_column: QVBoxLayout = kit.column(gap=12)
        self._code_deeds, self._organisation_deeds = QWidget(), QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        kit = self.kit
        words = self.tr("At least 12 characters. It is judged on this computer against lists of common ones. Your seal "
                        "stays the same.")  # fmt: skip
        _, column = self.titled(self.tr("Your pass-phrase"), words)
        column.addLayout(kit.flow(self.change))
        words = self.tr("A code on paper that opens this vault and gives one person a new pass-phrase. Who uses it is "
                        "noted, and the person is told.")  # fmt: skip
        _, column = self.titled(self.tr("Recovery code"), words)
        column.addWidget(self._code_words)
        self._code_deeds.setLayout(kit.flow(self.new_code, self.try_code))
        column.addWidget(self._code_deeds)
        column.addLayout(self._steps_column)
        words = self.tr("A public key that can open this vault too; its private part exists on paper only, split over "
                        "three sheets of which any two are needed. One sheet alone opens nothing.")  # fmt: skip
        _, column = self.titled(self.tr("The organisation’s key"), words)
        for widget in (self._organisation_words, self._key, self._outdated):
            column.addWidget(widget)
        self._organisation_deeds.setLayout(kit.flow(self.follow, self.other_key, self.try_sheets, self.remove))
        column.addWidget(self._organisation_deeds)

    def _connect(self) -> None:
        self.waits(
            self.change, self.new_code, self.try_code, self.follow, self.other_key, self.try_sheets, self.remove
        )  # fmt: skip
        self.change.clicked.connect(self.change_wanted)
        self.new_code.clicked.connect(self.code_wanted)
        self.try_code.clicked.connect(self.try_code_wanted)
        self.follow.clicked.connect(self.follow_wanted)
        self.other_key.clicked.connect(self.key_wanted)
        self.try_sheets.clicked.connect(self.try_sheets_wanted)
        self.remove.clicked.connect(self.remove_wanted)

    def show_ways(self, ways: "WaysBack", *, may_look_after: bool) -> None:
        """Show which ways back there are; only who looks after people changes or tries them."""
        if ways.code:
            self._code_words.setText(self.tr("This vault has a recovery code. Try it once a year."))
        else:
            self._code_words.setText(self.tr("This vault has no recovery code. Make one."))
        self.try_code.setVisible(ways.code)
        self._code_deeds.setVisible(may_look_after and self.steps is None)
        self._organisation_words.setText(self._told(ways))
        self._key.setText(ways.organisation)
        self._key.setVisible(bool(ways.organisation))
        self._outdated.setVisible(ways.is_outdated)
        self.follow.setText(self.tr("Use the emergency key of {service}").format(service=ways.service))
        self.follow.setVisible(bool(ways.service_key) and ways.organisation != ways.service_key)
        self.try_sheets.setVisible(bool(ways.organisation))
        self.remove.setVisible(bool(ways.organisation))
        self._organisation_deeds.setVisible(may_look_after)

    def _told(self, ways: "WaysBack") -> str:
        if not ways.organisation:
            return self.tr("No key of an organisation opens this vault.")
        if ways.organisation == ways.service_key:
            words = self.tr("Two of the three sheets of {service} open this vault.")
            return words.format(service=ways.service)
        return self.tr("This key of an organisation opens this vault:")

    # --- a new code ---

    def show_code(self, code: str) -> None:
        """Show a new code and ask for it to be typed back; the old one counts until then."""
        self.end_code()
        self._code_deeds.hide()
        self.steps = steps = CodeSteps(self.kit, code, self.tr("Put it into force"))
        words = self.tr("Put this code on paper now: it is shown once. It counts, and the old one no more, when it "
                        "was typed back and has opened the vault.")  # fmt: skip
        give_up = self.kit.button(self.tr("Keep the old code"), "x", kind="ghost")
        self._steps_column.addWidget(self.kit.label(words, wrap=True))
        self._steps_column.addWidget(steps)
        self._steps_column.addLayout(self.kit.flow(give_up))
        QWidget.setTabOrder(steps.come_after(self.try_code), give_up)
        steps.typed.connect(self._typed_back)
        steps.print_wanted.connect(self.print_wanted)
        give_up.clicked.connect(self.leave_code)
        steps.arrive()
        self.seen_wanted.emit(steps)

    def _typed_back(self, typed: str) -> None:
        if self.steps is not None:
            self.steps.set_busy(busy=True)
        self.code_typed.emit(typed)

    def refuse_code(self, text: str) -> None:
        """Say that what was typed back is not the code."""
        if self.steps is not None:
            self.steps.refuse(text)
            announce(self, text)

    def end_code(self) -> None:
        """Forget the code that was shown."""
        self.steps = None
        clear(self._steps_column)
        self._code_deeds.show()

    def leave_code(self) -> None:
        """Forget the code that was shown, and put the keyboard back to where it began."""
        self.end_code()
        self.new_code.setFocus()

    def arrive(self) -> None:
        """Begin with one's own pass-phrase, or where the code is typed back."""
        if self.steps is not None:
            self.steps.arrive()
        else:
            self.change.setFocus()
