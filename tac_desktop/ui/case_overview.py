"""The first page of a case file: what is due, hearings, where the children live, and the latest contacts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import label
from tac_desktop.casework.dues.due import Due
from tac_desktop.casework.dues.questions import OPEN, in_order, stage_of
from tac_desktop.casework.family import lives_on
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words, moment_in_words
from tac_desktop.casework.wording import NOT_KNOWN, child_name, one_line, record_in_words
from tac_desktop.ui.case_header import age, birth_order
from tac_desktop.ui.case_sections import SECTIONS
from tac_desktop.ui.contact_timeline import contact_line, latest
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.questions_pane import question_line
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import due_words, task_words

_TWO_COLUMNS_FROM = 760
_FEW_CHILDREN = 6
"""In a larger family the cards of the second column follow those of the first as the loop turns."""
_CONTACTS, _HEARINGS, _DUES, _QUESTIONS = 5, 4, 5, 3
_SEEN_TOGETHER: Final = frozenset({"letterbox_out", "letterbox_in", "letterbox_give", "letterbox_held"})
"""Tasks that are done on the page of their section, not in the form of one record."""


class CaseOverview(QFrame):
    """Cards in two columns, one in a narrow window; each line leads to what it tells of."""

    section_opened = Signal(str)
    """The name of a section."""
    record_opened = Signal(str, str)
    """The form's name and the record's id."""
    document_wanted = Signal(str)

    def __init__(
        self,
        kit: Kit,
        records: Mapping[str, Sequence[Record]],
        dues: Sequence[Due],
        named: Callable[[str], str],
        today: str,
        *,
        may_issue: bool = True,
    ) -> None:
        """Take the records of the case file by form, what is due for it, and whether papers may be issued."""
        super().__init__()
        self._kit, self._records, self._dues, self._named, self._today = kit, records, dues, named, today
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(kit.px(16))
        left, right = kit.column(None, gap=16), kit.column(None, gap=16)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        self.setLayout(self._columns)
        is_large = len(records.get("child", ())) > _FEW_CHILDREN
        self._building = InTurns(self)
        self._building.build(self._put(left, right, may_issue=may_issue), 3 if is_large else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one column where there is no room for two (Qt)."""
        wide = event.size().width() >= self._kit.px(_TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self._columns.direction():
            self._columns.setDirection(direction)
        super().resizeEvent(event)

    def _put(self, left: QBoxLayout, right: QBoxLayout, *, may_issue: bool) -> Iterator[None]:
        """Put the cards above the room that is left in their columns."""
        cards: Sequence[tuple[QBoxLayout, Callable[[], QFrame | None]]] = (
            (left, self._due_card), (left, self._hearings_card), (left, self._documents_card if may_issue else _none),
            (right, self._children_card), (right, self._questions_card), (right, self._contacts_card),
        )  # fmt: skip
        for column, make in cards:
            if (card := make()) is not None:
                column.insertWidget(column.count() - 1, card)
                card.show()  # else it counts as hidden until the next turn of the event loop
            yield

    def _card(self, title: str, empty: str, lines: Sequence[QWidget]) -> QFrame:
        card, inside = self._kit.card(20, 8)
        inside.addWidget(self._kit.label(title, "h3", wrap=True))
        for line in lines:
            inside.addWidget(line)
        if not lines:
            inside.addWidget(self._kit.label(empty, "hint", wrap=True))
        card.setAccessibleName(title)
        return card

    def _due_card(self) -> QFrame:
        lines = [self._due_line(due) for due in self._dues[:_DUES]]
        if len(self._dues) > _DUES:
            more = self._kit.label(
                f"And {len(self._dues) - _DUES} more. ‘What is due’ has them all.", "hint", wrap=True
            )
            lines.append(more)
        return self._card("Next due", "Nothing is due.", lines)

    def _due_line(self, due: Due) -> QWidget:
        words, tone = due_words(due.by, self._today)
        record = next((one for one in self._records.get(due.form, ()) if one.id == due.record_id), None)
        about = one_line(self._about(record), 110) if record else ""
        details = "\n".join(part for part in (day_in_words(due.by), about) if part)
        line = RecordLine(due.record_id, task_words(due.task), details, words, tone or "neutral")
        button = LineButton(self._kit, line)
        section = next((section for section in SECTIONS if due.task in section.tasks), SECTIONS[0])
        button.setProperty("section", section.name)
        button.setProperty("form", "" if due.task in _SEEN_TOGETHER else due.form)
        button.clicked.connect(self._follow)
        return button

    def _about(self, record: Record) -> str:
        if record.form == "contact":
            return record.text("waiting_for") or record.text("summary")
        return record_in_words(forms.ALL[record.form], record, self._named)

    def _hearings_card(self) -> QFrame:
        hearings = self._records.get("hearing", ())
        ahead = sorted((h for h in hearings if h.text("at")[:10] >= self._today), key=lambda h: h.text("at"))
        past = sorted((h for h in hearings if h.text("at")[:10] < self._today), key=lambda h: h.text("at"))[-1:]
        lines = [self._record_line(self._hearing(hearing)) for hearing in (*ahead[:_HEARINGS], *past)]
        return self._card("Hearings", "No hearing has been recorded.", lines)

    def _hearing(self, hearing: Record) -> tuple[str, RecordLine]:
        kind = hearing.text("hearing_type")
        title = " · ".join(part for part in (label("hearing_type", kind) if kind else "Hearing", hearing.text("court")))
        day = hearing.text("at")[:10]
        words, tone = due_words(day, self._today) if day >= self._today else ("Past", "neutral")
        return "hearing", RecordLine(
            hearing.id, title.strip(" ·"), moment_in_words(hearing.text("at")), words, tone or "neutral"
        )

    def _children_card(self) -> QFrame:
        children = sorted(self._records.get("child", ()), key=birth_order)
        lines = [self._record_line(self._child(child)) for child in children]
        return self._card("Children and where they live", "No children have been recorded.", lines)

    def _child(self, child: Record) -> tuple[str, RecordLine]:
        name = child_name(child)
        years = age(child.text("date_of_birth"), self._today)
        if child.answers.get("unborn") is True:
            due = child.text("due_date")
            years = f"due {day_in_words(due)}" if due else "not born yet"
        authority = child.text("local_authority")
        home = self._home(child.id)
        details = "\n".join(part for part in (home, label("local_authority", authority) if authority else "") if part)
        return "child", RecordLine(child.id, f"{name}, {years}" if years else name, details)

    def _home(self, child: str) -> str:
        homes = [home for home in self._records.get("placement", ()) if home.answers.get("child") == child]
        home = next(iter(lives_on(homes, self._today)), None)
        if home is None:
            return "Where the child lives has not been recorded"
        arrangement: Answer | None = home.answers.get("arrangement")
        words = label("care_arrangement", arrangement) if isinstance(arrangement, str) else NOT_KNOWN
        since = home.text("from_date")
        parts = (words, home.text("carer"), f"since {day_in_words(since)}" if since else "")
        return ", ".join(part for part in parts if part)

    def _questions_card(self) -> QFrame | None:
        """Return what of her questions and of what she waits for is open; None where nothing is."""
        still = [one for one in in_order(self._records.get("mothers_question", ())) if stage_of(one) in OPEN]
        lines = [
            self._record_line((one.form, question_line(one, self._named, self._today))) for one in still[:_QUESTIONS]
        ]
        if len(still) > _QUESTIONS:
            lines.append(self._way_to("questions", f"{len(still) - _QUESTIONS} more questions of hers"))
        return self._card("Her open questions", "", lines) if lines else None

    def _contacts_card(self) -> QFrame:
        found = latest(self._records, _CONTACTS)
        lines = [self._record_line(("contact", self._contact(record))) for record in found]
        if found:
            lines.append(self._way_to("contact", "Whole contact log"))
        return self._card("Latest contacts", "No contact has been logged yet.", lines)

    def _contact(self, record: Record) -> RecordLine:
        line = contact_line(record, self._named, self._today, 130)
        day = day_in_words(record.text("at"))
        return RecordLine(line.record_id, f"{day} · {line.title}", line.details, line.badge, line.tone)

    def _record_line(self, found: tuple[str, RecordLine]) -> QWidget:
        form, line = found
        button = LineButton(self._kit, line)
        button.setProperty("form", form)
        button.clicked.connect(self._follow)
        return button

    def _way_to(self, section: str, words: str) -> QWidget:
        button = self._kit.button(words, "clock", kind="ghost")
        button.setProperty("section", section)
        button.setProperty("form", "")
        button.clicked.connect(self._follow)
        return button

    def _documents_card(self) -> QFrame:
        rows: list[QWidget] = []
        for words, kind in (("Court dossier", "dossier"), ("Parenting-assessment summary", "assessment")):
            button = self._kit.button(words, "printer")
            button.setProperty("document", kind)
            button.clicked.connect(self._want_document)
            rows.append(button)
        return self._card("Documents", "", rows)

    def _follow(self) -> None:
        button = self.sender()
        form = str(button.property("form") or "")
        if form and isinstance(button, LineButton):
            self.record_opened.emit(form, button.record_id)
        else:
            self.section_opened.emit(str(button.property("section")))

    def _want_document(self) -> None:
        self.document_wanted.emit(self.sender().property("document"))


def _none() -> None:
    return None
