"""Starts the program: without words the window, with words one command, which needs no display."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault


def main() -> int:
    """Run the program and return its exit code."""
    os.umask(0o077)  # papers leave the vault in clear, and key slots can be guessed at: nobody else reads our files
    words = sys.argv[1:]
    if words:
        return _command(words)
    from tac_desktop.ui.app import main as open_window

    return open_window(words)


def _command(words: Sequence[str]) -> int:
    """Run one command; whoever ends the process lets it take back what is not finished, as Ctrl+C does.

    What whoever started it has told it to ignore (nohup) is ignored.
    """
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        from tac_desktop.commands.main import run

        return run(words, _every_screen)
    except KeyboardInterrupt:  # before or after the command's own care
        return 1


def _every_screen(vault: "Vault", case_file: str, scratch: Path) -> Sequence[str]:
    """Build every screen for the self-test: the commands must not know of windows."""
    from tac_desktop.ui.every_screen import build_every_screen

    return build_every_screen(vault, case_file, scratch)


if __name__ == "__main__":
    sys.exit(main())
