"""`tac-desktop demo`: the main job end to end, without a window."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    parser = commands.add_parser("demo", help="do the main job on the samples, end to end")
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="a new or empty folder for what it makes")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Do the demo, and say each step when it is done."""
    from tac_desktop.actions.demo import PASSPHRASE, run_demo

    done: list[dict[str, str]] = []
    for number, step in enumerate(run_demo(arguments.to, now=datetime.now().astimezone()), start=1):
        done.append(asdict(step))
        console.say(f"{number:2}. {step.step}\n      {step.result}")
    told = {"folder": str(arguments.to), "steps": done, "passphrase": PASSPHRASE}
    words = (f"All of it is in {arguments.to}. The people are fictitious.",
             f"Open one of the vaults in the window; the pass-phrase of all three is: {PASSPHRASE}")  # fmt: skip
    console.tell(told, words)
    return 0
