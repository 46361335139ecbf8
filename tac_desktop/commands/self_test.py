"""`tac-desktop self-test`: whether the program works on this computer, for IT before approval."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    parser = commands.add_parser(
        "self-test", help="try a vault, a paper and every screen on this computer; nothing of it stays"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Try everything, and say what went well."""
    from tac_desktop.actions.self_test import self_test

    done: list[dict[str, str]] = []
    for trial in self_test(arguments.screens, now=datetime.now().astimezone()):
        done.append(asdict(trial))
        console.say(f"{trial.name}: {trial.result}")
    console.tell({"passed": True, "trials": done}, ("All of it works on this computer.",))
    return 0
