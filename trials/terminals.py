"""One terminal of a service: a vault opened and closed, backed up, restored, copied, under a clock of its own."""

import random
import shutil
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tac_desktop.actions import keeping
from tac_desktop.casework import forms
from tac_desktop.casework.people import Role
from trials import answering
from trials.desks import Desk, desk_at, new_desk

CLOCKS = (0, 0, 0, 0.01, -0.2, 40, -400, 1500, -1100)
"""By how many days a computer's clock may be wrong."""


@dataclass
class Terminal:
    """A vault at work."""

    name: str
    """Whose vault it is; a copy of it has the same."""
    role: Role
    folder: Path
    wrong_by: timedelta = timedelta()
    backups: list[Path] = field(default_factory=list)
    is_copy: bool = False
    _desk: Desk | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    @property
    def label(self) -> str:
        """The name, or that it is a copy of the vault of this name."""
        return f"the copy of {self.name}" if self.is_copy else self.name

    @property
    def desk(self) -> Desk:
        """The open vault with its store and drafts."""
        if self._desk is None:
            self._desk = self._open.enter_context(desk_at(self.folder))
        return self._desk

    def found(self, prison: str) -> None:
        """Make the vault and open it."""
        self._desk = self._open.enter_context(new_desk(self.folder, self.role, self.name, prison))

    def close(self) -> None:
        """Close the vault: the next thing that is done opens it again, as another start of the program does."""
        self._open.close()
        self._desk = None

    def clock(self, now: datetime) -> datetime:
        """Return what the terminal's own clock shows."""
        return now + self.wrong_by

    def back_up(self, now: datetime) -> None:
        """Make a backup as a person does."""
        to = self.folder.with_name(f"{self.folder.name}-backup-{len(self.backups)}")
        job = keeping.back_up(self.desk.vault, self.desk.store, to, now=self.clock(now))
        self.backups.append(result_of(job))

    def restore(self, rng: random.Random) -> None:
        """Lose the vault and bring it back from one of its backups."""
        source = rng.choice(self.backups)
        self.close()
        shutil.rmtree(self.folder)
        result_of(keeping.restore(source, self.folder))

    def copied(self, folder: Path) -> "Terminal":
        """Return a copy of the closed vault, as whoever copies a disk makes it."""
        self.close()
        shutil.copytree(self.folder, folder)
        return Terminal(self.name, self.role, folder, self.wrong_by, is_copy=True)

    def answering(self, case_file: str, rng: random.Random) -> answering.Desk:
        """Return what answers about a case file may point to; files are small."""
        store = self.desk.store
        return answering.Desk(
            lambda form: [record.id for record in store.records(form, case_file)],
            lambda: store.attach([rng.randbytes(rng.choice((10, 3_000, 300_000)))]),
        )

    def case_files(self) -> list[str]:
        """Return the case files whose mother's record is here."""
        return sorted(record.id for record in self.desk.store.records("mother"))

    def view(self) -> dict[str, tuple[object, ...]]:
        """Return by stream what all records say that others may have, with what contradicts itself."""
        found: dict[str, list[object]] = {}
        for name, form in forms.ALL.items():
            if form.keeping != "restricted":
                for record in self.desk.store.records(name):
                    said = (name, record.id, sorted(record.answers.items()), record.known_on, record.conflicts)
                    found.setdefault(record.stream, []).append(said)
        return {stream: tuple(sorted(map(repr, said))) for stream, said in found.items()}


def result_of(job: Generator[object, None, Any]) -> Any:
    """Do all of a job; return what came of it."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
