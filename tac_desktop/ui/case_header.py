"""The bar above a case file: whose it is, and what is done most often with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.caseload import status
from tac_desktop.casework.codelists import label
from tac_desktop.casework.custody_history import whereabouts
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.restriction import FORM as RESTRICTION
from tac_desktop.casework.restriction import in_force
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui import icons
from tac_desktop.ui.alert_strip import AlertStrip
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.words import counted

_DOCUMENTS = (
    ("Court dossier", "dossier", "Court dossier"),
    ("Assessment summary", "assessment", "Parenting-assessment summary"),
)
_TONES = {"open": "ok", "reopened": "ok", "triage": "info"}


class CaseHeader(QFrame):
    """Name, numbers and buttons; in a low or narrow window one line with the drop-down list of sections."""

    closed = Signal()
    """Back to the caseload."""
    contact_wanted = Signal()
    alerts_wanted = Signal()
    """The alerts shall be looked at."""
    conflicts_wanted = Signal()
    """The contradictions of the case file shall be decided."""
    document_wanted = Signal(str)
    """The kind of document: dossier or assessment."""
    hand_over_wanted = Signal()
    restrict_wanted = Signal()
    """Who may open the case file shall be looked at or changed."""

    def __init__(self, kit: Kit, sections: QWidget, may: Callable[[Deed], bool]) -> None:
        """Take the drop-down list of sections that stands here in a narrow window, and what says what one may do."""
        super().__init__()
        self._kit, self._sections = kit, sections
        self.setProperty("role", "header")
        self.back = kit.button("Caseload", "arrow-left", kind="link", name="Back to the caseload")
        self._name = kit.label("", "h1")
        self._status = kit.badge("")
        self.conflicts = kit.button("", "triangle-alert", kind="problem")
        self.conflicts.hide()
        self.alerts = AlertStrip(kit)
        self._facts = kit.flow(gap=20, row_gap=2)
        self._facts_frame = QFrame()
        self._facts_frame.setLayout(self._facts)
        self.contact = kit.button("Log a contact", "message-square-plus", kind="primary", name="Log a contact")
        self.contact.setToolTip("Ctrl+N")
        self._documents = [self._document(*document) for document in _DOCUMENTS if may(Deed.ISSUE_PAPERS)]
        self._name.setMinimumWidth(kit.px(90))  # a very long name is cut, the buttons are not
        self.hand_over = kit.button("Hand over", "arrow-right", kind="ghost", name="Hand over this case file")
        self._may_write = may(Deed.WRITE_CASES)
        self.restrict = kit.button("Restrict", "lock", kind="ghost", name="Restrict who may open this case file")
        self._may_restrict = may(Deed.RESTRICT_CASES)
        self._above = kit.row(self.back, None, self.restrict, self.hand_over)
        self._title = kit.row(
            self._name, self._status, self.conflicts, None, self._sections, *self._documents, self.contact, gap=10
        )
        self._column = kit.column(self._above, self._title, self.alerts, self._facts_frame, gap=6)
        self.setLayout(self._column)
        self._connect()
        self.show_compact(compact=False, narrow=False)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.contact.clicked.connect(self.contact_wanted)
        self.hand_over.clicked.connect(self.hand_over_wanted)
        self.restrict.clicked.connect(self.restrict_wanted)
        self.conflicts.clicked.connect(self.conflicts_wanted)
        self.alerts.opened.connect(self.alerts_wanted)

    def show_case(
        self, records: Mapping[str, Sequence[Record]], today: str, handed_over: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show whose case file it is; `handed_over` is what to say of its hand-overs, as (caption, words)."""
        mother = next(iter(records.get("mother", ())), None)
        if mother is None:
            return
        self._name.setText(mother.text("name"))
        self._name.setToolTip(mother.text("name"))
        code = status(records)
        self._status.setText(label("case_status", code))
        restyle(self._status, tone=_TONES.get(code, "neutral"))
        self._show_conflicts(sum(len(record.conflicts) for several in records.values() for record in several))
        self.alerts.show_alerts(records.get("alert", ()), today)
        clear(self._facts)
        for caption, words in (*_facts(mother, records, today), *handed_over):
            self._facts.add_layout(self._kit.row(self._kit.label(caption, "caption"), self._kit.label(words), gap=6))

    def show_compact(self, *, compact: bool, narrow: bool) -> None:
        """Show everything, or in a low window one line; in a narrow one the sections as a drop-down list."""
        kit = self._kit
        self._sections.setVisible(narrow)
        self._facts_frame.setVisible(not compact)
        self.alerts.show_compact(compact=compact)
        for button in self._documents:
            button.setVisible(not compact and not narrow)
        self.hand_over.setVisible(self._may_write and not compact)
        self.contact.setVisible(self._may_write)
        self.restrict.setVisible(self._may_restrict and not compact)
        self.back.setText("" if compact else "Caseload")
        self.contact.setText("" if compact else "Log a contact")
        self.contact.setIcon(kit.theme.icon("message-square-plus", "on_primary", gap=0 if compact else icons.GAP))
        self._status.setVisible(not compact)
        whole, number = self.conflicts.property("words") or ("", "")
        self.conflicts.setText(number if compact else whole)
        (self._title if compact else self._above).insertWidget(0, self.back)
        across, down = (kit.px(12), kit.px(4)) if compact else (kit.px(24), kit.px(12))
        self._column.setContentsMargins(across, down, across, down)
        self._column.setSpacing(0 if compact else kit.px(6))
        restyle(self._name, role="h3" if compact else "h1")

    def _show_conflicts(self, count: int) -> None:
        words = counted(count, "1 contradiction", "{n} contradictions")
        self.conflicts.setAccessibleName(f"{words}: look at them and decide")
        self.conflicts.setToolTip(words)
        self.conflicts.setProperty("words", (words, f"{count:,}"))
        self.conflicts.setText(words)
        self.conflicts.setVisible(count > 0)

    def _document(self, words: str, kind: str, name: str) -> QWidget:
        button = self._kit.button(words, "printer", name=name)
        button.setProperty("document", kind)
        button.clicked.connect(self._want_document)
        return button

    def _want_document(self) -> None:
        self.document_wanted.emit(self.sender().property("document"))


def name_of(records: Mapping[str, Sequence[Record]]) -> str:
    """Return the mother's name."""
    return next((mother.text("name") for mother in records.get("mother", ())), "")


def birth_order(child: Record) -> tuple[str, str]:
    """Return what children are sorted by: the day of birth, the unborn after all others."""
    return child.text("date_of_birth") or child.text("due_date") or "9999", child.id


def age(born: str, today: str) -> str:
    """Return how old somebody is in words, '' where the date of birth is not whole."""
    if len(born) != len("2019-03-27"):
        return ""
    birth, now = date.fromisoformat(born), date.fromisoformat(today)
    years = now.year - birth.year - ((now.month, now.day) < (birth.month, birth.day))
    if years >= 2:
        return str(years)
    months = (now.year - birth.year) * 12 + now.month - birth.month - (now.day < birth.day)
    return f"{months} months" if months != 1 else "1 month"


def _facts(mother: Record, records: Mapping[str, Sequence[Record]], today: str) -> list[tuple[str, str]]:
    born = mother.text("date_of_birth")
    custody = whereabouts(records.get("custody", ()), today, mother.text("prison"))
    release = custody.expected_release
    location = mother.text("location") if custody.prison == mother.text("prison") else ""
    place = ", ".join(part for part in (label("prison", custody.prison) if custody.prison else "", location) if part)
    years = age(born, today)
    restriction = in_force(records.get(RESTRICTION, ())).get(mother.case_file)
    facts = (
        ("Reference", mother.text("reference")),
        ("Prison number", mother.text("prison_number")),
        ("Date of birth", f"{day_in_words(born)} ({years})" if born and years else day_in_words(born) if born else ""),
        ("Where she is", place or ("" if custody.inside else "In no prison")),
        ("Custody", custody.in_words),
        ("Expected release", day_in_words(release) if release else ""),
        ("Children", str(len(records.get("child", ())))),
        ("Restricted", f"Since {day_in_words(restriction.since)}" if restriction else ""),
    )
    return [(caption, words) for caption, words in facts if words]
