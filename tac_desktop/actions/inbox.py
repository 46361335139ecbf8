"""The folder in which bundles arrive: what waits there, and taking in all of it that can be taken in.

Each file is copied into the vault's own folder first, and the copy is taken in: a stick may give other bytes when it is
read a second time, or be pulled out. What was taken in is put aside in a folder beside it; everything else stays where
it is, with a sentence that says why.
"""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.taking_in import BundleImported, note_refusal, taken_in
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import BundleRefused, CannotWrite, MediumUnreadable, Stopped, TacError, VaultBusy, VaultLocked

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

ENDING = ".tacb"
TAKEN_IN = "taken-in"
"""The folder in which bundles lie that were taken in."""
COPIES = "inbox"
"""The folder of a vault in which copies lie while they are taken in."""
_CHUNK = 1 << 20


@dataclass(frozen=True)
class InboxFile:
    """A bundle that waits."""

    path: Path
    size: int
    """In bytes."""
    at: str
    """When it was last changed (ISO, UTC)."""


@dataclass(frozen=True)
class InboxOutcome:
    """What became of a bundle that waited: one of both is None."""

    path: Path
    """Where it lay."""
    imported: BundleImported | None
    trouble: TacError | None


def waiting(folder: Path) -> list[InboxFile]:
    """Return the bundles that lie in a folder, the oldest first.

    Raises:
        MediumUnreadable: the folder cannot be read.
    """
    found: list[InboxFile] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() == ENDING and path.is_file():
                facts = path.stat()
                at = datetime.fromtimestamp(facts.st_mtime, UTC).isoformat(timespec="seconds")
                found.append(InboxFile(path, facts.st_size, at))
    except (OSError, OverflowError, ValueError) as trouble:
        raise MediumUnreadable from trouble
    return sorted(found, key=lambda file: (file.at, file.path.name))


@permitted(Deed.EXCHANGE)
def take_in(
    vault: "Vault", store: "Store", path: Path, *, now: datetime, put_aside: bool = False
) -> Generator[tuple[int, int], None, BundleImported]:
    """Take in one bundle by way of a copy, so that what is checked is what is taken in.

    Args:
        vault: The open vault.
        store: Its store.
        path: The bundle.
        now: The time, with its zone.
        put_aside: Whether it waits in an inbox and goes to the others that were taken in.

    Raises:
        What `taking_in.import_bundle` raises: nothing was changed, nor when the generator is closed.
    """
    try:
        file = InboxFile(path, path.stat().st_size, "")
    except OSError as trouble:
        raise MediumUnreadable from trouble
    with _copies(vault) as copies:
        outcome = yield from _tried(vault, store, copies, file, now, (0, file.size + 1), put_aside=put_aside)
    if isinstance(outcome.trouble, BundleRefused):
        note_refusal(vault, store, outcome.trouble, now=now)
    if outcome.imported is None:
        raise outcome.trouble or MediumUnreadable
    return outcome.imported


@permitted(Deed.EXCHANGE)
def take_in_all(
    vault: "Vault", store: "Store", folder: Path, *, now: datetime
) -> Generator[tuple[int, int], None, list[InboxOutcome]]:
    """Take in every bundle of a folder that can be taken in, whatever the order in which they were written.

    All are tried, again and again, until none makes progress: one may need another, or the roster that another brings.
    Closing the generator keeps what was taken in so far, and nothing of the one at work.

    Args:
        vault: The open vault.
        store: Its store.
        folder: Where the bundles lie.
        now: The time, with its zone.

    Raises:
        MediumUnreadable: the folder cannot be read.
        VaultBusy, VaultLocked, Stopped: the rest was not tried.
    """
    left: list[InboxFile] = waiting(folder)
    done: list[InboxOutcome] = []
    total = sum(file.size for file in left) + 1
    with _copies(vault) as copies:
        failed: list[InboxOutcome] = []
        while left:
            failed, before = list[InboxOutcome](), sum(file.size for file in left)
            for file in left:
                outcome = yield from _tried(vault, store, copies, file, now, (total - 1 - before, total))
                (done if outcome.imported else failed).append(outcome)
            still = {outcome.path for outcome in failed}
            if len(still) == len(left):
                break
            left = [file for file in left if file.path in still]
    for outcome in failed:
        if isinstance(outcome.trouble, BundleRefused):
            note_refusal(vault, store, outcome.trouble, now=now)
    return [*done, *failed]


def _tried(
    vault: "Vault",
    store: "Store",
    copies: Path,
    file: InboxFile,
    now: datetime,
    so_far: tuple[int, int],
    *,
    put_aside: bool = True,
) -> Generator[tuple[int, int], None, InboxOutcome]:
    """Try to take in one bundle, and put it aside if that went well."""
    begun, total = so_far
    try:
        copy = yield from _copied(file, copies, so_far)
        with closing(taken_in(vault, store, copy, now=now)) as steps:
            imported = None
            while imported is None:
                try:
                    done, of = next(steps)
                except StopIteration as end:
                    imported = end.value
                else:
                    yield min(begun + file.size * done // max(of, 1), total), total
    except (VaultBusy, VaultLocked, Stopped):
        raise
    except TacError as trouble:
        return InboxOutcome(file.path, None, trouble)
    copy.unlink(missing_ok=True)
    if put_aside and imported.number:  # what this vault has written itself waits there for somebody else
        _put_aside(file)
    return InboxOutcome(file.path, imported, None)


def _copied(file: InboxFile, copies: Path, so_far: tuple[int, int]) -> Generator[tuple[int, int], None, Path]:
    """Return the copy of a bundle in the vault's own folder, which is made at the first try.

    Raises:
        NotABundle, BundleTooLarge, MediumUnreadable: it is not worth a copy, or cannot be read.
    """
    from tac_desktop.export.bundle.reader import outline
    from tac_desktop.export.whole_file import whole_file

    copy = copies / file.path.name
    if not copy.exists():
        outline(file.path)
        with whole_file(copy) as target:
            for chunk in _chunks(file.path):
                target.write(chunk)
                yield so_far
    return copy


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as trouble:
        raise MediumUnreadable from trouble


@contextmanager
def _copies(vault: "Vault") -> Generator[Path]:
    """Give an empty folder of the vault for copies, and take it away in the end; what a crash left behind, too."""
    folder = vault.folder / COPIES
    _cleared(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as trouble:
        raise CannotWrite from trouble
    try:
        yield folder
    finally:
        _cleared(folder)


def _cleared(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def _put_aside(file: InboxFile) -> None:
    """Move a bundle that was taken in; where that is not possible, or another one has its place, it stays."""
    with suppress(OSError):
        facts, aside = file.path.stat(), file.path.parent / TAKEN_IN
        if facts.st_size == file.size and not (aside / file.path.name).exists():
            aside.mkdir(exist_ok=True)
            file.path.replace(aside / file.path.name)
