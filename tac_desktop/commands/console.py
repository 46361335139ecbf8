"""What a command says and asks: words or one JSON document, progress for a terminal, pass-phrases without echo."""

import getpass
import json
import sys
from argparse import Namespace
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeVar

from tac_desktop.errors import MediumUnreadable, NoPassphrase, PassphrasesDiffer

Result = TypeVar("Result")
Steps = Generator[tuple[int, int], None, Result]
"""Work that tells how far it is, as (done, total), and returns its result."""


@dataclass
class Console:
    """The three streams of a command, and whether it speaks JSON."""

    out: TextIO
    err: TextIO
    read: TextIO
    json: bool = False

    @classmethod
    def of_this_process(cls, arguments: Namespace) -> "Console":
        """Return the console of the running process; what no encoding holds is shown as its number."""
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure:
                reconfigure(encoding="utf-8", errors="backslashreplace")
        return cls(sys.stdout, sys.stderr, sys.stdin, getattr(arguments, "json", False))

    def tell(self, document: Mapping[str, object], words: Iterable[str]) -> None:
        """Say the result: `document` where JSON was asked for, else `words`, line by line."""
        if self.json:
            json.dump(document, self.out, ensure_ascii=False, indent=2)
            self.out.write("\n")
        else:
            self.out.writelines(line + "\n" for line in words)
        self.out.flush()

    def say(self, line: str) -> None:
        """Say a line of a longer account, for people only."""
        if not self.json:
            self.out.write(line + "\n")
            self.out.flush()

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
            line = self.read.readline() if file == "-" else Path(file).read_text("utf-8").split("\n", 1)[0]
        except (OSError, UnicodeDecodeError):
            raise MediumUnreadable(
                "The file with the pass-phrase could not be read. Nothing was changed. Check its name and folder."
            ) from None
        return line.rstrip("\r\n").removeprefix("\ufeff")

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
