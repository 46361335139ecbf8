"""Reads the command line: every command, its words and what they mean."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter

import tac_desktop
from tac_desktop.commands import cases, demo, exchange, report, self_test, vault, workbook, write

EXIT_CODES = """\
exit codes: 0 done; 1 it could not be done (standard error says why, and that the work is safe); 2 wrong usage.
Without a command the window opens."""


def command_line() -> ArgumentParser:
    """Return the parser; each command leaves its function in `run`."""
    parser = ArgumentParser(
        prog="tac-desktop",
        description="Casework, court documents and evaluation for the social workers of ‘Together a Chance’.",
        epilog=EXIT_CODES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"TaC Desktop {tac_desktop.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in (vault, workbook, cases, write, exchange, report, demo, self_test):
        group.add(commands)
    return parser
