"""Starts the program: without words the window, with words one command, which needs no display."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault


def main() -> int:
    """Run the program and return its exit code."""
    words = sys.argv[1:]
    if words:
        from tac_desktop.commands.main import run

        return run(words, _every_screen)
    from tac_desktop.ui.app import main as open_window

    return open_window(words)


def _every_screen(vault: "Vault", case_file: str, scratch: Path) -> Sequence[str]:
    """Build every screen for the self-test: the commands must not know of windows."""
    from tac_desktop.ui.every_screen import build_every_screen

    return build_every_screen(vault, case_file, scratch)


if __name__ == "__main__":
    sys.exit(main())
