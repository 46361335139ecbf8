"""What happens behind 'This is the same woman as …': the search, the draft, and what is written or taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.same_woman import FORM
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.ask_texts import Asked
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.kept_question import KeptQuestion
from tac_desktop.ui.kept_typing import KeptTyping
from tac_desktop.ui.same_woman_dialog import OTHER, REASON, SameWomanDialog
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.known_women import Found
    from tac_desktop.actions.same_woman import Woman
    from tac_desktop.actions.vaults import Store
    from tac_desktop.casework.caseload import CaseloadRow

_MOST_OFFERED, _MOST_ALIKE = 8, 3
_PARTING = "parting"
"""Under which name a draft keeps why two case files are not of one woman after all."""


class SameWomanDesk(QObject):
    """Which case files are read as one with this one, written on its page."""

    changed = Signal(str)
    """Two case files are read as one, or are not any more: the one that shall be shown now."""

    def __init__(self, bench: Workbench, page: CaseScreen) -> None:
        """Take the page of the case file."""
        super().__init__()
        self._bench, self._page, self._case_file = bench, page, page.desk.case_file
        self._typing = KeptTyping(bench.means(), self._case_file, FORM)
        self.window: SameWomanDialog | None = None
        self.question: KeptQuestion | None = None
        self._this: Woman | None = None
        self._other: Woman | None = None
        page.wishes.same_woman_wanted.connect(self.open)
        page.wishes.cases_parted.connect(self.ask_to_part)

    def open(self) -> None:
        """Open the window, with what was typed there before."""
        bench = self._bench
        this = self._woman(self._case_file)
        if this is None:
            return
        try:
            kept = self._typing.found()
        except TacError as trouble:
            bench.messages.trouble(trouble)
            return
        self._this = this
        window = self.window = SameWomanDialog(bench.kit, this, self._find, self._page)
        window.other_chosen.connect(self._show_other)
        if kept is not None:
            other = self._woman(str(kept.typed.get(OTHER) or "")) if kept.typed.get(OTHER) else None
            window.restore(kept.typed, f"{other.name} · {other.reference}" if other else "")
        window.submitted.connect(self._join)
        window.typed.connect(self._typing.keep)
        window.discarded.connect(self._typing.forget)
        window.finished.connect(self._closed)
        window.open()
        window.take_keyboard()
        self._look_for_alike(this)

    def settle(self) -> None:
        """Have what was typed kept, now."""
        if self.window is not None:
            self.window.settle()

    def ask_to_part(self, record: str) -> None:
        """Ask why two case files are not of one woman after all."""
        words = self.tr(
            "Each case file is as it was before. What was written since they were joined stays where it was written: "
            "what was new went into the one that counts."
        )
        asked = Asked(self.tr("Why it is not the same woman"), long=True)
        title, go = self.tr("Take back that it is the same woman"), self.tr("Take back")
        kept = KeptTyping(self._bench.means(), self._case_file, _PARTING, record).one("why")
        window = self.question = KeptQuestion(self._bench.kit, title, words, asked, go, kept, self._page)
        window.setProperty("record", record)
        window.typed.connect(self._part)
        window.finished.connect(self._question_closed)
        window.open()

    def _woman(self, case_file: str) -> "Woman | None":
        from tac_desktop.actions.same_woman import woman_of

        try:
            found = woman_of(self._bench.store, case_file)
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
            return None
        self._bench.viewed(case_file)  # her children stand there, and when she was here
        return found

    def _find(self, typed: str) -> Sequence[tuple[str, str]]:
        from tac_desktop.actions import caseload

        bench = self._bench
        found = caseload.numbers(bench.store, bench.person, bench.today(), "all", order="name", typed=typed)
        rows = caseload.page(bench.store, found[: _MOST_OFFERED + 1])
        return [(row.case_file, _in_words(row)) for row in rows if row.case_file != self._case_file][:_MOST_OFFERED]

    def _look_for_alike(self, this: "Woman") -> None:
        case_file = self._case_file

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.known_women import Typed, known_women, read_women

            yield 0, 1
            typed = Typed(name=this.name, also=this.also, prison_number=this.prison_number, born=this.born)
            return known_women(store, read_women(store), typed, but=[case_file])

        self._bench.run(self._bench.with_store(action), self._offer, asked=False)

    def _offer(self, found: object) -> None:
        if self.window is not None:
            fits = cast("Found", found).fits[:_MOST_ALIKE]
            self.window.offer([(fit.row.case_file, f"{fit.row.name} · {fit.row.reference}") for fit in fits])

    def _show_other(self, case_file: str) -> None:
        other = self._woman(case_file)
        if other is None or self.window is None or self._this is None:
            return
        self._other = other
        older = min(self._this, other, key=lambda woman: (woman.begun, woman.reference))
        self.window.show_other(other, older.case_file)

    def _join(self, other: str, first: str, reason: str) -> None:
        bench, case_file, now = self._bench, self._case_file, self._bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.same_woman import join_cases

            yield 0, 1
            return join_cases(store, bench.person, case_file, other, first=first, reason=reason, now=now)

        bench.run(bench.with_store(action), self._joined, self._refused)

    def _joined(self, first: object) -> None:
        self._typing.forget()
        if self.window is not None:
            self.window.accept()
        self.changed.emit(str(first))
        self._bench.messages.say(self._words_of_joining())

    def _words_of_joining(self) -> str:
        words = self.tr("They are read as one case file from now on. You can take it back at any time.")
        both = set(self._this.children) & set(self._other.children) if self._this and self._other else set[str]()
        if both:
            twice = self.tr("{name} stands in both: under ‘Children’, ‘Two of these are one’ makes one child of them.")
            words = f"{words} {twice.format(name=', '.join(sorted(both)))}"
        return words

    def _refused(self, trouble: object) -> None:
        if isinstance(trouble, AnswersRefused) and self.window is not None:
            self.window.refuse({REASON: self.tr("Say by what you know that it is the same woman.")})
        elif isinstance(trouble, TacError) and self.window is not None:
            self.window.refuse({OTHER: str(trouble)})
        else:
            self._bench.messages.trouble(trouble)

    def _part(self, texts: tuple[str, ...]) -> None:
        bench, now, window = self._bench, self._bench.moment(), self.question
        if window is None:
            return
        record, reason = str(window.property("record")), texts[0]
        window.set_busy(busy=True)

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.same_woman import part_cases

            yield 0, 1
            return part_cases(store, bench.person, record, reason=reason, now=now)

        bench.run(bench.with_store(action), self._was_parted, self._not_parted)

    def _was_parted(self, _second: object) -> None:
        if self.question is not None:
            self.question.accept()
        self.changed.emit(self._case_file)
        self._bench.messages.say(self.tr("Each case file stands alone again."))

    def _not_parted(self, trouble: object) -> None:
        if self.question is not None and isinstance(trouble, TacError):
            self.question.refuse(str(trouble))
        else:
            self._bench.messages.trouble(trouble)

    def _question_closed(self, _result: int) -> None:
        self.question = None

    def _closed(self, _result: int) -> None:
        if self.window is not None:
            self.window.settle()
        self.window = None


def _in_words(row: "CaseloadRow") -> str:
    return " · ".join(part for part in (row.name, row.reference, row.prison_number) if part)
