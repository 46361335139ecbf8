"""What is looked for in the contact log: words, and on demand a counterpart, a child, a kind, attempts, a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.contact_thread import EVERYTHING, ThreadFilter
from tac_desktop.casework.fields import is_day
from tac_desktop.ui.date_editors import DayBox
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.lookup import Lookup, Option

_PAUSE = 150


class ThreadFilterBar(QFrame):
    """One line; the rest is built when it is first wanted: who was spoken with is not reckoned for nothing."""

    changed = Signal()

    def __init__(self, around: Circumstances, whom: Callable[[], Sequence[Option]], children: Sequence[Option]) -> None:
        """Take what gives the counterparts of the log, and the children as (id, words)."""
        super().__init__()
        kit = self._kit = around.kit
        self._around, self._whom, self._children = around, whom, children
        self.words = kit.entry("Find in the contact log", placeholder="Words, a name, an agency")
        self.words.setMinimumWidth(kit.px(240))
        self.more = kit.button("Choose more closely", "search", kind="ghost")
        self.clear = kit.button("Show everything", "x", kind="ghost")
        self._rest: _Rest | None = None
        self._column = kit.column(kit.flow(self.words, self.more, self.clear, gap=8), gap=8)
        self.setLayout(self._column)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._say)
        self.words.textEdited.connect(self._typed)
        self.more.clicked.connect(self.open)
        self.clear.clicked.connect(self._clear)
        self.clear.hide()

    def wanted(self) -> ThreadFilter:
        """Return what is chosen."""
        words = " ".join(self.words.text().split())
        return self._rest.wanted(words) if self._rest is not None else ThreadFilter(words=words)

    def open(self) -> None:
        """Show everything by which one can choose, and put the keyboard there."""
        if self._rest is None:
            self._rest = _Rest(self._around, self._whom(), self._children)
            self._rest.changed.connect(self._say)
            self._column.addWidget(self._rest)
            self.more.hide()
            self._rest.show()  # what is not shown yet takes no keyboard
        self._rest.whom.setFocus()

    def rest(self) -> "_Rest | None":
        """Return what was opened by `open`, None before."""
        return self._rest

    def _typed(self, _text: str) -> None:
        self._timer.start()

    def _say(self) -> None:
        self.clear.setVisible(self.wanted() != EVERYTHING)
        self.changed.emit()

    def _clear(self) -> None:
        self.words.clear()
        if self._rest is not None:
            self._rest.clear()
        self.words.setFocus()
        self._say()


class _Rest(QFrame):
    """Counterpart, child, kind, attempts, waiting, and a time."""

    changed = Signal()

    def __init__(self, around: Circumstances, whom: Sequence[Option], children: Sequence[Option]) -> None:
        super().__init__()
        kit = around.kit
        self.whom = Lookup(kit, "With whom", whom)
        self.kind = Lookup(kit, "Kind of contact", [(c.code, c.label) for c in code_list("contact_log_type").codes])
        self.child = Lookup(kit, "About which child", children)
        self.first = DayBox(around, "From day", ahead=False)
        self.last = DayBox(around, "Until day", ahead=False)
        self.attempts = kit.check("Attempts only", self._say)
        self.waiting = kit.check("Waiting for an answer", self._say)
        self.unrecorded = kit.check("Not yet in NOMIS/DPS", self._say)
        days = kit.flow(*(kit.column(kit.label(words, "caption"), box, box.echo, gap=2) for words, box in
                          (("From day", self.first), ("Until day", self.last))), gap=16, top=True)  # fmt: skip
        found = (("With whom", self.whom), ("Kind of contact", self.kind), ("About which child", self.child))
        lookups = kit.flow(*(kit.column(kit.label(words, "caption"), box, gap=2) for words, box in found), gap=16)
        self.setLayout(kit.column(lookups, days, kit.flow(self.attempts, self.waiting, self.unrecorded, gap=20), gap=8))
        for lookup in (self.whom, self.kind, self.child):
            lookup.currentIndexChanged.connect(self.changed)
            lookup.line().editingFinished.connect(self.changed)
        for box in (self.first, self.last):
            box.changed.connect(self.changed)

    def wanted(self, words: str) -> ThreadFilter:
        """Return what is chosen; a word that is still being typed, or no day, chooses nothing."""
        return ThreadFilter(
            whom=_chosen(self.whom), child=_chosen(self.child), kind=_chosen(self.kind),
            attempts=self.attempts.isChecked(), waiting=self.waiting.isChecked(), words=words,
            unrecorded=self.unrecorded.isChecked(),
            first=_day(self.first), last=_day(self.last),
        )  # fmt: skip

    def clear(self) -> None:
        """Choose nothing."""
        for lookup in (self.whom, self.kind, self.child):
            lookup.setCurrentIndex(0)
        for box in (self.first, self.last):
            box.show_day("")
        self.attempts.setChecked(False)
        self.waiting.setChecked(False)
        self.unrecorded.setChecked(False)

    def _say(self, _on: bool) -> None:
        self.changed.emit()


def _chosen(lookup: Lookup) -> str:
    code = lookup.code()
    return code if code and lookup.findData(code) >= 0 else ""


def _day(box: DayBox) -> str:
    return box.day() if is_day(box.day()) else ""
