"""`tac-desktop handover`: a case file goes to another vault, for good or as a cover."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import AnswersRefused, TacError, UnknownCase

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver
    from tac_desktop.storage.store import Store

_STATES = {
    "offered": "not sent yet", "sent": "sent, not acknowledged", "taken_over": "taken over", "ended": "ended",
}  # fmt: skip


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    group: ArgumentParser = commands.add_parser("handover", help="hand over case files, and see where each stands")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    given = verbs.add_parser("give", help="the next bundle for this card then carries the whole case file")
    add_vault(given)
    given.add_argument("case", metavar="CASE", help="a case reference")
    given.add_argument("--for", dest="card", required=True, type=Path, metavar="CARD", help="an accepted card")
    given.add_argument("--cover", action="store_true", help="as a cover, not for good")
    given.add_argument("--until", default="", metavar="DATE", help="last day of a cover (YYYY-MM-DD)")
    given.add_argument("--reason", default="", help="why, in your own words")
    add_json(given)
    given.set_defaults(run=give)
    listed = verbs.add_parser("list", help="who may have what, since when, and whether it has arrived")
    add_vault(listed)
    listed.add_argument("--case", default="", metavar="CASE", help="only this case reference")
    add_json(listed)
    listed.set_defaults(run=show)
    over = verbs.add_parser("end", help="what is written from now on does not go there any more")
    add_vault(over)
    over.add_argument("id", metavar="ID", help="of the hand-over, as 'list --json' tells it")
    add_json(over)
    over.set_defaults(run=end)


def give(arguments: Namespace, console: Console) -> int:
    """Hand over a case file."""
    from tac_desktop.actions.cards import read_card_file
    from tac_desktop.actions.handing_over import hand_over, handovers

    with opened(arguments, console) as (vault, store):
        card, case_file = read_card_file(arguments.card), _case_file(store, arguments.case)
        try:
            made = hand_over(
                vault, store, case_file, card, kind="cover" if arguments.cover or arguments.until else "transfer",
                reason=arguments.reason, until=arguments.until, now=datetime.now().astimezone(),
            )  # fmt: skip
        except AnswersRefused as refused:
            raise TacError(f"{' '.join(refused.problems.values())} Nothing was written.") from refused
        one = next(one for one in handovers(vault, store, case_file) if one.record_id == made)
    console.tell(_document(one), [_line(one), *(f"Still to be done: {task}." for task in one.open_tasks)])
    return 0


def show(arguments: Namespace, console: Console) -> int:
    """List the hand-overs."""
    from tac_desktop.actions.handing_over import handovers

    today = datetime.now().astimezone().date().isoformat()
    with opened(arguments, console) as (vault, store):
        found = handovers(vault, store, _case_file(store, arguments.case) if arguments.case else None, today=today)
        names = {one.case_file: _reference(store, one.case_file) for one in found}
    documents = [{"case": names[one.case_file]} | _document(one) for one in found]
    console.tell({"handovers": documents}, [f"{names[one.case_file]}: {_line(one)}" for one in found])
    return 0


def end(arguments: Namespace, console: Console) -> int:
    """End a hand-over."""
    from tac_desktop.actions.handing_over import end_hand_over

    with opened(arguments, console) as (vault, store):
        end_hand_over(vault, store, arguments.id, now=datetime.now().astimezone())
    console.tell({"id": arguments.id, "state": "ended"}, ("The hand-over is ended.",))
    return 0


def _case_file(store: "Store", reference: str) -> str:
    case_file = case_file_id(reference)
    if store.record(case_file) is None:
        raise UnknownCase
    return case_file


def _reference(store: "Store", case_file: str) -> str:
    mother = store.record(case_file)
    return mother.text("reference") if mother else ""


def _document(one: "HandOver") -> dict[str, object]:
    inside = {"record_id", "case_file", "device"}
    return {"id": one.record_id, **{name: value for name, value in asdict(one).items() if name not in inside}}


def _line(one: "HandOver") -> str:
    kind = "Cover" if one.kind == "cover" else "Transfer"
    until = f" until {day_in_words(one.until)}" if one.until else ""
    return f"{kind} from {one.given_by} to {one.name} since {day_in_words(one.from_day)}{until}: {_STATES[one.state]}."
