"""What a command says and asks: words or one JSON document, progress for a terminal, pass-phrases without echo."""

import getpass
import io
import json
import os
import sys
from argparse import Namespace
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO, TypeVar

from tac_desktop.errors import (
    EmptyPassphrase,
    MediumUnreadable,
    NoPassphrase,
    NoSheets,
    PassphrasesDiffer,
    ResultNotShown,
)

Result = TypeVar("Result")
Steps = Generator[tuple[int, int], None, Result]
"""Work that tells how far it is, as (done, total), and returns its result."""

_LONGEST_LINE: Final = 1 << 16
"""In characters: what is read of a file that has no end."""


@dataclass
class Console:
    """The three streams of a command, and whether it speaks JSON."""

    out: TextIO
    err: TextIO
    read: TextIO
    json: bool = False
    out_is_closed: bool = False
    """Whether standard output was closed from the beginning, so that nobody reads what is told."""

    @classmethod
    def of_this_process(cls, arguments: Namespace) -> "Console":
        """Return the console of the running process; what no encoding holds is shown as its number.

        A stream that was closed says and reads nothing. A pass-phrase is the same from a file and from standard input,
        whatever the computer takes for its encoding.
        """
        out, err, read = (stream or io.StringIO() for stream in (sys.stdout, sys.stderr, sys.stdin))
        for stream, errors in ((out, "backslashreplace"), (err, "backslashreplace"), (read, "strict")):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure and not (stream is read and read.isatty()):
                reconfigure(encoding="utf-8", errors=errors)
        return cls(out, err, read, getattr(arguments, "json", False), out_is_closed=sys.stdout is None)

    def tell(self, document: Mapping[str, object], words: Iterable[str]) -> None:
        """Say the result: `document` where JSON was asked for, else `words`, line by line.

        Raises:
            ResultNotShown: Standard output takes nothing more.
        """
        if self.json:
            self._show(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        else:
            self._show("".join(line + "\n" for line in words))

    def say(self, line: str) -> None:
        """Say a line of a longer account, for people only."""
        if not self.json:
            self._show(line + "\n")

    def _show(self, text: str) -> None:
        try:
            self.out.write(text)
            self.out.flush()
        except BrokenPipeError:
            raise  # nobody is left who would miss it
        except OSError:
            self.leave_output()
            raise ResultNotShown from None

    def leave_output(self) -> None:
        """Write no more to standard output, which takes nothing: Python would complain once more at its end."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())

    def complain(self, sentence: str) -> None:
        """Say what went wrong."""
        self.err.write(sentence + "\n")
        self.err.flush()

    def follow(self, steps: Steps[Result], what: str) -> Result:
        """Do work step by step, show how far it is if a person watches, and return its result."""
        watched = self.err.isatty()
        while True:
            try:
                done, total = next(steps)
            except StopIteration as end:
                if watched:
                    self.err.write("\r\x1b[K")
                return end.value
            if watched:
                self.err.write(f"\r{what}: {100 * done // max(total, 1)} %")
                self.err.flush()

    def passphrase(self, file: str, *, new: bool = False) -> str:
        """Return the pass-phrase: the first line of `file` ('-' is standard input), else asked for at the terminal.

        Args:
            file: The file's name, '' for none.
            new: Whether it is asked for twice, because a typing mistake would lock the person out.

        Raises:
            NoPassphrase: Nobody can be asked.
            PassphrasesDiffer: The two are not the same.
            MediumUnreadable: The file cannot be read.
            EmptyPassphrase: Its first line holds nothing.
        """
        if file:
            return self._first_line(file)
        if not self.read.isatty():
            raise NoPassphrase
        typed = getpass.getpass("Pass-phrase: ", self.err)
        if new and getpass.getpass("The same again: ", self.err) != typed:
            raise PassphrasesDiffer
        return typed

    def _first_line(self, file: str) -> str:
        try:
            with nullcontext(self.read) if file == "-" else Path(file).open(encoding="utf-8") as source:
                line = source.readline(_LONGEST_LINE)
        except OSError:
            raise MediumUnreadable(
                "The file with the pass-phrase could not be read. Nothing was changed. Check its name and folder."
            ) from None
        except UnicodeDecodeError:
            raise MediumUnreadable(
                "The file with the pass-phrase is not plain text. Nothing was changed. Save it as text in UTF-8."
            ) from None
        typed = line.rstrip("\r\n").removeprefix("\ufeff")
        if not typed:
            raise EmptyPassphrase
        return typed

    def sheets(self, file: str, questions: Sequence[str]) -> list[str]:
        """Return what stands on several sheets: the lines of `file` ('-' is standard input), else what a person types.

        Raises:
            NoSheets: Not so much was given.
            MediumUnreadable: The file cannot be read, or is no text.
        """
        if file:
            try:
                with nullcontext(self.read) if file == "-" else Path(file).open(encoding="utf-8") as source:
                    typed = [line.strip() for line in source.read(_LONGEST_LINE).removeprefix("\ufeff").splitlines()]
            except (OSError, UnicodeDecodeError):
                raise MediumUnreadable(
                    "The file with the sheets could not be read as text. Nothing was changed. Check its name."
                ) from None
        else:
            typed = [self.ask(question) for question in questions]
        found = [line for line in typed if line]
        if len(found) < len(questions):
            raise NoSheets
        return found

    def ask(self, question: str) -> str:
        """Return what a person answers at the terminal, '' where nobody can be asked."""
        if not self.read.isatty():
            return ""
        self.err.write(question)
        self.err.flush()
        return self.read.readline().strip()


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with the columns of a table under each other."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (headings, *rows)]  # fmt: skip
