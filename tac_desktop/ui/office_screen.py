"""What belongs to no mother: the directory, messages that came in, contacts with staff, and the prisons’ rules."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from tac_desktop.actions.drafts import is_new
from tac_desktop.casework import forms
from tac_desktop.casework.directory import AGENCY, ENTRIES, PROFESSIONAL
from tac_desktop.casework.mailbox import FORM as MESSAGE
from tac_desktop.casework.staff_contacts import FORM as STAFF_CONTACT
from tac_desktop.ui.chips import Chips
from tac_desktop.ui.directory_list import DirectoryList, DirectoryReader
from tac_desktop.ui.mailbox_list import MailboxList
from tac_desktop.ui.office_desk import OfficeDesk
from tac_desktop.ui.office_kept import RULES, RemovedPart, RulesPart, TwinsCard
from tac_desktop.ui.page import Page
from tac_desktop.ui.record_pane import RecordPane
from tac_desktop.ui.staff_contacts_pane import StaffContactsPane

REMOVED = "removed"
DIRECTORY, MESSAGES, STAFF = "directory", "messages", "staff"
LOW = 460
"""Below this height the row of parts is one list instead of chips, without a heading."""
_NO_MARGIN = (2, 2, 2, 12)
"""Left, top, right, bottom in pixels at 100 %: room for the ring round what has the keyboard."""
_PART_OF = {PROFESSIONAL: DIRECTORY, AGENCY: DIRECTORY, MESSAGE: MESSAGES, STAFF_CONTACT: STAFF, RULES: RULES}


class OfficeScreen(Page):
    """Its parts, one at a time; a record opens as any form of a case file. Its place is 'part' or 'form|record|…'."""

    part_shown = Signal(str)
    """A part is in front that has to be read."""

    def __init__(self, desk: OfficeDesk, reader: DirectoryReader) -> None:
        """Take the desk, and what reads the directory."""
        super().__init__(desk.kit, "", whole=True)
        self.set_title(self.tr("Directory and office"))
        self.desk = desk
        may_write = desk.may_write(PROFESSIONAL)
        self.directory = DirectoryList(self.kit, reader, may_write=may_write)
        self.mailbox = MailboxList(self.kit, may_write=may_write)
        self.staff = StaffContactsPane(self.kit, desk.office_line, may_write=may_write)
        self.rules, self.removed = RulesPart(desk), RemovedPart(desk)
        self.pane = RecordPane(desk)
        self.chips = Chips(self.kit, list(self.parts().items()), self, question=self.tr("Which part"))
        self._tabs = QWidget()
        self._views = QStackedWidget()
        self._lay_out()
        self._connect()
        self.directory.read()

    def _lay_out(self) -> None:
        self._tabs.setLayout(self.kit.flow(*self.chips.widgets()))
        self.add(self._tabs)
        self._views.addWidget(self.kit.scroll(self.kit.frame("page", self.kit.column(self.directory), _NO_MARGIN, 0)))
        for part in (self.mailbox, self.staff, self.rules, self.removed):
            inside = self.kit.frame("page", self.kit.column(part, None), _NO_MARGIN, 0)
            self._views.addWidget(self.kit.scroll(inside))
        self._views.addWidget(self.pane)
        self.add(self._views)
        self.body.setStretch(self.body.count() - 1, 1)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._chosen)
        self.pane.left.connect(self.show_parts)
        for part in (self.rules, self.removed):
            part.opened.connect(self.open_record)
        self.directory.opened.connect(self.open_record)
        self.directory.added.connect(self.open_record)
        self.mailbox.opened.connect(self._open_message)
        self.mailbox.added.connect(self._open_message)
        self.staff.opened.connect(self._open_contact)
        self.staff.added.connect(self._open_contact)

    def parts(self) -> dict[str, str]:
        """Return the parts with their words."""
        return {
            DIRECTORY: self.tr("Directory"),
            MESSAGES: self.tr("Incoming messages"),
            STAFF: self.tr("Contacts with staff"),
            RULES: self.tr("Letters, rules of the prison"),
            REMOVED: self.tr("Removed"),
        }

    def part(self) -> str:
        """Return the name of the part in front, or behind the form that is open."""
        return self.chips.name()

    def show_part(self, name: str) -> None:
        """Bring a part to the front."""
        self.chips.show_chosen(name)
        self.pane.settle()
        inside = self._views.isAncestorOf(self.focusWidget())
        self._views.setCurrentIndex(list(self.parts()).index(name))
        self._fit(form=False)
        self._read(name)
        if inside:  # what had the keyboard is gone
            self.arrive()

    def _read(self, name: str) -> None:
        """Read a part anew; what may take long is read elsewhere, and shown when it is here."""
        if name == DIRECTORY:
            self.directory.read_again()
        elif name in (RULES, REMOVED):
            (self.rules if name == RULES else self.removed).read()
        self.part_shown.emit(name)

    def show_parts(self) -> None:
        """Leave the form that is open, for the part from which it was opened."""
        self.pane.show_parts()
        self.show_part(self.part())
        self.arrive()

    def open_record(self, form: str, record_id: str = "", question: str = "") -> None:
        """Open a form of a record ('' for a new one), at a question if one is named; a draft's id is as it has it."""
        part = _PART_OF.get(form, DIRECTORY)
        self.chips.show_chosen(part)
        known = "" if is_new(record_id) or self.desk.record(form, record_id) is None else record_id
        self._views.setCurrentWidget(self.pane)
        self._fit(form=True)
        opened = self.pane.show_form(forms.ALL[form], known, back_to=self.parts()[part], question=question)
        if form in ENTRIES:
            opened.saved.connect(self._show_twins)
            if known:
                self._show_twins(known)

    def _show_twins(self, record_id: str) -> None:
        opened, twins = self.pane.open_form(), self.desk.seemingly_one(record_id)
        if opened is not None and twins:
            card = TwinsCard(self.kit, twins)
            card.opened.connect(self.open_record)
            opened.screen.put_beside(card)

    def _open_message(self, record_id: str = "") -> None:
        self.open_record(MESSAGE, record_id)

    def _open_contact(self, record_id: str = "") -> None:
        self.open_record(STAFF_CONTACT, record_id)

    def _chosen(self, name: str) -> None:
        self.pane.show_parts()
        self.show_part(name)

    def refresh(self) -> None:
        """Have what is shown read anew, unless something is being typed."""
        self.desk.forget_all()
        if self.pane.open_form() is None:
            self._read(self.part())

    def arrive(self) -> None:
        """Begin where the part in front begins, unless a form has the keyboard."""
        if self.pane.open_form() is not None:
            return
        for name, part in ((MESSAGES, self.mailbox), (STAFF, self.staff), (RULES, self.rules), (REMOVED, self.removed)):
            if name == self.part():
                part.take_keyboard()
                return
        self.directory.take_keyboard()

    def place(self) -> str:
        """Return form, record and question of what is open, or the part in front; never a name."""
        opened = self.pane.open_form()
        return self.part() if opened is None else f"{opened.form.name}|{opened.record_id}|{opened.screen.place()}"

    def return_to(self, place: str) -> None:
        """Go back to what `place` gave, or to the part that a place names, at a message if one is named behind it."""
        form, record, question = ([*place.split("|"), "", ""])[:3]
        if form in self.parts():
            self.mailbox.begin_with(record)
            self.pane.show_parts()
            self.show_part(form)
        elif form in forms.ALL:
            self.open_record(form, record, question)

    def settle(self) -> None:
        """Write what has been typed into the drafts, now."""
        self.pane.settle()

    def _fit(self, *, form: bool) -> None:
        """Give an open form the whole page: its own heading stands above it."""
        low = self.height() < self.kit.px(LOW)
        self._title.setVisible(not form and not low)
        self._tabs.setVisible(not form)
        self.chips.fold(folded=low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the parts into one list where the window is low (Qt)."""
        self._fit(form=self._views.currentWidget() is self.pane)
        super().resizeEvent(event)
