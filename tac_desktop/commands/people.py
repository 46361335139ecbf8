"""`tac-desktop people`: who may open a vault, and what is done when a pass-phrase is forgotten or somebody leaves."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.codelists import code_list, label
from tac_desktop.casework.people import ROLES
from tac_desktop.commands.console import Console, table
from tac_desktop.commands.opening import add_json, add_vault, opened, opened_alone
from tac_desktop.errors import NotConfirmed, SlotsNotRenewed, UnknownSlot

if TYPE_CHECKING:
    from tac_desktop.actions.people import Departure, Someone
    from tac_desktop.actions.vaults import Slot, Store, Vault

Verbs = Any
"""argparse keeps the class of a group of commands to itself."""


def add(commands: Verbs) -> None:
    """Add the group to the command line."""
    group: ArgumentParser = commands.add_parser("people", help="look after the people of a vault")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    _verb(verbs, "list", listed, "say who may open the vault, and who has left")
    new = _verb(verbs, "add", add_one, "let one more person in")
    new.add_argument("--name", required=True, help="her name")
    new.add_argument("--role", required=True, choices=ROLES, help="what she may read and do")
    new.add_argument("--prison", default="", help="code or label of the prison; a worker needs one")
    _add_new_passphrase(new)
    role = _verb(verbs, "role", change_role, "give somebody another role or prison")
    _add_of(role)
    role.add_argument("--role", required=True, choices=ROLES, help="what she may read and do")
    role.add_argument("--prison", default="", help="code or label of the prison; a worker needs one")
    name = _verb(verbs, "name", correct_name, "correct somebody's name")
    _add_of(name)
    name.add_argument("--name", required=True, help="her name as it is written")
    gone = _verb(verbs, "leave", leave, "take somebody's way in away, and give the vault a new data key")
    _add_of(gone)
    gone.add_argument("--yes", action="store_true", help="do not ask")
    gone.add_argument(
        "--and-those-behind", action="store_true",
        help="and all ways in that were not used yet with this version of the program, and cannot get the new key",
    )  # fmt: skip
    help_ = "change one's own pass-phrase, or set that of somebody who forgot hers"
    words = _verb(verbs, "passphrase", passphrase, help_)
    _add_of(words, required=False)
    _add_new_passphrase(words)


def _verb(verbs: Verbs, name: str, run: Callable[[Namespace, Console], int], help_: str) -> ArgumentParser:
    parser: ArgumentParser = verbs.add_parser(name, help=help_)
    add_vault(parser)
    add_json(parser)
    parser.set_defaults(run=run)
    return parser


def _add_of(parser: ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--of", required=required, default="", metavar="NAME", help="whom: her name or her initials")


def _add_new_passphrase(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--new-passphrase-file", default="", metavar="FILE",
        help="file whose first line is the new pass-phrase (- for standard input); asked for at the terminal otherwise",
    )  # fmt: skip


# --- what the verbs do ---


def listed(arguments: Namespace, console: Console) -> int:
    """List the people."""
    from tac_desktop.actions.people import people_of

    with opened(arguments, console) as (vault, store):
        people = people_of(vault, store)
    told = [
        asdict(one.person) | {"initials": one.initials, "last_unlocked": one.unlocked, "renewed": one.renewed}
        for one in people
    ]
    rows = [_row(one) for one in people]
    console.tell({"people": told}, table(("name", "role", "prison", "initials", "last unlocked"), rows))
    return 0


def _row(one: "Someone") -> Sequence[str]:
    person = one.person
    prison = label("prison", person.prison) if person.prison else ""
    last = one.unlocked if one.slot else f"left {person.left}".rstrip()
    return person.name, person.role, prison, one.initials, last


def add_one(arguments: Namespace, console: Console) -> int:
    """Let one more person in."""
    from tac_desktop.actions.people import NewPerson, add_person

    with opened(arguments, console) as (vault, store):
        new = NewPerson(
            name=arguments.name,
            role=arguments.role,
            prison=_prison(arguments),
            passphrase=console.passphrase(arguments.new_passphrase_file, new=True),
        )
        person = add_person(vault, store, new, now=_now())
        initials = _one(vault, store, person.id).initials
    told = asdict(person) | {"initials": initials}
    console.tell(told, (f"{person.name} can open the vault. Her initials on the unlock screen: {initials}",))
    return 0


def change_role(arguments: Namespace, console: Console) -> int:
    """Give somebody another role."""
    from tac_desktop.actions import people

    with opened(arguments, console) as (vault, store):
        whom = _one(vault, store, arguments.of).person.id
        person = people.change_role(vault, store, whom, arguments.role, _prison(arguments), now=_now())
    console.tell(asdict(person), (f"{person.name} has another role from when she unlocks the vault next.",))
    return 0


def correct_name(arguments: Namespace, console: Console) -> int:
    """Correct somebody's name."""
    from tac_desktop.actions import people

    with opened(arguments, console) as (vault, store):
        whom = _one(vault, store, arguments.of).person.id
        person = people.correct_name(vault, store, whom, arguments.name, now=_now())
    console.tell(asdict(person), (f"{person.name} is her name from now on, with all that she wrote.",))
    return 0


def leave(arguments: Namespace, console: Console) -> int:
    """Take somebody's way in away."""
    from tac_desktop.actions import vaults
    from tac_desktop.actions.people import left_behind, let_go

    with opened_alone(arguments, console) as vault:
        with closing(vaults.store_of(vault)) as store:
            one = _one(vault, store, arguments.of)
        behind = left_behind(vault, one.person.id)
        _refuse_behind(behind, agreed=arguments.and_those_behind)
        question = f"{one.person.name} shall not open this vault any more. Type yes to confirm: "
        if not arguments.yes and console.ask(question).casefold() != "yes":
            raise NotConfirmed
        also = [slot.id for slot in behind]
        departure = console.follow(let_go(vault, one.person.id, also, now=_now()), "New key")
    told = {
        "name": departure.person.name, "old_backups": departure.old_backups, "renew_keys": departure.in_a_service,
        "new_code_needed": departure.code_is_gone,
    }  # fmt: skip
    console.tell(told, _told(departure))
    return 0


def passphrase(arguments: Namespace, console: Console) -> int:
    """Change one's own pass-phrase, or set somebody else's."""
    from tac_desktop.actions.people import change_passphrase, give_passphrase

    file = arguments.passphrase_file
    old = console.passphrase(file)
    with opened(arguments, console, passphrase=old) as (vault, store):
        whom = _one(vault, store, arguments.of) if arguments.of else None
        new = console.passphrase(arguments.new_passphrase_file, new=True)
        if whom is None or whom.is_me:
            change_passphrase(vault, store, old, new, now=_now())
            name = vault.person.name
        else:
            give_passphrase(vault, store, whom.person.id, new, now=_now())
            name = whom.person.name
    console.tell({"name": name}, (f"The new pass-phrase of {name} holds.",))
    return 0


# --- what they share ---


def _now() -> datetime:
    return datetime.now().astimezone()


def _prison(arguments: Namespace) -> str:
    return code_list("prison").find(arguments.prison) or arguments.prison.strip()


def _one(vault: "Vault", store: "Store", name: str) -> "Someone":
    """Return the person of this name, these initials or this id; UnknownSlot if there is not exactly one here."""
    from tac_desktop.actions.people import people_of

    wanted = name.strip().casefold()
    here = [one for one in people_of(vault, store) if one.slot]
    found = [
        one for one in here if wanted in (one.person.name.casefold(), one.initials.casefold(), one.person.id.casefold())
    ]
    if len(found) != 1:
        raise UnknownSlot
    return found[0]


def _refuse_behind(behind: "Sequence[Slot]", *, agreed: bool) -> None:
    if behind and not agreed:
        raise SlotsNotRenewed([slot.id for slot in behind], [slot.label for slot in behind])


def _told(departure: "Departure") -> list[str]:
    lines = [f"{departure.person.name} can no longer open this vault, and it has a new key."]
    if departure.code_is_gone:
        lines.append("The recovery code is gone with the old key: make a new one (recovery code).")
    if departure.old_backups:
        lines.append("Backups from before still open with her pass-phrase: make a fresh one, and remove those.")
    if departure.in_a_service:
        lines.append("She also knew the keys by which colleagues know this vault: renew them (keys renew).")
    return lines
