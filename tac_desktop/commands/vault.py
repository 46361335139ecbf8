"""`tac-desktop vault`: make a vault, check it, back it up and bring it back."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.people import ROLES
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_passphrase
from tac_desktop.errors import PrisonMissing


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


def create(arguments: Namespace, console: Console) -> int:
    """Make a vault."""
    from tac_desktop.actions import vaults

    if arguments.role == "worker" and not arguments.prison:
        raise PrisonMissing
    prison = code_list("prison").find(arguments.prison) or arguments.prison.strip()
    vault, code = vaults.create(
        arguments.vault, name=arguments.name, role=arguments.role, prison=prison,
        passphrase=console.passphrase(arguments.passphrase_file, new=True),
    )  # fmt: skip
    vault.close()
    told = {"vault": str(arguments.vault), "person": arguments.name, "role": arguments.role, "prison": prison,
            "recovery_code": code}  # fmt: skip
    console.tell(told, (
        f"The vault {arguments.vault} is made for {arguments.name}.",
        f"Recovery code: {code}",
        "Write it on paper and keep it away from this computer. It is shown only now.",
        "It is the way back if the pass-phrase is forgotten.",
    ))  # fmt: skip
    return 0
