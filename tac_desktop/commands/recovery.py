"""`tac-desktop recovery`: the ways back into a vault when a pass-phrase is forgotten."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import NoRecoveryCode, RecoveryNotTried

_WORDS = ("Emergency words of one sheet: ", "Emergency words of another sheet: ")


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the group to the command line."""
    group: ArgumentParser = commands.add_parser("recovery", help="look after the ways back into a vault, and use them")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    shown = verbs.add_parser("show", help="say which ways back there are")
    shown.set_defaults(run=show)
    code = verbs.add_parser("code", help="make a new recovery code; prints it once, and asks for it back")
    code.set_defaults(run=new_code)
    tried = verbs.add_parser("try", help="try whether the code, or two sheets, still open the vault")
    _add_means(tried)
    tried.set_defaults(run=try_one)
    organisation = verbs.add_parser("organisation", help="let a key that an organisation keeps offline open the vault")
    which = organisation.add_mutually_exclusive_group(required=True)
    which.add_argument("--service", action="store_true", help="the emergency key of the service")
    which.add_argument("--key", default="", metavar="AGE1...", help="this public key")
    which.add_argument("--none", action="store_true", help="none any more")
    organisation.set_defaults(run=set_organisation)
    used = verbs.add_parser("use", help="give a person a new pass-phrase by the code or by two sheets")
    _add_means(used)
    used.add_argument(
        "--new-passphrase-file", default="", metavar="FILE",
        help="file whose first line is the new pass-phrase (- for standard input); asked for at the terminal otherwise",
    )  # fmt: skip
    used.set_defaults(run=use)
    for parser in (shown, code, tried, organisation, used):
        add_vault(parser)
        add_json(parser)


def _add_means(parser: ArgumentParser) -> None:
    means = parser.add_mutually_exclusive_group()
    means.add_argument(
        "--code-file", default="", metavar="FILE", help="file with the recovery code (- for standard input)"
    )
    means.add_argument("--sheets", default="", metavar="FILE", help="file with the words of one sheet in each line")
    means.add_argument("--ask-sheets", action="store_true", help="ask for the words of two sheets at the terminal")


# --- what the verbs do ---


def show(arguments: Namespace, console: Console) -> int:
    """Say which ways back there are."""
    from tac_desktop.actions.recovery import ways_back

    with opened(arguments, console) as (vault, store):
        ways = ways_back(vault, store)
    code = "A recovery code opens this vault." if ways.code else "No recovery code opens this vault."
    key = f"This key of an organisation opens it: {ways.organisation}" if ways.organisation else (
        "No key of an organisation opens it.")  # fmt: skip
    behind = ["The service has another emergency key by now (recovery organisation --service)."] * ways.is_outdated
    console.tell(asdict(ways) | {"outdated": ways.is_outdated}, (code, key, *behind))
    return 0


def new_code(arguments: Namespace, console: Console) -> int:
    """Make a new recovery code."""
    from tac_desktop.actions.recovery import keep_code, prepare_code

    with opened(arguments, console) as (vault, store):
        prepared = prepare_code(vault)
        console.err.write(f"New recovery code: {prepared.code}\nWrite it on paper. It counts once it was typed back.\n")
        typed = console.ask("Type it from your paper: ")
        if not typed:
            raise RecoveryNotTried
        keep_code(vault, store, prepared, typed, now=_now())
    console.tell({"kept": True}, ("The new recovery code holds: it has opened the vault. Destroy the old sheet.",))
    return 0


def try_one(arguments: Namespace, console: Console) -> int:
    """Try the code or two sheets."""
    from tac_desktop.actions.recovery import rehearse_code, rehearse_sheets

    with opened(arguments, console) as (vault, store):
        if _by_sheets(arguments):
            rehearse_sheets(vault, store, console.sheets(arguments.sheets, _WORDS), now=_now())
        else:
            rehearse_code(vault, store, _code(arguments, console), now=_now())
    console.tell({"holds": True}, ("It holds: it opens this vault. Nothing was changed.",))
    return 0


def set_organisation(arguments: Namespace, console: Console) -> int:
    """Let an organisation's key open the vault, or none."""
    from tac_desktop.actions import recovery

    with opened(arguments, console) as (vault, store):
        if arguments.service:
            recovery.follow_service(vault, store, now=_now())
        elif arguments.none:
            recovery.remove_organisation(vault, store, now=_now())
        else:
            recovery.set_organisation(vault, store, arguments.key, now=_now())
        key = recovery.ways_back(vault, store).organisation
    said = f"This key opens the vault, too: {key}" if key else "No key of an organisation opens the vault any more."
    console.tell({"organisation": key}, (said,))
    return 0


def use(arguments: Namespace, console: Console) -> int:
    """Give a person a new pass-phrase without the old one."""
    from tac_desktop.actions import recovery, vaults

    folder, slot = arguments.vault, vaults.slot_named(arguments.vault, arguments.person)
    by_sheets = _by_sheets(arguments)
    secrets = console.sheets(arguments.sheets, _WORDS) if by_sheets else [_code(arguments, console)]
    new = console.passphrase(arguments.new_passphrase_file, new=True)
    if by_sheets:
        vault = recovery.recover_by_sheets(folder, secrets, slot, new, now=_now())
    else:
        vault = recovery.recover_by_code(folder, secrets[0], slot, new, now=_now())
    name = vault.person.name
    vaults.leave(vault, now=_now())
    console.tell({"name": name}, (f"The new pass-phrase of {name} holds. It is noted, and she is told.",))
    return 0


def _by_sheets(arguments: Namespace) -> bool:
    return bool(arguments.sheets or arguments.ask_sheets)


def _code(arguments: Namespace, console: Console) -> str:
    code = console.passphrase(arguments.code_file) if arguments.code_file else console.ask("Recovery code: ")
    if not code:
        raise NoRecoveryCode
    return code


def _now() -> datetime:
    return datetime.now().astimezone()
