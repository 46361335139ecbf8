"""What only a manager keeps: supervision, surveys of prison staff and practitioners, and what the evaluation did."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tac_desktop.actions.drafts import is_new
from tac_desktop.casework import forms
from tac_desktop.casework.form import Form
from tac_desktop.casework.people import Role
from tac_desktop.casework.permissions import may_read
from tac_desktop.ui.office_desk import OfficeDesk
from tac_desktop.ui.page import Page
from tac_desktop.ui.parts_page import MARGIN
from tac_desktop.ui.record_list import RecordList
from tac_desktop.ui.record_pane import RecordPane


def office_forms(role: Role) -> tuple[Form, ...]:
    """Return the manager’s own forms that belong to no mother and are filled in by hand, as far as a role may read."""
    return tuple(
        form
        for form in forms.ALL.values()
        if form.about == "office" and form.keeping == "restricted" and form.by_hand and may_read(role, form)
    )


class SurveysScreen(Page):
    """A list for each form; one opens as any form of a case file does. Its place is 'form|record|question'."""

    def __init__(self, desk: OfficeDesk) -> None:
        """Take the desk and show the lists."""
        super().__init__(desk.kit, "", whole=True)
        self._title.hide()
        self._column.setSpacing(0)
        self.setAccessibleName(self.tr("Surveys and supervision"))
        self.desk = desk
        self.pane = RecordPane(desk)
        self.pane.left.connect(self.show_lists)
        self.pane.changed.connect(self._fit)
        self.add(self.pane)
        self.body.setStretch(0, 1)
        self.show_lists()

    def show_lists(self) -> None:
        """Show a list for each form."""
        drafted = self.desk.drafted()
        lists: list[QWidget] = [self._heading()]
        for form in office_forms(self.desk.person.role):
            records = RecordList(self.kit, form, self.desk.lines(form.name))
            if form.name in drafted:
                records.add.setText(self.tr("Go on with a draft"))
            records.opened.connect(self.open_record)
            records.added.connect(self.open_record)
            lists.append(records)
        self.pane.show_parts(lists)

    def _heading(self) -> QWidget:
        words = self.tr("Only a manager sees these. They never go out in a bundle.")
        heading = QWidget()
        title = self.kit.label(self.tr("Surveys and supervision"), "h1", wrap=True)
        heading.setLayout(self.kit.column(title, self.kit.label(words, "hint", wrap=True), gap=2))
        return heading

    def open_record(self, form: str, record_id: str = "", question: str = "") -> None:
        """Open a form of a record ('' for a new one), at a question if one is named; a draft's id is as it has it."""
        known = "" if is_new(record_id) or self.desk.record(form, record_id) is None else record_id
        self.pane.show_form(forms.ALL[form], known, back_to=self.tr("Surveys and supervision"), question=question)

    def refresh(self) -> None:
        """Read anew what the lists show, unless something is being typed."""
        for form in office_forms(self.desk.person.role):
            self.desk.forget(form.name)
        if self.pane.open_form() is None:
            self.show_lists()

    def arrive(self) -> None:
        """Put the keyboard on the first list, unless a form has it."""
        if self.pane.open_form() is None and (lists := self.pane.findChildren(RecordList)):
            lists[0].add.setFocus()

    def place(self) -> str:
        """Return form, record and question of what is open; '' where the lists are shown."""
        opened = self.pane.open_form()
        return "" if opened is None else f"{opened.form.name}|{opened.record_id}|{opened.screen.place()}"

    def return_to(self, place: str) -> None:
        """Go back to what `place` gave."""
        form, record, question = ([*place.split("|"), "", ""])[:3]
        if form in forms.ALL:
            self.open_record(form, record, question)

    def settle(self) -> None:
        """Write what has been typed into the drafts, now."""
        self.pane.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the lists the margins of a page, and a form the whole width (Qt)."""
        self._fit()
        QWidget.resizeEvent(self, event)

    def _fit(self) -> None:
        lists = self.pane.open_form() is None
        side = max(0, self.kit.margin(self.width()) - self.kit.px(MARGIN)) if lists else 0
        self._column.setContentsMargins(side, self.kit.px(4) if lists else 0, side, 0)
