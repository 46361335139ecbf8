"""What happens when we are at fault: drafts are written first, then a log of places in the program, then calm words.

The log and the report hold the kind of the error and where in the program it arose, never a message or a value: those
hold names ("KeyError: 'Anchor, Puce'").
"""

import faulthandler
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

import tac_desktop
from tac_desktop.errors import TacError

MOST_BYTES = 256 * 1024
"""A log longer than this begins anew."""


def report_of(error: BaseException) -> str:
    """Return the kinds of an error and its causes, each with file:line:function of every frame."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        places = [f"  {_shown(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames]
        parts.append("\n".join([type(current).__name__, *places]))
        current = current.__cause__ or current.__context__
    return "\nbecause of\n".join(parts)


def _shown(file: str) -> str:
    """Return the last three parts of a path: enough for us, and no name of a user's folder."""
    return "/".join(Path(file).parts[-3:])


class CrashHook:
    """Takes every error that nobody caught: in the window's thread, in others, in Qt's callbacks, and hard crashes."""

    def __init__(self, log: Path, *, settle: Callable[[], None], show: Callable[[str], None]) -> None:
        """Take the log's file, what writes the drafts, and what shows a report to the person."""
        self._log = log
        self._settle = settle
        self._show = show
        self._inside = False
        self._hard: TextIO | None = None

    def install(self) -> None:
        """Take over the interpreter's hooks; hard crashes (frames only) go to the same log."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        self._log.parent.mkdir(parents=True, exist_ok=True)
        if self._log.exists() and self._log.stat().st_size > MOST_BYTES:
            self._log.unlink()
        self._hard = self._log.open("a", encoding="utf-8")
        faulthandler.enable(self._hard)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        faulthandler.disable()
        if self._hard is not None:
            self._hard.close()
            self._hard = None

    def take(self, error: BaseException) -> None:
        """Write drafts, write the log, show the report; a second error on the way is logged and shown no more."""
        if self._inside:
            self._write(error)
            return
        self._inside = True
        try:
            self._settle_first()
            self._write(error)
            self._show(report_of(error))
        finally:
            self._inside = False

    def _settle_first(self) -> None:
        try:
            self._settle()
        except Exception as error:  # noqa: BLE001 - a crash within the crash must not hide the first
            self._write(error)

    def _write(self, error: BaseException) -> None:
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        entry = f"{moment} TaC Desktop {tac_desktop.__version__}\n{report_of(error)}\n\n"
        try:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(entry)
        except OSError:  # no room for a log: the person still gets the window
            return

    def _hook(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            raise SystemExit(1)
        self.take(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, TacError):
            self._write(args.exc_value)
