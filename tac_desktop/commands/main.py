"""Does what the command line asks for, and turns every trouble into a sentence and an exit code."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tac_desktop.commands.console import Console
from tac_desktop.commands.parser import command_line
from tac_desktop.errors import CannotWrite, TacError, WordsNotText, WrongUsage

if TYPE_CHECKING:
    from tac_desktop.actions.self_test import ScreenBuilder


def run(words: Sequence[str], screens: "ScreenBuilder") -> int:
    """Run one command and return its exit code: 0 done, 1 it could not be done. Wrong usage leaves with 2.

    Args:
        words: The command line without the program's name.
        screens: Builds every screen without a display, for the self-test.
    """
    arguments = command_line().parse_args(words)
    arguments.screens = screens
    console = Console.of_this_process(arguments)
    try:
        _refuse_broken_words(arguments)
        return arguments.run(arguments, console)
    except TacError as trouble:
        console.complain(str(trouble))
        return 2 if isinstance(trouble, WrongUsage) else 1
    except KeyboardInterrupt:
        console.complain("Stopped. What was not finished was taken back.")
    except BrokenPipeError:
        console.leave_output()  # whoever read it has left
    except OSError:
        console.complain(CannotWrite.text)
    return 1


def _refuse_broken_words(arguments: Namespace) -> None:
    """Refuse bytes that are no text; names of files may have them."""
    for value in vars(arguments).values():
        for word in value if isinstance(value, list) else [value]:  # pyright: ignore[reportUnknownVariableType]
            if isinstance(word, str) and word.encode(errors="ignore").decode() != word:
                raise WordsNotText
