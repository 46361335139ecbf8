"""`tac-desktop inbox` and `receipt`: all bundles of a folder at once, and how a sender learns that hers arrived."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console
from tac_desktop.commands.exchange import imported_words
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import BundleNotForUs, NoCode

if TYPE_CHECKING:
    from tac_desktop.actions.inbox import InboxOutcome


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the commands to the command line."""
    inbox: ArgumentParser = commands.add_parser("inbox", help="take in every bundle of a folder that can be taken in")
    add_vault(inbox)
    inbox.add_argument("folder", type=Path, metavar="FOLDER", help="where bundles arrive")
    add_json(inbox)
    inbox.set_defaults(run=take_in)
    group: ArgumentParser = commands.add_parser("receipt", help="say, or hear, that a bundle has arrived")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    written = verbs.add_parser("write", help="a small bundle that only tells what was taken in from its recipient")
    add_vault(written)
    written.add_argument("--for", dest="card", required=True, type=Path, metavar="CARD", help="an accepted card")
    written.add_argument("--to", required=True, type=Path, metavar="FILE")
    add_json(written)
    written.set_defaults(run=write)
    entered = verbs.add_parser("enter", help="note by the receiver's code that a bundle of this vault has arrived")
    add_vault(entered)
    entered.add_argument("--code", default="", help="as it was read out; asked for otherwise")
    entered.add_argument("--bundle", default="", metavar="ID", help="only this bundle")
    add_json(entered)
    entered.set_defaults(run=enter)


def take_in(arguments: Namespace, console: Console) -> int:
    """Take in a folder; 1 if a bundle that is for this vault could not be."""
    from tac_desktop.actions.inbox import take_in_all

    with opened(arguments, console) as (vault, store):
        steps = take_in_all(vault, store, arguments.folder, now=datetime.now().astimezone())
        outcomes = console.follow(steps, "Taking in")
    console.tell({"files": [_document(one) for one in outcomes]}, _words(outcomes))
    return int(any(one.trouble and not isinstance(one.trouble, BundleNotForUs) for one in outcomes))


def _document(one: "InboxOutcome") -> dict[str, object]:
    return {
        "file": str(one.path),
        "imported": None if one.imported is None else asdict(one.imported),
        "trouble": None if one.trouble is None else {"kind": type(one.trouble).__name__, "text": str(one.trouble)},
    }


def _words(outcomes: "list[InboxOutcome]") -> Iterator[str]:
    taken = sum(one.imported is not None for one in outcomes)
    yield f"{counted(taken, 'bundle')} taken in, {len(outcomes) - taken} not."
    for one in outcomes:
        lines = imported_words(one.imported, dry_run=False) if one.imported else [str(one.trouble)]
        yield f"{one.path.name}: {' '.join(lines)}"


def write(arguments: Namespace, console: Console) -> int:
    """Write a receipt."""
    from tac_desktop.actions.cards import read_card_file
    from tac_desktop.actions.receipts import write_receipt

    with opened(arguments, console) as (vault, store):
        card = read_card_file(arguments.card)
        written = write_receipt(vault, store, card, arguments.to, now=datetime.now().astimezone())
    told = {"file": str(arguments.to), "id": written.id, "size": written.size}
    console.tell(told, (f"The receipt for {card.name} is in {arguments.to}.",))
    return 0


def enter(arguments: Namespace, console: Console) -> int:
    """Note that a bundle arrived."""
    from tac_desktop.actions.receipts import type_receipt

    code = arguments.code or console.ask("Code of the receipt: ")
    if not code:
        raise NoCode
    with opened(arguments, console) as (vault, store):
        note = type_receipt(vault, store, arguments.bundle, code, now=datetime.now().astimezone())
    told = {"bundle": note.id, "number": note.number, "written_at": note.at}
    console.tell(told, (f"Bundle {note.number} has arrived: what it held is not sent again.",))
    return 0
