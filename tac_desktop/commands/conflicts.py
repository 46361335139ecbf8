"""`tac-desktop conflicts`: answers that contradict each other and are not decided yet."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_vault, opened

if TYPE_CHECKING:
    from tac_desktop.actions.conflict_sides import Side
    from tac_desktop.actions.conflicts import OpenConflict


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    parser = commands.add_parser(
        "conflicts",
        help="list answers that contradict each other",
        description="Lists the questions to which people gave different answers without knowing of each other, "
        "with all answers. They are decided in the window.",
    )
    add_vault(parser)
    parser.add_argument("--case", default="", metavar="CASE", help="only those of the case file with this reference")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """List every contradiction of the vault, those put off included."""
    from tac_desktop.actions.conflicts import open_conflicts
    from tac_desktop.actions.permitted import refuse_unpermitted
    from tac_desktop.actions.restriction import refuse_closed
    from tac_desktop.casework.permissions import Deed
    from tac_desktop.casework.record import case_file_id
    from tac_desktop.errors import CaseNotInVault

    now = datetime.now().astimezone()
    with opened(arguments, console) as (vault, store):
        refuse_unpermitted(vault, Deed.READ_CASES)
        case_file = case_file_id(arguments.case) if arguments.case else None
        if case_file and store.record(case_file) is None:
            raise CaseNotInVault("There is no such case file in this vault. Nothing was changed. Check the reference.")
        if case_file:
            refuse_closed(store, case_file)
        found = open_conflicts(vault, store, case_file, now=now)
    today = now.date().isoformat()
    console.tell({"conflicts": [_as_document(each, today) for each in found]}, _in_words(found, today))
    return 0


def _as_document(found: "OpenConflict", today: str) -> dict[str, Any]:
    return {
        "case_file": found.case_file, "name": found.case_name, "record": found.record_id, "form": found.form,
        "title": found.title, "field": found.field, "question": found.question, "open": found.is_open(today),
        "postponed_until": found.postponed_until, "answers": [_answer(side) for side in found.choices],
    }  # fmt: skip


def _answer(side: "Side") -> dict[str, Any]:
    return {
        "entry": side.cid, "value": side.value, "words": side.words, "author": side.author, "vault": side.device_name,
        "at": side.at, "clock_uncertain": side.clock_uncertain, "saw": side.saw, "known_on": side.known_on,
    }  # fmt: skip


def _in_words(found: "list[OpenConflict]", today: str) -> Iterator[str]:
    from tac_desktop.actions.conflict_sides import place_of

    if not found:
        yield "No answers contradict each other."
        return
    put_off = sum(not each.is_open(today) for each in found)
    waiting = counted(len(found) - put_off, "question waits", "questions wait")
    yield f"{waiting} for a decision" + (f", {put_off:,} put off." if put_off else ".")
    for each in found:
        later = "" if each.is_open(today) else f" (put off until {each.postponed_until})"
        yield from ("", f"{each.case_name or each.title}: {each.question} ({each.title}){later}")
        for side in each.choices:
            uncertain = ", clock uncertain" if side.clock_uncertain else ""
            yield f"  {side.words}"
            yield f"    {side.author}, {side.at[:16].replace('T', ' ')} UTC{uncertain}, in {place_of(side)}. {side.saw}"
