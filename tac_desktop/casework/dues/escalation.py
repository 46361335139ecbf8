"""Who was asked and has not answered: since when, who is turned to next and when, and how long answers took.

A contact that waits for something is a question to somebody. Further contacts ask again, or bring the answer; a tie
(`contact_tie`) says to which question they go back. The days are house rules (resources/escalation.toml).
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.days import add_days, days_between
from tac_desktop.casework.evaluation.arithmetic import middle_of
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.paths import resources

TIE: Final = "contact_tie"


@dataclass(frozen=True)
class HouseRules:
    """After how many days something is seen to again."""

    steps: Mapping[str, int]
    """The codes of 'escalation_step' in the order in which they are asked, each with the days that it is given."""
    pass_on: int
    """Days until a question of hers is passed on."""
    ask_again: int
    """Days until it is asked after."""
    tell: int
    """Days from the answer until she is told."""
    tell_news: int
    """Days from the coming of news until she is told."""
    prepare: int
    """Days before a hearing by which she has been prepared."""


@dataclass(frozen=True)
class Asked:
    """One time that somebody was asked: in which contact, when (ISO day), and at which level."""

    contact: str
    on: str
    level: str


@dataclass(frozen=True)
class Question:
    """What somebody owes an answer to."""

    contact: Record
    """In which it was asked first."""
    times: tuple[Asked, ...]
    """All the times that it was asked, the first one first."""
    answered_on: str
    """The ISO day of the answer; '' while there is none, or where it is only said that it is done."""
    is_open: bool

    @property
    def since(self) -> str:
        """The ISO day on which it was asked first."""
        return self.times[0].on

    @property
    def level(self) -> str:
        """The highest level that was asked: a code of 'escalation_step'."""
        order = list(rules().steps)
        return max((time.level for time in self.times), key=order.index)

    @property
    def next_level(self) -> str:
        """Who is turned to next, '' where nobody is above the last."""
        order = list(rules().steps)
        return next(iter(order[order.index(self.level) + 1 :]), "")

    @property
    def next_on(self) -> str:
        """The ISO day from which it is seen to again: the one that was written down, else that of the house rule."""
        last = max(time.on for time in self.times)
        wanted = self.contact.text("follow_up_by")
        if wanted and wanted >= last:
            return wanted
        return add_days(last, rules().steps[self.level])

    @property
    def days(self) -> int | None:
        """How many days the answer took, None while there is none."""
        return days_between(self.since, self.answered_on) if self.answered_on else None

    def waited(self, today: str) -> int:
        """Return for how many days there has been no answer."""
        return max(0, days_between(self.since, self.answered_on or today))


@dataclass(frozen=True)
class Speed:
    """How quickly one kind of counterpart answers."""

    whom: str
    """A code of 'contact_with'; '' where it was not said whom."""
    asked: int
    answered: int
    median: int | None
    """Days from asking to the answer, the middle one of all; None while nobody has answered."""
    longest_open: int | None
    """For how many days the oldest open one waits; None where none does."""


@cache
def rules() -> HouseRules:
    """Return the house rules, read once from the program's own resource file."""
    told = tomllib.loads((resources() / "escalation.toml").read_text("utf-8"))
    return HouseRules(
        steps=MappingProxyType(told["steps"]), pass_on=told["questions"]["pass_on"],
        ask_again=told["questions"]["ask_again"], tell=told["questions"]["tell"], tell_news=told["updates"]["tell"],
        prepare=told["hearings"]["prepare"],
    )  # fmt: skip


def is_open(contact: Record) -> bool:
    """Say whether a contact waits for an answer."""
    return bool(
        contact.text("waiting_for")
        and not contact.text("answered_on")
        and contact.answers.get("followed_up") is not True
    )


def questions(records: RecordsByForm) -> list[Question]:
    """Return what was asked in one case file, open or answered, the oldest first; see `questions_among`."""
    return questions_among(records.get("contact", ()), records.get(TIE, ()))


def questions_among(contacts: Iterable[Record], ties: Iterable[Record]) -> list[Question]:
    """Return what was asked in these contacts, the oldest first.

    Args:
        contacts: Those that wait or waited, and those that go back to them.
        ties: What belongs together.
    """
    contacts, ties = list(contacts), list(ties)
    # a full case file has thousands of contacts, in most of which nothing was asked
    wanted = {one.id for one in contacts if one.text("waiting_for")} | {tie.text("contact") for tie in ties}
    known = {(one.case_file, one.id): one for one in contacts if one.id in wanted} if wanted else {}
    again: dict[tuple[str, str], list[Record]] = {}
    answers: dict[tuple[str, str], list[Record]] = {}
    for tie in ties:
        later = known.get((tie.case_file, tie.text("contact")))
        if later is not None and tie.text("goes_back_to") != later.id:
            into = answers if tie.answers.get("is_answer") is True else again
            into.setdefault((tie.case_file, tie.text("goes_back_to")), []).append(later)
    made = [
        _question(contact, again.get(key, ()), answers.get(key, ()))
        for key, contact in known.items()
        if contact.text("waiting_for") and contact.text("at")
    ]
    return sorted(made, key=lambda one: (one.since, one.contact.id))


def speeds(found: Iterable[Question], today: str) -> list[Speed]:
    """Return how quickly each kind of counterpart answers, who was asked most often first; each asked counts once."""
    by_whom: dict[str, list[Question]] = {}
    for question in found:
        for whom in chosen(question.contact.answers, "with_whom") or ("",):
            by_whom.setdefault(whom, []).append(question)
    made = [_speed(whom, several, today) for whom, several in by_whom.items()]
    return sorted(made, key=lambda speed: (-speed.asked, speed.whom))


def _speed(whom: str, several: Sequence[Question], today: str) -> Speed:
    took = [question.days for question in several if question.days is not None]
    waits = [question.waited(today) for question in several if question.is_open]
    return Speed(whom, len(several), len(took), middle_of(took) if took else None, max(waits, default=None))


def _question(contact: Record, again: Sequence[Record], answers: Sequence[Record]) -> Question:
    later = sorted((one for one in again if one.text("at")), key=lambda one: (one.text("at"), one.id))
    first = Asked(contact.id, contact.text("at")[:10], _level(contact, "worker"))
    times = [first]
    for one in later:
        times.append(Asked(one.id, max(one.text("at")[:10], first.on), _level(one, times[-1].level)))
    told = contact.text("answered_on") or min((a.text("at")[:10] for a in answers if a.text("at")), default="")
    answered = max(told, first.on) if told else ""
    return Question(contact, tuple(times), answered, is_open(contact) and not answered)


def _level(contact: Record, otherwise: str) -> str:
    level = contact.text("asked_level")
    return level if level in rules().steps else otherwise
