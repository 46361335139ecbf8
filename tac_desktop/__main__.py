"""Starts the program: without words the window, with words one command, which needs no display."""

import sys


def main() -> int:
    """Run the program and return its exit code."""
    words = sys.argv[1:]
    if words:
        from tac_desktop.commands.main import run

        return run(words)
    from tac_desktop.ui.app import main as open_window

    return open_window(words)


if __name__ == "__main__":
    sys.exit(main())
