"""Reads the command line: every command, its words and what they mean."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

import tac_desktop
from tac_desktop.commands import (
    access,
    audit,
    cases,
    conflicts,
    demo,
    exchange,
    handover,
    inbox,
    people,
    recovery,
    renewal,
    report,
    retention,
    self_test,
    service,
    vault,
    workbook,
    write,
)

EXIT_CODES = """\
exit codes: 0 done; 1 it could not be done (standard error says why, and that the work is safe); 2 wrong usage.
Without a command the window opens."""


class WholeWords(ArgumentParser):
    """Takes no shortened options: a script that uses one would break when another option begins alike."""

    def __init__(self, *words: Any, **how: Any) -> None:  # noqa: ANN401 - argparse's own
        """Take what argparse takes."""
        how["allow_abbrev"] = False
        super().__init__(*words, **how)


def command_line() -> ArgumentParser:
    """Return the parser; each command leaves its function in `run`."""
    parser = WholeWords(
        prog="tac-desktop",
        description="Casework, court documents and evaluation for the social workers of ‘Together a Chance’.",
        epilog=EXIT_CODES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"TaC Desktop {tac_desktop.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in (
        vault, people, recovery, workbook, cases, conflicts, write, access, exchange, inbox, handover, service, renewal,
        report, audit, retention, demo, self_test,
    ):  # fmt: skip
        group.add(commands)
    return parser
