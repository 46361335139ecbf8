"""New vaults for the tests: one of each kind is made, the others are copies. Making one takes twelve times as long."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tac_desktop.actions import vaults
from tac_desktop.casework.people import Role
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault


def new_vault(folder: Path, *, name: str, role: Role, passphrase: str, prison: str = "", number: int = 0) -> Path:
    """Put a closed vault into a new folder and return the folder.

    Vaults of the same `number` and the same other words are one device and one person: in one test each has its own.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place, content in _content(name, role, passphrase, prison, number):
        if content is None:
            (folder / place).mkdir(mode=0o700)
        else:
            (folder / place).write_bytes(content)
            (folder / place).chmod(0o600)
    return folder


def open_vault(folder: Path, **kind) -> Vault:
    """Put a vault into a new folder, as `new_vault` does, and return it, open."""
    new_vault(folder, **kind)
    return vaults.unlock(folder, vaults.people_of(folder)[0].id, kind["passphrase"])


@cache
def _content(name: str, role: Role, passphrase: str, prison: str, number: int) -> tuple[tuple[str, bytes | None], ...]:
    with TemporaryDirectory(prefix="tac-test-") as place:
        folder = Path(place) / "vault"
        vault, _ = vaults.create(folder, name=name, role=role, prison=prison, passphrase=passphrase, profile=CHEAPEST)
        Store(vault).close()
        vault.close()
        return tuple((file.name, None if file.is_dir() else file.read_bytes()) for file in sorted(folder.iterdir()))
