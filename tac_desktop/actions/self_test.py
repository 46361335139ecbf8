"""Tries the program on this computer before it is approved: a vault, a paper, every screen; nothing of it stays."""

import platform
import tempfile
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import tac_desktop
from tac_desktop.actions import documents, keeping, paper, sample, vaults
from tac_desktop.actions.known_women import Typed, known_women, read_women
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import DocumentNotDrawable, NamesNotCompared, VaultDamaged

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

LIBRARIES: Final = (
    "PySide6-Essentials", "sqlcipher3", "sqlite-utils", "cryptography", "pyrage", "msgspec", "reportlab", "pikepdf",
    "pypdfium2", "pillow", "openpyxl", "rapidfuzz",
)  # fmt: skip
PASSPHRASE: Final = "nobody keeps this vault"  # noqa: S105 - of a vault that lives for a minute

ScreenBuilder: TypeAlias = "Callable[[Vault, str, Path], Sequence[str]]"
"""Builds every screen for a vault and a case file, in a folder for its settings; returns their names. It closes the
vault."""


@dataclass(frozen=True)
class Trial:
    """Something that was tried and went well."""

    name: str
    result: str


def self_test(screens: ScreenBuilder, *, now: datetime) -> Generator[Trial]:
    """Try everything that a computer could spoil; yield each trial that went well.

    Args:
        screens: Builds the screens, without a display.
        now: The time, with its zone.

    Raises:
        What goes wrong, as a trouble; nothing stays on the disk.
    """
    yield Trial("program", f"TaC Desktop {tac_desktop.__version__}")
    yield Trial("computer", f"Python {platform.python_version()}, {platform.platform()}")
    yield Trial("libraries", ", ".join(f"{name} {_version(name)}" for name in LIBRARIES))
    with tempfile.TemporaryDirectory(prefix="tac-self-test-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / "vault"
        vault, _ = vaults.create(folder, name="Slate Kettle", role="manager", prison="", passphrase=PASSPHRASE)
        try:
            store = vaults.store_of(vault)
            try:
                yield from _use(vault, store, now)
            finally:
                store.close()
            names = screens(vault, case_file_id(sample.REFERENCE), Path(scratch))
            yield Trial("screens", f"{len(names)} built without a display: {', '.join(names)}")
        finally:
            vault.close()


def _use(vault: "Vault", store: "Store", now: datetime) -> Generator[Trial]:
    saved = sample.load_story(store, vault.person, now)
    yield Trial("vault", f"made, opened, {saved} forms saved durably")
    if run_to_end(keeping.check_vault(store)):
        raise VaultDamaged
    yield Trial("check", "pages, chains, signatures, records and attachments are sound")
    mother = store.records("mother")[0]
    misspelt = mother.text("name").replace("o", "u")
    fits = known_women(store, read_women(store), Typed(name=misspelt)).fits
    if [fit.row.case_file for fit in fits] != [mother.case_file]:
        raise NamesNotCompared
    yield Trial("names", f"‘{misspelt}’ is found to be like ‘{mother.text('name')}’")
    drawing = documents.draw_document(store, vault.person, case_file_id(sample.REFERENCE), "dossier", now=now)
    drawn = run_to_end(drawing)
    pictures = run_to_end(paper.drawn_pages(drawn.content, 50, [0]))
    if not pictures or pictures[0].width < 100:
        raise DocumentNotDrawable
    yield Trial("paper", f"a dossier of {drawn.pages} pages drawn, its first page shown")


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "(carried along)"
