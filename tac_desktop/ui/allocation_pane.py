"""Who is each child’s social worker now, since when, was she told: the answer at one look, and what to do about it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tac_desktop.casework.allocation import (
    FORM,
    Allocation,
    changes,
    earlier,
    professionals_round,
    together,
)
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.case_view import in_words
from tac_desktop.casework.days import add_months
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import child_name
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.words import counted

MOST_BEFORE = 3


class AllocationPane(QFrame):
    """One card for the children of whom the same is told: who it is, and what there is to do about it."""

    opened = Signal(str, str)
    """The form's name and the record's id."""
    begun = Signal(str, object)
    """A new record of a form is wanted, with these answers to begin with."""
    told = Signal(str)
    """She was told today of the social worker in this record."""
    letter_wanted = Signal(str)
    """A letter shall be drawn to the social worker in this record."""

    def __init__(
        self,
        kit: Kit,
        records: Mapping[str, Sequence[Record]],
        today: str,
        *,
        may_write: bool = True,
        may_issue: bool = True,
    ) -> None:
        """Take the records of the case file by form, and today's ISO date."""
        super().__init__()
        self._kit, self._today, self._may_write, self._may_issue = kit, today, may_write, may_issue
        self._children, self._workers = records.get("child", ()), records.get(FORM, ())
        self.buttons: list[QPushButton] = []
        column = kit.column(kit.label(self.tr("Who is it now?"), "h2", wrap=True), gap=12)
        column.addWidget(kit.label(self._summary(), "hint", wrap=True))
        for several, now in together(self._children, self._workers, today):
            column.addWidget(self._card(several, now))
        self.setLayout(kit.narrow(column))

    def _summary(self) -> str:
        if not self._children:
            return self.tr("No child is recorded yet. Add the children first: each has a social worker of its own.")
        round_them = professionals_round(self._children, self._workers, self._today)
        authorities = len({place for one in round_them if (place := one.text("local_authority"))})
        year = add_months(self._today, -12)
        turned = sum(changes(child, self._workers, year, self._today) for child in self._children)
        words = counted(len(round_them), self.tr("1 social worker"), self.tr("{n} social workers"))
        place = counted(authorities, self.tr("1 local authority"), self.tr("{n} local authorities"))
        often = counted(turned, self.tr("1 change in the last 12 months"), self.tr("{n} changes in the last 12 months"))
        return self.tr("{workers} round her children, {authorities}; {changes}.").format(
            workers=words, authorities=place, changes=often
        )

    def _card(self, children: Sequence[Record], now: Allocation) -> QWidget:
        kit = self._kit
        card, inside = kit.card(18, 6)
        names = _listed([child_name(child) for child in children])
        inside.addWidget(kit.label(names, "label", wrap=True))
        who, (badge, tone) = _who(now), self._badge(now)
        title = kit.label(who, "h2", wrap=True)
        title.setAccessibleName(". ".join(part for part in (f"{names}: {who}", badge) if part))
        inside.addLayout(kit.flow(title, *([kit.badge(badge, tone)] if badge else []), gap=12))
        for words in (self._details(now), self._before(children, now)):
            if words:
                inside.addWidget(kit.label(words, "hint", wrap=True))
        if buttons := self._to_do(children, now):
            inside.addSpacing(kit.px(4))
            inside.addLayout(kit.flow(*buttons))
        return card

    def _badge(self, now: Allocation) -> tuple[str, str]:
        match now.state:
            case "named" if now.told:
                return self.tr("she was told {day}").format(day=day_in_words(now.told)), "ok"
            case "named" if now.is_untold:
                return self.tr("she was not told"), "warn"
            case "unknown":
                return self._how_long(now.since), "danger"
            case "not_recorded":
                return self.tr("to be found out"), "warn"
            case _:
                return "", ""

    def _how_long(self, since: str) -> str:
        if len(since) < len(self._today):
            return self.tr("to be found out")
        days = (date.fromisoformat(self._today) - date.fromisoformat(since)).days
        return counted(days, self.tr("for 1 day"), self.tr("for {n} days")) if days else self.tr("since today")

    def _details(self, now: Allocation) -> str:
        parts = [self.tr("since {day}").format(day=day_in_words(now.since))] if now.since else []
        about = now.record
        if now.state == "named" and about is not None:
            parts = parts or [self.tr("since when is not recorded")]
            parts += [in_words(about, "team"), in_words(about, "local_authority"), about.text("phone")]
            if now.others:
                others = _listed([_with_team(one) for one in now.others])
                parts.append(self.tr("beside: {others}").format(others=others))
        if about is not None and about.text("asked_of"):
            asked = day_in_words(about.text("asked_on")) if about.text("asked_on") else ""
            parts.append(self.tr("asked of {whom} {day}").format(whom=about.text("asked_of"), day=asked).strip())
        return " · ".join(part for part in parts if part)

    def _before(self, children: Sequence[Record], now: Allocation) -> str:
        before = earlier(children, self._workers, now)
        if not before:
            return ""
        names = _listed([_with_days(one) for one in before[:MOST_BEFORE]])
        turned = max(changes(child, self._workers) for child in children)
        often = counted(turned, self.tr("Changed once."), self.tr("Changed {n} times.")) if turned else ""
        return f"{often} {self.tr('Before: {names}.').format(names=names)}".strip()

    def _to_do(self, children: Sequence[Record], now: Allocation) -> list[QPushButton]:
        linked: dict[str, Answer] = {"children": tuple(child.id for child in children)}
        unknown = linked | {"current_unknown": True, "from_date": self._today}
        names = _listed([child_name(child) for child in children])
        buttons = list[QPushButton]()
        if self._may_write and now.is_untold and now.record:
            tell = partial(self.told.emit, now.record.id)
            buttons.append(self._button(self.tr("She was told today"), "circle-check", names, tell, first=True))
        if self._may_write:
            is_new = self.tr("Somebody else now") if now.state == "named" else self.tr("It is known who it is")
            begin = partial(self.begun.emit, FORM, linked)
            buttons.append(self._button(is_new, "plus", names, begin, first=now.state != "named"))
        if self._may_issue and now.state == "named" and now.record:
            letter = partial(self.letter_wanted.emit, now.record.id)
            buttons.append(self._button(self.tr("Letter that introduces us"), "printer", names, letter))
        if self._may_write and now.state != "unknown":
            lose = partial(self.begun.emit, FORM, unknown)
            buttons.append(self._button(self.tr("Nobody knows who it is"), "", names, lose))
        about = now.record or now.last
        if about is not None:
            buttons.append(self._button(self.tr("Open"), "pencil", names, partial(self.opened.emit, FORM, about.id)))
        return buttons

    def _button(
        self, words: str, icon: str, names: str, do: Callable[[], object], *, first: bool = False
    ) -> QPushButton:
        button = self._kit.button(words, icon, kind="primary" if first else "", name=f"{words}: {names}")
        button.clicked.connect(do)
        self.buttons.append(button)
        return button


def _who(now: Allocation) -> str:
    match now.state:
        case "named" if now.record:
            return now.record.text("name") or now.record.text("worker_reference") or _tr("Not named")
        case "unknown":
            return _tr("Nobody knows who it is")
        case "none":
            return _tr("None is allocated")
        case _:
            return _tr("Not recorded")


def _with_team(worker: Record) -> str:
    team = in_words(worker, "team")
    return f"{worker.text('name')} ({team})" if team else worker.text("name")


def _with_days(worker: Record) -> str:
    begun, ended = (day_in_words(worker.text(name)) for name in ("from_date", "to_date"))
    days = f"{begun} – {ended}" if begun and ended else ""
    if not days and (begun or ended):
        days = _tr("from {day}").format(day=begun) if begun else _tr("until {day}").format(day=ended)
    return f"{worker.text('name')} ({days})" if days else worker.text("name")


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return names[0] if names else ""
    return _tr("{several} and {last}").format(several=", ".join(names[:-1]), last=names[-1])


def _tr(text: str) -> str:
    return QCoreApplication.translate("AllocationPane", text)
