"""`tac-desktop service`: the service to which a vault belongs, its members, its roster, its three sheets."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.journal import b64
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import RIGHTS, STATUSES
from tac_desktop.casework.wording import counted
from tac_desktop.commands.beyond import told_beyond, words_beyond
from tac_desktop.commands.console import Console, table
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import NoCode, NoService, ResultNotShown, SheetsNotShown, UnknownMember

if TYPE_CHECKING:
    from tac_desktop.actions.beyond import Beyond
    from tac_desktop.actions.service import Founded, Member, Service
    from tac_desktop.storage.store import Store

Verbs = Any
"""argparse keeps the class of a group of commands to itself."""
_CODES = ("Code of the root key on the first sheet: ", "Code of the root key on the second sheet: ")
_WORDS = ("Emergency words of the first sheet: ", "Emergency words of the second sheet: ")


def add(commands: Verbs) -> None:
    """Add the group to the command line."""
    group: ArgumentParser = commands.add_parser("service", help="found, join and look after a service")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    _verb(verbs, "found", found, "found a service; prints its code and its three sheets once").add_argument(
        "--name", required=True, help="its name"
    )
    joined = _verb(verbs, "join", join, "join a service by its code")
    joined.add_argument("file", type=Path, metavar="FILE", help="roster (.tacroster)")
    joined.add_argument("--code", default="", help="code of the service, received by another way; asked for otherwise")
    _verb(verbs, "show", show, "say what service the vault belongs to, and who its members are")
    _add_roster(verbs)
    _add_members(verbs)
    _add_sheets(verbs)


def _add_roster(verbs: Verbs) -> None:
    roster = _verb(verbs, "roster", hand_roster, "hand out the roster, or take in a newer one")
    way = roster.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", type=Path, metavar="FILE", help="write it to this file (.tacroster)")
    way.add_argument("--take-in", type=Path, metavar="FILE", help="take in this one")
    way.add_argument("--allowed-signers", type=Path, metavar="FILE", help="write it for ssh-keygen -Y verify")


def _add_members(verbs: Verbs) -> None:
    out = _verb(verbs, "withdraw", withdraw, "withdraw a member: her work counts as far as it is here now")
    _add_member(out)
    out.add_argument("--as", dest="status", required=True, choices=STATUSES[1:], help="why")
    end = _verb(verbs, "cut-off", cut_off, "let more of a withdrawn member's work count")
    _add_member(end)
    end.add_argument("--bundle", type=Path, metavar="FILE", help="all that this bundle tells of it, too")
    rights = _verb(verbs, "rights", change_rights, "say what a member may sign")
    _add_member(rights)
    rights.add_argument("--may", required=True, nargs="*", choices=RIGHTS, metavar="RIGHT", help=", ".join(RIGHTS))


def _add_sheets(verbs: Verbs) -> None:
    key = _verb(verbs, "renew", renew, "let this vault keep the roster, by two of the three sheets")
    key.add_argument("--new-sheets", action="store_true", help="make three new sheets instead; prints them once")
    drilled = _verb(verbs, "drill", drill, "show that the emergency words of two sheets hold")
    drilled.add_argument("--bundle", type=Path, metavar="FILE", help="and that they open this bundle")
    opening = _verb(verbs, "escrow", escrow, "print the emergency key that two sheets make, for the age command")
    for parser in (key, drilled, opening):
        parser.add_argument(
            "--sheets", default="", metavar="FILE",
            help="file with one line for each sheet (- for standard input); asked for at the terminal otherwise",
        )  # fmt: skip


def _verb(verbs: Verbs, name: str, run: Callable[[Namespace, Console], int], help_: str) -> ArgumentParser:
    parser: ArgumentParser = verbs.add_parser(name, help=help_)
    add_vault(parser)
    add_json(parser)
    parser.set_defaults(run=run)
    return parser


def _add_member(parser: ArgumentParser) -> None:
    parser.add_argument("--member", required=True, metavar="NAME", help="her name, or the beginning of her vault's id")


# --- what the verbs do ---


def found(arguments: Namespace, console: Console) -> int:
    """Found a service."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (vault, store):
        prepared = service.prepare_service(vault, store, arguments.name, now=_now())
        _tell_sheets(console, prepared.founded)
        service.keep_service(vault, store, prepared, now=_now())
    return 0


def join(arguments: Namespace, console: Console) -> int:
    """Join a service."""
    from tac_desktop.actions import service

    code = arguments.code or console.ask("Code of the service: ")
    if not code:
        raise NoCode
    with opened(arguments, console) as (vault, store):
        _tell(console, service.join_service(vault, store, arguments.file, code, now=_now()))
    return 0


def show(arguments: Namespace, console: Console) -> int:
    """Say what service the vault belongs to."""
    from tac_desktop.actions.beyond import beyond_the_end
    from tac_desktop.actions.permitted import is_permitted

    with opened(arguments, console) as (vault, store):
        late = beyond_the_end(vault, store) if is_permitted(vault, Deed.KEEP_ROSTER) else []
        _tell(console, _the_service(store), late)
    return 0


def hand_roster(arguments: Namespace, console: Console) -> int:
    """Hand out the roster, or take in a newer one."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (vault, store):
        if arguments.take_in:
            _tell(console, service.take_in_roster(vault, store, arguments.take_in, now=_now()))
            return 0
        if arguments.to:
            service.hand_out_roster(store, arguments.to)
        else:
            service.write_allowed_signers(store, arguments.allowed_signers)
    path = arguments.to or arguments.allowed_signers
    console.tell({"file": str(path)}, (f"The roster is in {path}.",))
    return 0


def withdraw(arguments: Namespace, console: Console) -> int:
    """Withdraw a member."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (vault, store):
        member = _member(_the_service(store), arguments.member)
        _tell(console, service.withdraw(vault, store, member.device_id, arguments.status, now=_now()))
    return 0


def cut_off(arguments: Namespace, console: Console) -> int:
    """Let more of a withdrawn member's work count."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (vault, store):
        member = _member(_the_service(store), arguments.member)
        _tell(console, service.move_cut_off(vault, store, member.device_id, now=_now(), bundle=arguments.bundle))
    return 0


def change_rights(arguments: Namespace, console: Console) -> int:
    """Say what a member may sign."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (vault, store):
        member = _member(_the_service(store), arguments.member)
        _tell(console, service.change_rights(vault, store, member.device_id, arguments.may, now=_now()))
    return 0


def renew(arguments: Namespace, console: Console) -> int:
    """Move the roster to this vault, or make new sheets."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (vault, store):
        codes = console.sheets(arguments.sheets, _CODES)
        if arguments.new_sheets:
            prepared = service.prepare_root(vault, store, codes, now=_now())
            _tell_sheets(console, prepared.founded)
            service.keep_root(vault, store, prepared, now=_now())
        else:
            _tell(console, service.renew_roster_key(vault, store, codes, now=_now()))
    return 0


def drill(arguments: Namespace, console: Console) -> int:
    """Show that the emergency words of two sheets hold."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (_, store):
        words = console.sheets(arguments.sheets, _WORDS)
        found = service.drill(store, words, arguments.bundle, now=_now())
    told = ["The words of the two sheets make the emergency key of the service."]
    if found.opened:
        told.append("It opened the bundle to its last byte.")
    console.tell({"holds": found.holds, "opened": found.opened}, told)
    return 0


def escrow(arguments: Namespace, console: Console) -> int:
    """Print the emergency key."""
    from tac_desktop.actions import service

    with opened(arguments, console) as (_, store):
        key = service.escrow_key(store, console.sheets(arguments.sheets, _WORDS))
    console.tell({"key": key}, (key,))
    return 0


# --- words ---


def _the_service(store: "Store") -> "Service":
    from tac_desktop.actions import service

    found = service.service_of(store, now=_now())
    if found is None:
        raise NoService
    return found


def _member(service: "Service", named: str) -> "Member":
    """Return the one member of this name, or whose vault's id begins so."""
    wanted = named.strip().casefold()
    found = {
        one.device_id: one
        for one in service.members
        if wanted and (one.name.casefold() == wanted or one.device_id.hex().startswith(wanted))
    }
    if len(found) != 1:
        raise UnknownMember
    return next(iter(found.values()))


def _tell(console: Console, service: "Service", late: "Sequence[Beyond]" = ()) -> None:
    rows = [
        (one.name, one.role, ", ".join(one.sites), one.status, " ".join(one.may), one.device_id.hex()[:16])
        for one in service.members
    ]
    members = table(("name", "role", "prisons", "status", "may", "id"), rows)
    document = _document(service) | {"beyond": [told_beyond(one) for one in late]}
    console.tell(document, (*_about(service), *members, *(line for one in late for line in words_beyond(one))))


def _about(service: "Service") -> Iterable[str]:
    yield f"{service.name}, code {service.code}"
    yield f"Roster: version {service.roster_version} of {service.issued}."
    if service.is_registrar:
        yield "This vault keeps the roster."
    if not service.is_member:
        yield "This vault is no member yet: send its card to the one who keeps the roster."
    if service.outdated:
        yield f"New cards are needed in the roster, after a recovery code was used: {', '.join(service.outdated)}."
    if service.is_old:
        yield "The roster is older than a year: ask for a new one. Until then no case file is handed over by it."


def _document(service: "Service") -> dict[str, object]:
    return {
        "name": service.name, "code": service.code, "id": service.id.hex(), "roster": service.roster_version,
        "issued": service.issued, "registrar": service.is_registrar, "member": service.is_member,
        "outdated": list(service.outdated),
        "old": service.is_old, "drilled": service.drilled, "members": [_told(one) for one in service.members],
    }  # fmt: skip


def _told(member: "Member") -> dict[str, object]:
    until = None if member.until is None else [
        [b64(place.incarnation), place.stream, place.sseq] for place in member.until
    ]  # fmt: skip
    return {
        "name": member.name, "role": member.role, "prisons": list(member.sites), "may": list(member.may),
        "status": member.status, "since": member.since, "device": member.device_id.hex(), "until": until,
    }  # fmt: skip


def _tell_sheets(console: Console, founded: "Founded") -> None:
    """Tell what is told only once; SheetsNotShown if nobody can have read it, and then nothing comes into force."""
    sheets = [
        {"number": one.number, "root_key_code": one.root_key_code, "escrow_words": " ".join(one.escrow_words)}
        for one in founded.sheets
    ]
    words = [f"Code of the service: {founded.service_code}", "Whoever joins types it in; tell it by telephone."]
    for one in sheets:
        words += ["", f"Sheet {one['number']} of 3", f"Root key: {one['root_key_code']}",
                  f"Emergency words: {one['escrow_words']}"]  # fmt: skip
    words += ["", f"Copy {counted(len(sheets), 'sheet')} by hand, for three people in three places: shown only now."]
    if console.out_is_closed:
        raise SheetsNotShown
    try:
        console.tell({"code": founded.service_code, "sheets": sheets}, words)
    except (ResultNotShown, BrokenPipeError):
        raise SheetsNotShown from None


def _now() -> datetime:
    return datetime.now().astimezone()
