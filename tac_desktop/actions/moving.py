"""Records a move of children: the homes that they leave end and the new one begins for each, all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.answers import NO_REASONS, changes_of
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer, Answers, chosen, text_of
from tac_desktop.casework.family import lives_on
from tac_desktop.casework.family_rules import WITH_HER
from tac_desktop.casework.forms.moving import LEFT, MOVE, THERE, TOLD
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.errors import AnswersRefused

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_HOME: Final = forms.ALL["placement"]
_ASKED_AS: Final[Mapping[str, str]] = {"child": "children", "to_date": "from_date", "household": "arrangement"}
"""Where a move asks what a placement asks elsewhere."""
_SAY_WHERE: Final = "Say where they live now: the care arrangement, or a brother or sister who lives there already."
_NO_HOME: Final = "Where this child lives on that day is not recorded. Answer the questions about the new home."
_NOT_ITSELF: Final = "A child cannot move to itself. Choose a brother or sister who stays there."


@permitted(Deed.WRITE_CASES)
def record_move(
    store: "Store",
    person: Person,
    case_file: str,
    *,
    answers: Answers,
    now: datetime,
    known_on: str = "",
    reasons: Mapping[str, str] = NO_REASONS,
) -> tuple[str, ...]:
    """Save a move of children of one case file; return the ids of the placements that begin, in the children's order.

    Those who move together, and those to whom they move, get the same household mark.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        answers: Those of the form MOVE.
        now: The time, with its zone.
        known_on: The ISO date from which the move is known to the service; '' for today.
        reasons: See `save_answers`.

    Raises:
        AnswersRefused: with a sentence for each field of the form MOVE that cannot stand. AnswersDoubted likewise.
        NotPermitted, CaseRestricted, UnknownRecord, FutureDay.
    """
    refuse_closed(store, case_file)
    _refuse(MOVE.problems(answers, now.date().isoformat()))
    wanted = _wanted(answers, store.records(_HOME.name, case_file))
    write = partial(
        changes_of, store, person, _HOME, now=now, case_file=case_file, known_on=known_on, reasons=reasons,
        alongside={home_id: stands for home_id, stands in wanted if home_id},
    )  # fmt: skip
    try:
        written = [write(answers=told, record_id=home_id) for home_id, told in wanted]
    except AnswersRefused as refused:
        raise type(refused)(_as_asked(refused.problems)) from None
    store.save([change for _, own in written for change in own], author=person.id, now=now)
    return tuple(made for (home_id, _), (made, _) in zip(wanted, written, strict=True) if not home_id)


def _wanted(answers: Answers, homes: Sequence[Record]) -> list[tuple[str, Answers]]:
    """Return the placements as they shall stand, by their ids; '' for those that begin, in the children's order."""
    day, children = text_of(answers, "from_date"), chosen(answers, "children")
    new, joined = _new_home(answers, homes, day)
    ended = {home.id: _ended(home, answers, day) for child in children for home in _left(homes, child, day)}
    wanted: list[tuple[str, Answers]] = [(home_id, ended[home_id]) for home_id in ended]
    if joined is not None and joined.text("household") != new.get("household", joined.text("household")):
        wanted.append((joined.id, {**joined.answers, "household": new["household"]}))
    return [*wanted, *(("", _begun(homes, child, new, day)) for child in children)]


def _refuse(problems: Mapping[str, str]) -> None:
    if problems:
        raise AnswersRefused(dict(problems))


def _as_asked(problems: Mapping[str, str]) -> dict[str, str]:
    return {_ASKED_AS.get(name, name): told for name, told in problems.items()}


def _new_home(answers: Answers, homes: Sequence[Record], day: str) -> tuple[dict[str, Answer], Record | None]:
    """Return what the new placements say, and the placement of the brother or sister to whom they move."""
    told: dict[str, Answer] = {name: answers[name] for name in THERE if answers.get(name) not in (None, "", ())}
    other = text_of(answers, "joins")
    joined = _living(homes, other, day)
    if other in chosen(answers, "children"):
        raise AnswersRefused({"joins": _NOT_ITSELF})
    if other and joined is None:
        raise AnswersRefused({"joins": _NO_HOME})
    if joined is not None:
        told = {name: joined.answers[name] for name in THERE if name in joined.answers and name != "note"} | told
    if not told.get("arrangement"):
        raise AnswersRefused({"arrangement": _SAY_WHERE})
    told |= {name: answers[name] for name in TOLD if answers.get(name) not in (None, "", ())}
    mark = joined.text("household") if joined is not None else ""
    if told["arrangement"] not in WITH_HER:
        told["household"] = mark or _next_mark(homes)
    return told, joined


def _living(homes: Sequence[Record], child: str, day: str) -> Record | None:
    return next(iter(lives_on([home for home in homes if child and home.text("child") == child], day)), None)


def _next_mark(homes: Iterable[Record]) -> str:
    """Return a household mark that no home of the case file has: 'H3'."""
    taken = {home.text("household").strip().casefold() for home in homes}
    return next(mark for number in range(1, len(taken) + 2) if (mark := f"H{number}").casefold() not in taken)


def _left(homes: Sequence[Record], child: str, day: str) -> list[Record]:
    """Return the homes of a child that go on beyond the day on which it moves."""
    own = [home for home in homes if home.text("child") == child and home.text("from_date")[:10] < day]
    return [home for home in own if not home.text("to_date") or home.text("to_date") > day]


def _ended(home: Record, answers: Answers, day: str) -> dict[str, Answer]:
    why = {name: answers[name] for name in LEFT if answers.get(name) not in (None, "", ())}
    return {**home.answers, "to_date": day, **why}


def _begun(homes: Sequence[Record], child: str, new: Mapping[str, Answer], day: str) -> dict[str, Answer]:
    """Return the placement that begins; it lasts until the next that is recorded already."""
    later = [home.text("from_date") for home in homes if home.text("child") == child and home.text("from_date") > day]
    return {"child": child, "from_date": day, **({"to_date": min(later)} if later else {}), **new}
