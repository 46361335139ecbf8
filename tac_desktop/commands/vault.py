"""`tac-desktop vault`: make a vault and check it; its backups are in backups.py."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tac_desktop.casework.audit import Event
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.people import ROLES, needs_prison
from tac_desktop.commands import backups, salvage
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_passphrase, add_vault, opened
from tac_desktop.errors import (
    DraftsDamaged,
    FindingsMade,
    PrisonMissing,
    RecoveryCodeNotShown,
    ResultNotShown,
    StillLost,
)


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the group to the command line."""
    group: ArgumentParser = commands.add_parser("vault", help="make, check, back up and restore a vault")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    made = verbs.add_parser("create", help="make a new vault; prints its recovery code once")
    made.add_argument("vault", type=Path, metavar="VAULT", help="a new or empty folder")
    made.add_argument("--name", required=True, help="the person who will work with it")
    made.add_argument("--role", required=True, choices=ROLES, help="what the person may read and do")
    made.add_argument("--prison", default="", help="code or label of the prison; a worker needs one")
    add_passphrase(made)
    add_json(made)
    made.set_defaults(run=create)
    checked = verbs.add_parser("check", help="say whether anything in a vault is damaged, and where")
    add_vault(checked)
    add_json(checked)
    checked.set_defaults(run=check)
    backups.add(verbs)
    salvage.add(verbs)


def create(arguments: Namespace, console: Console) -> int:
    """Make a vault."""
    from tac_desktop.actions import vaults

    if needs_prison(arguments.role) and not arguments.prison.strip():
        raise PrisonMissing
    passphrase = console.passphrase(arguments.passphrase_file, new=True)
    listed = code_list("prison").find(arguments.prison)
    prison, there_before = listed or arguments.prison.strip(), arguments.vault.exists()
    vault, code = vaults.create(
        arguments.vault, name=arguments.name, role=arguments.role, prison=prison, passphrase=passphrase
    )
    new_prison = bool(prison) and not listed
    try:
        _tell_made(arguments, console, prison, code, new_prison=new_prison)
    except BaseException:
        vaults.unmake(vault, with_folder=not there_before)
        raise
    vault.close()
    if new_prison and not console.json:
        console.complain(_told_of_new(prison))
    return 0


def _tell_made(arguments: Namespace, console: Console, prison: str, code: str, *, new_prison: bool) -> None:
    """Tell of a new vault; RecoveryCodeNotShown if nobody can have read it, for the code is told only now."""
    told = {"vault": str(arguments.vault), "person": arguments.name, "role": arguments.role, "prison": prison,
            "new_prison": new_prison, "recovery_code": code}  # fmt: skip
    words = (
        f"The vault {arguments.vault} is made for {arguments.name}.",
        f"Recovery code: {code}",
        "Write it on paper and keep it away from this computer. It is shown only now.",
        "It is the way back if the pass-phrase is forgotten.",
    )
    if console.out_is_closed:
        raise RecoveryCodeNotShown
    try:
        console.tell(told, words)
    except (ResultNotShown, BrokenPipeError):
        raise RecoveryCodeNotShown from None


def _told_of_new(prison: str) -> str:
    """Return what to tell of a prison that the list does not hold: it may be new, or mistyped."""
    close = code_list("prison").closest(prison)
    meant = f" Did you mean {close.code} ({close.label})?" if close else ""
    return (
        f"‘{prison}’ is not in the list of prisons; the vault was made with it all the same, as a prison of its own."
        f"{meant} If it is mistyped, delete the vault’s folder and make it again."
    )


def check(arguments: Namespace, console: Console) -> int:
    """Check a vault through and through."""
    from tac_desktop.actions.audit import note_event, note_locked, note_unlocked
    from tac_desktop.actions.checking import can_be_made_anew
    from tac_desktop.actions.keeping import check_drafts, check_vault

    with opened(arguments, console, noted=False) as (vault, store):
        damage = console.follow(check_vault(store), "Checking")
        found = (*damage, *check_drafts(vault))
        if can_be_made_anew(damage):  # else nothing is written into what may be damaged
            now = datetime.now().astimezone()
            note_unlocked(vault, store, now=now)
            note_event(store, vault.person, Event.CHECKED, now=now, facts={"findings": len(found)})
            note_locked(vault, store, now=now)
    told = {"vault": str(arguments.vault), "sound": not found, "findings": [asdict(finding) for finding in found]}
    lines = [f"{f.part}, {f.where}: {f.what}" for f in found]
    console.tell(told, lines or ("Pages, chains, signatures, records, attachments and drafts are sound.",))
    if found:
        known = StillLost if all(finding.part == "losses" for finding in damage) else FindingsMade
        raise known if damage else DraftsDamaged
    return 0
