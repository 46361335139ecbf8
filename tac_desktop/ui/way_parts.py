"""Her way and the plan, tied to the case file in which they are shown."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from tac_desktop.casework.her_way import length_in_words, predicted_in_words
from tac_desktop.errors import TacError
from tac_desktop.ui.her_way_pane import HerWayPane
from tac_desktop.ui.plan_pane import PlanPane

if TYPE_CHECKING:
    from tac_desktop.ui.case_desk import CaseDesk
    from tac_desktop.ui.case_screen import CaseScreen


class HerWayInCase(HerWayPane):
    """Her way, with what its buttons do."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(
            desk.kit, desk.all_records(), desk.today(), desk.person.name, may_write=desk.may_write("case_worker")
        )
        self._screen = screen
        self.record_opened.connect(screen.open_record)
        self.added.connect(screen.open_new)
        self.taken.connect(self._take)

    def _take(self) -> None:
        from tac_desktop.actions.case_workers import work_with

        screen, desk = self._screen, self._screen.desk
        now = desk.means.moment()
        try:
            work_with(desk.means.store, desk.person, desk.case_file, now=now)
        except TacError as trouble:
            desk.means.messages.trouble(trouble)
            return
        desk.saved.emit(desk.case_file, "case_worker", "")
        screen.show_section("referral")
        screen.arrive()
        desk.means.messages.say(self.tr("You work with her from today. Whoever did before no longer does."))


class PlanInCase(PlanPane):
    """The plan, with what its buttons do."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(desk.kit, desk.all_records(), desk.named, desk.today(), may_write=desk.may_write("goal"))
        self.record_opened.connect(screen.open_record)
        self.added.connect(screen.open_new)


class LengthNote(QFrame):
    """Above the closure: how long the work was thought to take, and how long it took."""

    def __init__(self, desk: "CaseDesk") -> None:
        """Take the desk of the case file."""
        super().__init__()
        kit = desk.kit
        predicted = predicted_in_words(next(iter(desk.records("baseline")), None))
        lasted = length_in_words(desk.records("episode"), desk.today())
        words = self.tr("Predicted at the start: {predicted}. It took: {lasted}.").format(
            predicted=predicted or self.tr("nothing was predicted"), lasted=lasted or self.tr("no episode is recorded")
        )
        sign = kit.row(kit.picture("clock", "info"), kit.label(words, wrap=True), gap=12)
        sign.setStretch(1, 1)
        self.setLayout(kit.narrow(sign))
        self.setAccessibleName(words)
