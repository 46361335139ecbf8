"""`tac-desktop cases`: the caseload."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tac_desktop.casework.codelists import label
from tac_desktop.casework.dues.due import LABELS
from tac_desktop.commands.console import Console, table
from tac_desktop.commands.opening import add_json, add_vault, opened


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    parser = commands.add_parser("cases", help="list the caseload")
    add_vault(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """List every case file of the vault by reference."""
    from tac_desktop.actions import caseload

    with opened(arguments, console) as (vault, store):
        rows = caseload.all_cases(store, vault.person, now=datetime.now().astimezone())
    tasks: dict[str, str] = {**LABELS}
    lines = table(
        ("reference", "name", "prison", "status", "children", "next due", ""),
        [(r.reference, r.name, label("prison", r.prison), label("case_status", r.status), str(r.children), r.next_due,
          tasks.get(r.next_task, "")) for r in rows],
    )  # fmt: skip
    console.tell({"cases": [asdict(row) for row in rows]}, lines if rows else ("There is no case file yet.",))
    return 0
