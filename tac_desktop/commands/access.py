"""`tac-desktop access`: the subject access pack of a request, as paper, as data, and with its files."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import CaseNotInVault, NoAccessRequest

if TYPE_CHECKING:
    from tac_desktop.casework.record import Record
    from tac_desktop.storage.store import Store


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    parser = commands.add_parser(
        "access",
        help="write what is kept about a person who asked for it",
        description="Answers the newest open subject access request of a case file. What has to be looked at is "
        "decided in the window; until then nothing is written.",
    )
    add_vault(parser)
    parser.add_argument("case", metavar="CASE", help="the case reference")
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="the folder to make")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the pack of the newest request that is not answered yet."""
    from tac_desktop.actions.subject_access import write_pack

    with opened(arguments, console) as (vault, store):
        request = _request(store, arguments.case)
        steps = write_pack(store, vault.person, request.id, arguments.to, now=datetime.now().astimezone())
        written = console.follow(steps, "Writing")
    answers = len(written.items)
    console.tell(
        {"path": str(arguments.to), "answers": answers, "decided": sum(item.waits for item in written.items)},
        (f"Written to {arguments.to}: {counted(answers, 'answer')}.",),
    )
    return 0


def _request(store: "Store", reference: str) -> "Record":
    from tac_desktop.actions.subject_access import open_requests
    from tac_desktop.casework.record import case_file_id

    case_file = case_file_id(reference)
    if store.record(case_file) is None:
        raise CaseNotInVault("There is no such case file in this vault. Nothing was changed. Check the reference.")
    requests = open_requests(store, case_file)
    if not requests:
        raise NoAccessRequest
    return requests[-1]
