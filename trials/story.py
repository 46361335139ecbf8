"""A service of five terminals: their vaults, what they trust, and the bundles that are on their way between them."""

import random
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tac_desktop.actions import exchange
from tac_desktop.errors import CasesMustBeNamed, MissingEntries, RosterTooOld
from tac_desktop.export.card import Card
from trials.accounts import Account, held
from trials.terminals import Terminal, result_of

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PEOPLE = (
    ("Slate Kettle", "worker", "EP"),
    ("Teal Button", "worker", "SEND"),
    ("Jade Feather", "worker", "EP"),
    ("Indigo Marble", "manager", ""),
    ("Umber Lantern", "manager", ""),
)
MOST_ROUNDS = 10
"""So often everybody may have to write to everybody at the end, until nobody learns anything new."""


class Wrong(Exception):
    """Something happened that must not happen."""


@dataclass(frozen=True)
class OnItsWay:
    """A bundle's file and for whom it is."""

    file: Path
    to: str


@dataclass
class Story:
    """All that is there while the weeks go by."""

    place: Path
    rng: random.Random
    meet: Callable[[str], None]
    """Counts what was met."""
    now: datetime = BEGIN
    terminals: list[Terminal] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    bag: list[OnItsWay] = field(default_factory=list)
    account: Account = field(default_factory=lambda: Account(_managers()))
    bundles: int = 0
    receipts: list[tuple[str, str]] = field(default_factory=list)
    """Whose bundles were taken in, with the code that says so."""

    def look(self, terminal: Terminal) -> None:
        """Take into the account what was written at a terminal."""
        new = self.account.note(terminal.label, terminal.name, terminal.desk.store)
        for _ in new:
            self.meet("entries")

    def close(self) -> None:
        """Close all vaults."""
        with ExitStack() as stack:
            for terminal in self.terminals:
                stack.callback(terminal.close)

    # --- bundles ---

    def send(self, sender: Terminal, to: str, cases: Sequence[str] | None = None, **how: Any) -> list[OnItsWay]:
        """Write what a recipient may have; return the files, none where nothing was named for her yet."""
        self.bundles += 1
        path, desk = self.place / f"{self.bundles:05d}.tacb", sender.desk
        job = exchange.write_bundle(
            desk.vault, desk.store, self.cards[to], path, now=sender.clock(self.now), cases=cases, **how
        )
        try:
            written = result_of(job)
        except CasesMustBeNamed:
            return []
        except RosterTooOld:  # by this clock; then no case file is handed over
            self.meet("refused under a clock that is far ahead")
            return []
        self.meet("bundles")
        self.look(sender)
        return [OnItsWay(file, to) for file in getattr(written, "files", (path,))]

    def deliver(self, one: OnItsWay, receiver: Terminal) -> bool:
        """Take a bundle in; say whether it could be, or an earlier one is missing."""
        desk = receiver.desk
        before = held(desk.store)
        job = exchange.import_bundle(desk.vault, desk.store, one.file, now=receiver.clock(self.now))
        try:
            found = result_of(job)
        except MissingEntries:
            self.meet("refused for a gap")
            return False
        finally:
            self.look(receiver)
            if not before <= held(desk.store):
                raise Wrong(f"{receiver.label} lost entries by taking in a bundle")
        self.meet("taken in before" if found.imported_before else "taken in")
        self.receipts.append((found.sender, found.receipt))
        return True

    def addressed(self, name: str) -> list[Terminal]:
        """Return the terminals that can open what is sealed for a vault: it, and copies of it."""
        return [terminal for terminal in self.terminals if terminal.name == name]

    def exchange_until_quiet(self) -> None:
        """Let everybody write to everybody, and lose nothing any more, until nobody learns anything new twice running.

        What a vault is told in one round, that others lost something, it answers in the next.
        """
        quiet = 0
        for round_ in range(MOST_ROUNDS):
            before = [held(terminal.desk.store) for terminal in self.terminals]
            troubled = [pair for pair in self._pairs() if not self._exchanged(*pair)]
            shared = [self._shared(terminal, known) for terminal, known in zip(self.terminals, before, strict=True)]
            quiet = 0 if troubled or any(shared) else quiet + 1
            if quiet == 2:
                self.meet(f"quiet after {round_ - 1} rounds")
                return
        raise Wrong(f"after {MOST_ROUNDS} rounds there is still something new")

    def _pairs(self) -> Iterator[tuple[Terminal, Terminal]]:
        return ((a, b) for a in self.terminals for b in self.terminals if a.name != b.name)

    def _exchanged(self, sender: Terminal, receiver: Terminal) -> bool:
        taken = [self.deliver(one, receiver) for one in self.send(sender, receiver.name)]
        return all(taken)

    def _shared(self, terminal: Terminal, before: set[str]) -> set[str]:
        """Return what is new at a terminal and not its own notes of the exchange."""
        new = held(terminal.desk.store) - before
        return {cid for cid in new if self.account.saved[cid].kind in ("case", "office")}


def _managers() -> frozenset[str]:
    return frozenset(name for name, role, _ in PEOPLE if role == "manager")


@contextmanager
def a_story(place: Path, rng: random.Random, meet: Callable[[str], None]) -> Generator[Story]:
    """Begin a story in an empty folder, and close its vaults afterwards."""
    story = Story(place, rng, meet)
    try:
        yield story
    finally:
        story.close()
