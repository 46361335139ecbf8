"""`tac-desktop keys`: new keys for a vault, and believing those of another one that the old key has signed."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import NotConfirmed


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the group to the command line."""
    group: ArgumentParser = commands.add_parser("keys", help="renew the keys of a vault, every other year")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    own = verbs.add_parser("renew", help="give the vault new keys and write its new card, which the old key signs")
    add_vault(own)
    own.add_argument("--to", required=True, type=Path, metavar="FILE", help="the new card")
    add_json(own)
    own.set_defaults(run=renew)
    others = verbs.add_parser("confirm", help="accept the new keys of somebody who is believed, without a code")
    add_vault(others)
    others.add_argument("card", type=Path, metavar="CARD", help="file of the new card")
    others.add_argument("--yes", action="store_true", help="do not ask")
    add_json(others)
    others.set_defaults(run=confirm)


def renew(arguments: Namespace, console: Console) -> int:
    """Give the vault new keys."""
    from tac_desktop.actions.cards import hand_out_card
    from tac_desktop.actions.renewal import renew_own_keys

    with opened(arguments, console) as (vault, store):
        hand_out_card(vault, arguments.to, now=_now())  # where no card can be written, nothing is renewed
        code = renew_own_keys(vault, store, now=_now())
        hand_out_card(vault, arguments.to, now=_now())
    words = (
        f"The vault has new keys. Its new card is in {arguments.to}; its code: {code}",
        "Give the card to the one who keeps the roster, or to everybody you exchange with: they confirm it.",
    )
    console.tell({"card": str(arguments.to), "code": code}, words)
    return 0


def confirm(arguments: Namespace, console: Console) -> int:
    """Believe the new keys of somebody."""
    from tac_desktop.actions.renewal import confirm_renewal, renewal_in

    with opened(arguments, console) as (vault, store):
        known, card = renewal_in(vault, store, arguments.card)
        names = f"{known.card.name}, as {known.role}; the new card says {card.name}"
        if not arguments.yes and console.ask(f"New keys of {names}. Type yes to confirm: ").casefold() != "yes":
            raise NotConfirmed
        confirm_renewal(vault, store, arguments.card, now=_now())
    told = {"name": known.card.name, "card_name": card.name, "role": known.role, "code": card.code}
    console.tell(told, (f"Confirmed: {names}.",))
    return 0


def _now() -> datetime:
    return datetime.now().astimezone()
