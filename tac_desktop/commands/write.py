"""`tac-desktop write`: the papers of one case as PDF."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import Any, Final

from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_file, add_json, add_vault, opened

KINDS: Final = ("dossier", "assessment")
"""The papers that there are so far; summary and chronology come with the documents."""


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    parser: ArgumentParser = commands.add_parser(
        "write",
        help="write a court dossier or a parenting-assessment summary",
        description="Writes a paper of one case and keeps a frozen copy in the vault. "
        "Case summary and chronology do not exist yet in this version.",
    )
    parser.add_argument("kind", choices=KINDS, help="which paper")
    add_vault(parser)
    parser.add_argument("case", metavar="CASE", help="the case reference")
    add_file(parser, ".pdf")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write a paper."""
    from tac_desktop.actions.documents import write_document

    with opened(arguments, console) as (vault, store):
        steps = write_document(
            store, vault.person, case_file_id(arguments.case), arguments.kind, arguments.to,
            now=datetime.now().astimezone(),
        )  # fmt: skip
        drawn = console.follow(steps, "Writing")
    told = {"file": str(arguments.to), "kind": drawn.kind, "version": drawn.version, "pages": drawn.pages,
            "sha256": drawn.sha256, "known_on": drawn.known_on, "notes": list(drawn.notes)}  # fmt: skip
    pages, day = counted(drawn.pages, "page"), day_in_words(drawn.known_on)
    words = (f"{drawn.title}, version {drawn.version}: {pages}, as known on {day}.",
             f"Written to {arguments.to}.", *(f"Look at this: {note}" for note in drawn.notes))  # fmt: skip
    console.tell(told, words)
    return 0
