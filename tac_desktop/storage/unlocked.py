"""The folder and the data key of a vault that is unlocked: its connections, and its key file."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tac_desktop.errors import VaultBusy, VaultLocked
from tac_desktop.storage import people
from tac_desktop.storage.binding import Connection, is_closed, open_database, refuse_misread, sound_reading
from tac_desktop.storage.folder import DATA, DRAFTS, KEYS
from tac_desktop.storage.key_file import KeyFile, read_keys, write_keys
from tac_desktop.storage.next_key import settled


class Unlocked:
    """A vault's folder and its data key. Whoever has this reads and writes everything in it."""

    def __init__(self, folder: Path, key: bytearray) -> None:
        """Take the folder, and the key, which is kept and zeroed here."""
        self.folder = folder
        self._key = key
        self._drafts_key = bytearray()
        self._handed_out: list[Connection] = []

    @property
    def is_open(self) -> bool:
        """Whether the key is still here."""
        return bool(self._key)

    @property
    def data_key(self) -> bytearray:
        """The vault's data key itself, for this room only; VaultLocked if it was dropped."""
        if not self._key:
            raise VaultLocked
        return self._key

    def connect(self, *, cache_kib: int = 8000) -> Connection:
        """Open a connection to data.db for the calling thread, which alone may use and close it."""
        return self.connect_to(self.folder / DATA, cache_kib=cache_kib)

    def connect_to(self, path: Path, *, create: bool = False, cache_kib: int = 8000) -> Connection:
        """Open a copy of data.db that has the vault's key, a backup for one; or make one."""
        return self._handing_out(open_database(path, self.data_key, create=create, cache_kib=cache_kib))

    def connect_to_drafts(self) -> Connection:
        """Open drafts.db; a new one where there is none, as in a vault that was brought back from a backup."""
        path = self.folder / DRAFTS
        return self._handing_out(open_database(path, self.drafts_key(), create=not path.exists(), cache_kib=1000))

    def drafts_key(self) -> bytes:
        """Return the key of drafts.db; it is read once, kept beside the vault's key and forgotten with it."""
        if not self._drafts_key:
            with self.connection() as connection:
                self._drafts_key[:] = people.meta(connection, "drafts_key")
        return bytes(self._drafts_key)

    def forget_drafts_key(self) -> None:
        """Drop the key of drafts.db: there is another one, or the vault is being closed."""
        self._drafts_key[:] = bytes(len(self._drafts_key))
        self._drafts_key.clear()

    def key_file(self) -> KeyFile:
        """Return the key file as it is now; KeysDamaged if it was altered."""
        return settled(read_keys(self.folder / KEYS), self.data_key)

    def write_key_file(self, keys: KeyFile) -> None:
        """Keep another key file; DiskFull or CannotWrite, then nothing was changed."""
        write_keys(self.folder / KEYS, keys)

    def refuse_in_use(self) -> None:
        """Raise VaultBusy while a store or the drafts are open: they would write into a file that is being replaced."""
        self._handed_out = [connection for connection in self._handed_out if not is_closed(connection)]
        if self._handed_out:
            raise VaultBusy

    def has_new_key(self, key: bytearray) -> None:
        """Go on under another data key, which data.db has by now; it is taken over, and zeroed where it came from."""
        self._key[:] = key
        key[:] = bytes(len(key))

    @contextmanager
    def connection(self) -> Generator[Connection]:
        """Open a connection to data.db for this block; VaultDamaged if what was read in it is not sound."""
        connection = self.connect()
        try:
            with sound_reading(connection):
                yield connection
                refuse_misread(connection)
        finally:
            connection.close()

    def _handing_out(self, connection: Connection) -> Connection:
        self._handed_out = [one for one in self._handed_out if not is_closed(one)] + [connection]
        return connection
