"""Opens the vault that a command names, for the person who is at work."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop import paths, settings
from tac_desktop.commands.console import Console
from tac_desktop.errors import TooFewPeople

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault
    from tac_desktop.storage.store import Store


def add_vault(parser: ArgumentParser, name: str = "vault") -> None:
    """Give a command its vault and the options by which it is opened."""
    parser.add_argument(name, type=Path, metavar=name.upper(), help="folder of the vault")
    add_opening(parser)


def add_opening(parser: ArgumentParser) -> None:
    """Give a command the options by which a vault is opened."""
    parser.add_argument(
        "--person", default="", metavar="NAME", help="who is at work (where the vault has several people)"
    )
    add_passphrase(parser)


def add_passphrase(parser: ArgumentParser) -> None:
    """Give a command the option that names the file with the pass-phrase."""
    parser.add_argument(
        "--passphrase-file", default="", metavar="FILE",
        help="file whose first line is the pass-phrase (- for standard input); asked for at the terminal otherwise",
    )  # fmt: skip


def add_json(parser: ArgumentParser) -> None:
    """Let a command report as one JSON document."""
    parser.add_argument("--json", action="store_true", help="report as one JSON document")


def add_file(parser: ArgumentParser, *endings: str, required: bool = True) -> None:
    """Give a command the file to which it writes, whose ending says of what kind it is."""

    def file(text: str) -> Path:
        if Path(text).suffix.lower() not in endings:
            message = f"the file must end with {' or '.join(endings)}; nothing was written"
            raise ArgumentTypeError(message)
        return Path(text)

    names = "|".join(f"FILE{ending}" for ending in endings)
    parser.add_argument("--to", required=required, type=file, metavar=names, help="the file to write")


@contextmanager
def opened(
    arguments: Namespace, console: Console, *, noted: bool = True, passphrase: str = ""
) -> "Generator[tuple[Vault, Store]]":
    """Open the command's vault and its store, and close both afterwards.

    Args:
        arguments: The command's vault, person and pass-phrase file.
        console: Where to ask for what is missing.
        noted: Whether the audit notes it at once; a check of what may be damaged first looks and then writes.
        passphrase: What a command has asked for already, because it needs it for something else, too.

    Raises:
        TooFewPeople: Nobody said who is at work.
        And what `vaults.unlock` raises.
    """
    from tac_desktop.actions import vaults
    from tac_desktop.actions.audit import note_locked, note_unlocked

    vault = _unlocked(arguments, console, passphrase)
    try:
        store = vaults.store_of(vault)
        try:
            if noted:
                note_unlocked(vault, store, now=datetime.now().astimezone())
                _tell_if_brought_back(store, console)
                _tell_if_renewed(vault, console)
            try:
                yield vault, store
            finally:
                if noted:
                    note_locked(vault, store, now=datetime.now().astimezone())
        finally:
            store.close()
    finally:
        vault.close()


@contextmanager
def opened_alone(arguments: Namespace, console: Console) -> "Generator[Vault]":
    """Open the command's vault without a store, for what nothing else may have open; raises what `opened` raises."""
    from tac_desktop.actions import vaults

    vault = vaults.noted(_unlocked(arguments, console), now=datetime.now().astimezone())
    try:
        yield vault
    finally:
        vaults.leave(vault, now=datetime.now().astimezone())


def _unlocked(arguments: Namespace, console: Console, passphrase: str = "") -> "Vault":
    from tac_desktop.actions import vaults

    folder: Path = arguments.vault
    name, people = arguments.person, vaults.people_of(folder)
    if not name and len(people) > 1:
        name = console.ask(f"Who is at work ({', '.join(slot.label for slot in people)})? ")
        if not name:
            raise TooFewPeople
    vault = vaults.unlock_as(folder, name, passphrase or console.passphrase(arguments.passphrase_file))
    vault.backups_to = settings.load(paths.settings_file()).backup_place(folder)
    return vault


def _tell_if_renewed(vault: "Vault", console: Console) -> None:
    """Say that the pass-phrase of the person at work was renewed, until she has read it in the window."""
    from tac_desktop.actions.recovery import renewed_for_me

    for note in renewed_for_me(vault):
        if note.by == "older_keys":
            console.complain(
                f"Your pass-phrase had been renewed; an older key file was put back before {note.at[:10]}."
            )
            continue
        by = {"recovery": "the recovery code", "organisation": "the organisation’s key", "colleague": "a colleague"}
        console.complain(f"Your pass-phrase was renewed by {by[note.by]} on {note.at[:10]}.")


def _tell_if_brought_back(store: "Store", console: Console) -> None:
    """Say that the vault came from a backup, until its person has read it in the window."""
    from tac_desktop.actions.brought_back import brought_back_from, has_read

    made = brought_back_from(store)
    if made is not None and not has_read(store) and not console.json:
        day = f" of {made[:10]}" if made else ""
        console.complain(
            f"This vault was brought back from a backup{day}. What was written since is missing here; colleagues’ "
            "bundles bring back what they hold."
        )
