"""`tac-desktop vault salvage`: a new vault of what can still be read of a damaged one."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_vault
from tac_desktop.errors import SomethingLost


def add(verbs: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the verb to the group `vault`."""
    saved: ArgumentParser = verbs.add_parser(
        "salvage", help="make a new vault of what can be read of a damaged one, and tell what was lost"
    )
    add_vault(saved)
    saved.add_argument("--to", required=True, type=Path, metavar="NEW", help="a new or empty folder")
    add_json(saved)
    saved.set_defaults(run=salvage)


def salvage(arguments: Namespace, console: Console) -> int:
    """Salvage a vault."""
    from tac_desktop.actions.salvaging import in_words, salvage_vault

    passphrase = console.passphrase(arguments.passphrase_file)
    now = datetime.now().astimezone()
    steps = salvage_vault(arguments.vault, arguments.to, arguments.person, passphrase, now=now)
    report = console.follow(steps, "Salvaging")
    console.tell(asdict(report), in_words(report))
    if not report.is_whole:
        raise SomethingLost
    return 0
