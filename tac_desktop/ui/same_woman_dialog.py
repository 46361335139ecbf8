"""'This is the same woman as …': another case file is chosen, both are seen side by side, and a reason is given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.case_picker import CasePicker, Found
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.error_summary import ErrorSummary
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.text_editor import TextBox

if TYPE_CHECKING:
    from tac_desktop.actions.same_woman import Woman

_NARROW_BELOW = 560
OTHER, FIRST, REASON = "other", "first", "reason"


def _tr(text: str) -> str:
    return QCoreApplication.translate("SameWomanDialog", text)


def facts_of(woman: "Woman") -> list[tuple[str, str]]:
    """Return what tells whose case file it is, as captions and words; what is not known says so."""
    told = _tr("Not written down")
    episodes = [_episode(*one) for one in woman.episodes]
    return [
        (_tr("Also called"), ", ".join(woman.also) or told),
        (_tr("Prison number"), woman.prison_number or told),
        (_tr("Born"), day_in_words(woman.born) if woman.born else told),
        (_tr("Prison"), label("prison", woman.prison) if woman.prison else told),
        (_tr("Children"), ", ".join(woman.children) or told),
        (_tr("Episodes"), "; ".join(episodes) or told),
        (_tr("Contacts"), f"{woman.contacts:,}"),
        (_tr("Since"), day_in_words(woman.begun)),
    ]


def _episode(opened: str, closed: str) -> str:
    begun = day_in_words(opened) if opened else _tr("not known")
    return _tr("{opened} to {closed}").format(opened=begun, closed=day_in_words(closed)) if closed else _tr(
        "since {opened}"
    ).format(opened=begun)  # fmt: skip


def compared(one: "Woman", two: "Woman") -> Iterator[tuple[str, str]]:
    """Yield what speaks for one woman and what against it: a tone, and a sentence."""
    pairs = (
        (one.prison_number, two.prison_number, _tr("The prison number is the same."),
         _tr("The prison numbers are different. Look twice: a woman keeps hers.")),
        (one.born, two.born, _tr("The date of birth is the same."),
         _tr("The dates of birth are different. Look twice.")),
    )  # fmt: skip
    for first, second, same, otherwise in pairs:
        if first and second:
            yield ("ok", same) if first == second else ("warn", otherwise)
    shared = sorted(set(one.children) & set(two.children))
    if shared:
        yield "ok", _tr("Children of the same name: {names}.").format(names=", ".join(shared))


class SideBySide(QFrame):
    """Two case files beside each other, line by line, with the choice which of them counts."""

    def __init__(self, kit: Kit, this: "Woman", other: "Woman", first: str, *, narrow: bool) -> None:
        """Take both women, and the case file that counts until the other one is chosen."""
        super().__init__()
        self.setProperty("role", "card")
        self._women = (this, other)
        group = QButtonGroup(self)
        self.counts = [QRadioButton(_tr("{reference} counts").format(reference=one.reference)) for one in self._women]
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(*(kit.px(16),) * 4)
        grid.setHorizontalSpacing(kit.px(16))
        grid.setVerticalSpacing(kit.px(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        titles = (_tr("This case file"), _tr("The other one"))
        for column, (title, woman) in enumerate(zip(titles, self._women, strict=True), 1):
            name = kit.label(woman.name, "h3", wrap=True)
            grid.addLayout(kit.column(kit.label(title, "caption"), name, kit.label(woman.reference, "hint"), gap=0), 0,
                           column)  # fmt: skip
        for (caption, one), (_, two) in zip(facts_of(this), facts_of(other), strict=True):
            self._add(kit, caption, (one, two), narrow=narrow)
        for woman, choice in zip(self._women, self.counts, strict=True):
            choice.setAccessibleDescription(_tr("Her name, numbers and baseline tracker are those of this case file."))
            choice.setChecked(woman.case_file == first)
            group.addButton(choice)
            grid.addWidget(choice, grid.rowCount(), 0, 1, 3)

    def _add(self, kit: Kit, caption: str, words: Sequence[str], *, narrow: bool) -> None:
        """Add a line: the caption beside both answers, or above them where there is little room."""
        row = self._grid.rowCount()
        self._grid.addWidget(kit.label(caption, "caption"), row, 0, 1, 3 if narrow else 1, Qt.AlignmentFlag.AlignTop)
        for column, each in enumerate(words, 1):
            cell = kit.label(each, wrap=True)
            self._grid.addWidget(cell, row + narrow, column, Qt.AlignmentFlag.AlignTop)

    def choose(self, case_file: str) -> None:
        """Let a case file count; any other id changes nothing."""
        for woman, choice in zip(self._women, self.counts, strict=True):
            if woman.case_file == case_file:
                choice.setChecked(True)

    def first(self) -> str:
        """Return the case file that counts."""
        pairs = zip(self._women, self.counts, strict=True)
        return next((woman.case_file for woman, choice in pairs if choice.isChecked()), "")


class SameWomanDialog(LinedDialog):
    """Nothing is changed before both are seen and a reason is given. Closing it keeps what was typed as a draft."""

    submitted = Signal(str, str, str)
    """The other case file, the one that counts, the reason. Answer with `refuse`, or by closing the window."""
    other_chosen = Signal(str)
    """Another case file was chosen. Answer with `show_other`."""
    typed = Signal(object)
    """A dict that the draft must keep."""
    discarded = Signal()
    """The draft shall go; the window closes."""

    def __init__(self, kit: Kit, this: "Woman", find: Callable[[str], Found], parent: QWidget) -> None:
        """Take the woman of this case file, and what finds others by typed words."""
        super().__init__(kit, "The same woman", (760, 760), parent)
        self._kit, self._this = kit, this
        self._other: Woman | None = None
        self._clock = DraftClock(self)
        self.summary = ErrorSummary(kit)
        self.picker = CasePicker(kit, _tr("The other case file"), find)
        self.alike = kit.flow(gap=8)
        self._alike_words = kit.label(_tr("Most like her:"), "hint")
        self._both = kit.column()
        self._compared = kit.column(gap=4)
        self.both: SideBySide | None = None
        self.reason = TextBox(kit, _tr("By what you know that it is the same woman"))
        self.join = kit.button(_tr("Read them as one"), "link", kind="primary")
        self.throw_away = kit.button(_tr("Cancel"))
        self._build()
        self.picker.chosen.connect(self._chosen)
        self.reason.textChanged.connect(self._clock.touch)
        self._clock.due.connect(self._keep)
        self.join.clicked.connect(self.submit)
        self.throw_away.clicked.connect(self._discard)
        self.summary.followed.connect(self._follow)

    def take_keyboard(self) -> None:
        """Begin with the other case file."""
        self.picker.setFocus()

    def offer(self, found: Sequence[tuple[str, str]]) -> None:
        """Offer case files that are most like hers, as (id, words)."""
        clear(self.alike)
        for case_file, words in found:
            button = self._kit.button(words, kind="link", name=f"{_tr('Most like her')}: {words}")
            button.clicked.connect(partial(self.picker.choose, case_file, words))
            self.alike.addWidget(button)
        self._alike_words.setVisible(bool(found))

    def show_other(self, other: "Woman", first: str) -> None:
        """Show both side by side; `first` is the one that counts until another one is chosen."""
        self._other = other
        self._empty()
        narrow = self.width() < self._kit.px(_NARROW_BELOW)
        self.both = SideBySide(self._kit, self._this, other, first, narrow=narrow)
        for choice in self.both.counts:
            choice.toggled.connect(self._clock.touch)
        self._both.addWidget(self.both)
        for tone, words in compared(self._this, other):
            icon = "circle-check" if tone == "ok" else "triangle-alert"
            row = self._kit.row(self._kit.picture(icon, tone), self._kit.label(words, wrap=True), gap=8)
            row.setStretch(1, 1)
            self._compared.addLayout(row)

    def restore(self, typed: Mapping[str, object], words: str) -> None:
        """Bring back what a draft kept; `words` name the other case file."""
        if typed.get(OTHER) and words:
            self.picker.choose(str(typed[OTHER]), words)
        if self.both is not None:
            self.both.choose(str(typed.get(FIRST) or ""))
        self.reason.show_words(str(typed.get(REASON) or ""))
        self._clock.stop()

    def draft(self) -> dict[str, object]:
        """Return what the draft must keep."""
        return {OTHER: self.picker.case_file(), FIRST: self.first(), REASON: self.reason.words()}

    def first(self) -> str:
        """Return the case file that counts, '' as long as there is no other one."""
        return self.both.first() if self.both is not None else ""

    def settle(self) -> None:
        """Have what was typed kept, now."""
        self._clock.flush()

    def submit(self) -> None:
        """Hand in what was chosen."""
        self.settle()
        self.refuse({})
        if self._other is None:
            self.refuse({OTHER: _tr("Choose the other case file.")})
            return
        self._set_busy(busy=True)
        self.submitted.emit(self._other.case_file, self.first(), self.reason.words().strip())

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong; everything typed stays."""
        self._set_busy(busy=False)
        self.picker.complain(wrong=OTHER in problems)
        restyle(self.reason, error="true" if REASON in problems else "false")
        self.summary.show_problems(list(problems.items()))

    def _set_busy(self, *, busy: bool) -> None:
        """Let nothing be handed in twice, and nothing be thrown away, while it is written."""
        for button in (self.join, self.throw_away):
            button.setEnabled(not busy)

    def _build(self) -> None:
        kit = self._kit
        means = _tr(
            "Both are read as one case file from then on: one line in the caseload, one woman in the evaluation. "
            "Nothing is moved or deleted, each keeps its reference, and you can take it back. Of what a case file has "
            "once, her name and the baseline tracker, one counts and the other stands beside it."
        )
        column = kit.column(
            kit.label(_tr("This is the same woman as …"), "h2", wrap=True),
            kit.label(means, wrap=True),
            self.summary,
            kit.field(_tr("The other case file"), self.picker),
            kit.flow(self._alike_words, self.alike, gap=8),
            self._compared,
            self._both,
            kit.field(_tr("By what you know that it is the same woman"), self.reason,
                      _tr("Whoever opens the case file can read it.")),
            kit.flow(self.join, self.throw_away, gap=12),
            None,
            gap=14,
        )  # fmt: skip
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside = QFrame()
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.offer(())

    def _empty(self) -> None:
        clear(self._both)
        clear(self._compared)
        self.both = None

    def _chosen(self, case_file: str) -> None:
        self._other = None
        self._empty()
        self._clock.touch()
        if case_file:
            self.other_chosen.emit(case_file)

    def _keep(self) -> None:
        self.typed.emit(self.draft())

    def _follow(self, name: str) -> None:
        (self.picker if name == OTHER else self.reason).setFocus()

    def _discard(self) -> None:
        self._clock.stop()
        self.discarded.emit()
        self.reject()
