"""Under which keys a vault is known: the present ones, and those that it had before they were renewed."""

from collections.abc import Generator
from contextlib import contextmanager

from tac_desktop.casework.journal import incarnation_id
from tac_desktop.casework.service import device_id
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.people import put_meta
from tac_desktop.storage.vault import Vault

_HOME = "home_id"
"""The note of the id after which the vault's own streams are named: its first, whatever keys it has."""
_FORMER = "former_keys"
"""The note of the Ed25519 public keys before, 32 bytes each, the oldest first."""
_KEY = 32


def home_id(connection: Connection, present: bytes) -> bytes:
    """Return the id after which the vault's own streams are named; `present` where it never had other keys."""
    return _note(connection, _HOME) or present


def former_keys(connection: Connection) -> tuple[bytes, ...]:
    """Return the public signing keys that the vault had before, the oldest first."""
    kept = _note(connection, _FORMER)
    return tuple(kept[at : at + _KEY] for at in range(0, len(kept), _KEY))


def key_of(former: tuple[bytes, ...], incarnation: bytes, nonce: bytes) -> bytes:
    """Return under which former key the vault made an incarnation of its own; b'' for the present one."""
    return next((key for key in former if incarnation_id(device_id(key), nonce) == incarnation), b"")


@contextmanager
def renewing(vault: Vault, ledger: Ledger, *, identity: bytes, device: bytes, former: bytes) -> Generator[None]:
    """Give a vault new keys, in one transaction with what the block writes, which is the first under them.

    Args:
        vault: The open vault.
        ledger: That of a store of it.
        identity: Its new secret keys, as they are kept.
        device: Its new id.
        former: The public signing key that it has had so far.
    """
    before = vault.device_id, vault.identity()
    try:
        with ledger.writing() as connection:
            put_meta(connection, _HOME, home_id(connection, vault.device_id))
            put_meta(connection, _FORMER, b"".join((*former_keys(connection), former)))
            put_meta(connection, "device_id", device)
            put_meta(connection, "identity", identity)
            vault.is_known_as(device, identity)
            yield
    except BaseException:
        vault.is_known_as(*before)
        raise


def _note(connection: Connection, name: str) -> bytes:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return bytes(row[0]) if row else b""
