"""A case file: whose it is, its sections at the side, and in the middle a list, a form, the log or a history."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from tac_desktop.casework import forms
from tac_desktop.ui.case_beside import beside
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.case_header import CaseHeader
from tac_desktop.ui.case_opening import CaseOpening
from tac_desktop.ui.case_parts import at_once, parts_of
from tac_desktop.ui.case_sections import BY_NAME, SECTIONS, SINCE, section_of, standing
from tac_desktop.ui.case_ways import ADDENDUM, HANDOVER, ISSUED, to_contradictions, to_draft, to_issued
from tac_desktop.ui.case_wishes import CaseWishes
from tac_desktop.ui.hand_over_words import in_header
from tac_desktop.ui.in_turns import lay_out
from tac_desktop.ui.join_dialog import Joining
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.page import Page
from tac_desktop.ui.record_pane import RecordPane
from tac_desktop.ui.removed_pane import LookingBackNote
from tac_desktop.ui.same_woman_parts import also_filed
from tac_desktop.ui.section_list import SectionList

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver

_NARROW_BELOW, _LOW_BELOW = 900, 560


class CaseScreen(Page):
    """One case file. Its place is 'section', 'section|record' or 'section|record|question': ids, never words.

    Of an earlier day the place ends with '@' and the day.
    """

    closed = Signal()
    """Back to the caseload."""

    def __init__(self, desk: CaseDesk) -> None:
        """Take the desk of the case file and show its overview.

        Raises:
            UnknownRecord: there is no such case file.
        """
        super().__init__(desk.kit, "", whole=True)
        self._title.hide()
        self.desk = desk
        self.wishes = CaseWishes(self)
        self._section = "overview"
        self._handovers: Sequence[HandOver] = ()
        shown = [section for section in SECTIONS if not section.forms or any(map(desk.may_read, section.forms))]
        self.sections = SectionList(desk.kit, shown)
        self.header = CaseHeader(desk.kit, self.sections.box, desk.may)
        self._pane = RecordPane(desk)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sections)
        row.addWidget(self._pane, 1)
        self._column.setSpacing(0)
        self.body.setSpacing(0)
        self.add(self.header)
        if desk.known_on:
            self.looking_back = LookingBackNote(desk.kit, desk.known_on)
            self.looking_back.left.connect(partial(self.wishes.day_wanted.emit, ""))
            self.add(self.looking_back)
        self.add(row)
        if (outer := self.layout()) is not None:
            outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it fits itself to whatever it gets
        self._connect()
        CaseOpening(self)

    def _connect(self) -> None:
        self.sections.chosen.connect(self.show_section)
        self.header.closed.connect(self.closed)
        self.header.contact_wanted.connect(self.wishes.contact_wanted)
        self.header.document_wanted.connect(self.wishes.document_wanted)
        self.header.hand_over_wanted.connect(self.wishes.hand_over_wanted)
        self.header.conflicts_wanted.connect(self.decide)
        self.header.alerts_wanted.connect(self._show_alerts)
        self.desk.saved.connect(self.read)
        self._pane.left.connect(self._back)
        self._pane.same_wanted.connect(self.ask_which_are_one)

    def read(self) -> None:
        """Read the case file anew, and show where each section stands; what is open stays open.

        Raises:
            UnknownRecord: the case file is gone.
        """
        records, today = self.desk.read(), self.desk.today()
        self._show_header()
        due, drafted = self.desk.index().dues, self.desk.drafted()
        names = self.sections.buttons
        self.sections.show_standings({n: standing(BY_NAME[n], records, due, drafted, today) for n in names})

    def refresh(self) -> None:
        """Read all of the case file anew, and show again what is shown, unless something is being typed there."""
        self.desk.forget_all()
        self.read()
        if self.open_form() is None:
            self.show_section(self._section)
        else:
            self._pane.read_beside()

    def _show_header(self) -> None:
        """Show whose case file it is; how far hand-overs have come is known for today only."""
        handed = [] if self.desk.known_on else in_header(self._handovers)
        self.header.show_case(self.desk.all_records(), self.desk.today(), [*also_filed(self.desk), *handed])

    def show_handovers(self, found: object) -> None:
        """Show where the hand-overs of the case file stand: a list of HandOver, the oldest first."""
        self._handovers = cast("Sequence[HandOver]", found)
        if self.desk.known_on:
            known = {one.id for one in self.desk.records(HANDOVER)}
            self._handovers = [one for one in self._handovers if one.record_id in known]
        self._show_header()
        if self._section == "colleagues" and self.open_form() is None:
            self.show_section("colleagues")

    def show_section(self, name: str) -> None:
        """Show a section: its only form, or the lists of its records."""
        self._section = name
        self.sections.show_current(name)
        readable = [form for form in BY_NAME[name].forms if self.desk.may_read(form)]
        if len(readable) == 1 and not forms.ALL[readable[0]].repeated:
            self.open_record(readable[0], next((r.id for r in self.desk.records(readable[0])), ""))
        else:
            self._pane.show_parts(parts_of(self, name, self._handovers), at_once(self, name))

    def open_record(self, form: str, record_id: str, question: str = "") -> None:
        """Open a form of a record ('' for a new one), at a question if one is named."""
        if form == ISSUED:
            to_issued(self, record_id)
            return
        section = section_of(form)
        declared = forms.TYPED[form]
        if form == ADDENDUM and (added := self.desk.record(form, record_id)):
            record_id, form = added.text("record"), self.desk.form_of(added.text("record")) or form
            section, declared = section_of(form), forms.ALL[form]
        record = self.desk.record(form, record_id)
        if not declared.by_hand or (self.desk.known_on and record is None and declared.repeated):
            self.show_section(section.name)
            return
        self._section = section.name
        self.sections.show_current(section.name)
        back = section.title if declared.repeated or len(section.forms) > 1 else ""
        opened = self._pane.show_form(declared, record.id if record else "", back_to=back, question=question)
        for part in beside(self, opened, record):
            opened.screen.put_beside(part)
        lay_out()

    def _show_alerts(self) -> None:
        self.show_section("alerts")  # no lambda: what holds the page would keep it in memory

    def open_new(self, form: str) -> None:
        """Open the form of a new record."""
        self.open_record(form, "")

    def ask_which_are_one(self, form: str, record_id: str = "") -> None:
        """Ask which records of a form turned out to be one, beginning with one that is known."""
        joining = Joining(self.desk, forms.ALL[form], self)
        joining.joined.connect(self._joined)
        joining.ask(record_id)

    def _joined(self, form: str, record_id: str) -> None:
        if self.open_form() is None:
            self.show_section(self._section)
            self.arrive()
        else:
            self.open_record(form, record_id)

    def open_draft(self, form: str, record_id: str) -> None:
        """Open a form in which something was typed and not saved; the record's id as the draft has it."""
        to_draft(self, form, record_id, self._pane.go_on_with_addendum)

    def decide(self, record_id: str = "") -> None:
        """Lead to the contradictions of a record, '' for those of the whole case file."""
        to_contradictions(self, record_id)

    def open_form(self) -> OpenForm | None:
        """Return the form that is open, None if there is none."""
        return self._pane.open_form()

    def arrive(self) -> None:
        """Put the keyboard into the open form, else on the section."""
        if self.open_form() is not None:
            return
        button = self.sections.buttons[self._section]
        (button if button.isVisible() else self.sections.box).setFocus()

    def place(self) -> str:
        """Return section, record and question; the record of a form that is new is '+form'."""
        opened = self.open_form()
        day = f"{SINCE}{self.desk.known_on}" if self.desk.known_on else ""
        if opened is None:
            return self._section + day
        record = opened.record_id or f"+{opened.form.name}"
        return f"{self._section}|{record}|{opened.screen.place()}{day}"

    def return_to(self, place: str) -> None:
        """Go back to what `place` gave."""
        section, record, question = ([*place.partition(SINCE)[0].split("|"), "", ""])[:3]
        if section not in self.sections.buttons:
            return
        if record.startswith("+") and record[1:] in forms.TYPED:
            self.open_record(record[1:], "", question)
        elif form := next((name for name in BY_NAME[section].forms if self.desk.record(name, record)), ""):
            self.open_record(form, record, question)
        else:
            self.show_section(section)

    def settle(self) -> None:
        """Write what has been typed into the drafts, now."""
        self._pane.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up what does not fit: the side list in a narrow window, most of the header in a low one (Qt)."""
        self._column.setContentsMargins(0, 0, 0, 0)
        narrow = event.size().width() < self.kit.px(_NARROW_BELOW)
        self.sections.setVisible(not narrow)
        self.header.show_compact(compact=event.size().height() < self.kit.px(_LOW_BELOW), narrow=narrow)
        QWidget.resizeEvent(self, event)

    def minimumSizeHint(self) -> QSize:
        """Ask for no room: what does not fit scrolls (Qt)."""
        return QSize(0, 0)

    def _back(self) -> None:
        self.show_section(self._section)
        self.arrive()
