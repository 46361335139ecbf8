"""The one module that knows SQLCipher: opens encrypted databases with the settled pragmas and names their troubles.

It registers an alias module `pysqlite3`, which sqlite_utils looks for first: so sqlite_utils works with SQLCipher's
exception classes, and, because the alias refuses `connect`, can never create a file in clear.
"""

import os
import stat
import sys
import types
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tac_desktop.errors import (
    CannotWrite,
    DiskFull,
    Stopped,
    TacError,
    VaultBusy,
    VaultDamaged,
)

# The library was linked with an openssl.cnf path of its build machine; nothing may be read from there.
os.environ.setdefault("OPENSSL_CONF", os.devnull)

if TYPE_CHECKING:
    import sqlite3 as dbapi  # the same DB-API; sqlcipher3 brings no types of its own

    from sqlite_utils import Database
else:
    import sqlcipher3.dbapi2 as dbapi

Connection = dbapi.Connection
Cursor = dbapi.Cursor
Error = dbapi.Error
IntegrityError = dbapi.IntegrityError
OperationalError = dbapi.OperationalError

KEY_BYTES = 32
SMALLEST_FILE = 4096  # one page; anything shorter would be opened as a new, empty database
_BUSY_MS = 10_000

_PRAGMAS = (
    "temp_store=MEMORY",  # FILE would write rows in clear
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "secure_delete=ON",
)

_STUMBLES = (ValueError, LookupError, TypeError)

_TROUBLES: dict[int, type[TacError]] = {
    dbapi.SQLITE_FULL: DiskFull,
    dbapi.SQLITE_BUSY: VaultBusy,
    dbapi.SQLITE_LOCKED: VaultBusy,
    dbapi.SQLITE_INTERRUPT: Stopped,
    dbapi.SQLITE_READONLY: CannotWrite,
    dbapi.SQLITE_CANTOPEN: CannotWrite,
    dbapi.SQLITE_PERM: CannotWrite,
    dbapi.SQLITE_IOERR: CannotWrite,
    dbapi.SQLITE_CORRUPT: VaultDamaged,
    dbapi.SQLITE_NOTADB: VaultDamaged,
    dbapi.SQLITE_NOMEM: VaultDamaged,
    dbapi.SQLITE_FORMAT: VaultDamaged,
}

_WITHOUT_A_CODE: dict[str, type[TacError]] = {  # `Connection.backup` tells in the words of sqlite3_errstr alone
    "database or disk is full": DiskFull,
    "disk I/O error": CannotWrite,
    "unable to open database file": CannotWrite,
    "attempt to write a readonly database": CannotWrite,
    "database is locked": VaultBusy,
    "interrupted": Stopped,
    "database disk image is malformed": VaultDamaged,
    "file is not a database": VaultDamaged,
}


def _refuse(*_arguments: object, **_named: object) -> None:
    raise RuntimeError("databases are opened by tac_desktop.storage.binding only")


def _register_alias() -> None:
    for name in ("pysqlite3", "pysqlite3.dbapi2"):
        alias = types.ModuleType(name)
        alias.__dict__.update({key: value for key, value in vars(dbapi).items() if not key.startswith("__")})
        alias.__dict__["connect"] = _refuse
        sys.modules[name] = alias
    sys.modules["pysqlite3"].__dict__["dbapi2"] = sys.modules["pysqlite3.dbapi2"]


_register_alias()


@contextmanager
def troubles() -> Generator[None]:
    """Turn what the database raises into the trouble's own class; a mistake of ours passes unchanged.

    SQLCipher reports damage as DatabaseError or as MemoryError. Neither message is passed on: both may quote rows.
    """
    try:
        yield
    except MemoryError as error:
        raise VaultDamaged from error
    except dbapi.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        trouble = _WITHOUT_A_CODE.get(str(error)) if code is None else _TROUBLES.get(code & 0xFF)
        if trouble is None:
            raise
        raise trouble from None


def open_database(path: Path, key: bytes | bytearray, *, create: bool = False, cache_kib: int = 8000) -> Connection:
    """Open an encrypted database file with its raw key.

    Args:
        path: the file. Without `create` it must exist.
        key: 32 random bytes, never a pass-phrase.
        create: make a new file; the caller sees to it that there is none.
        cache_kib: page cache in KiB; imports want more.

    Raises:
        VaultDamaged: the file is missing, empty, in clear, of another key, or damaged.
        CannotWrite, DiskFull, VaultBusy: the medium refuses.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    if not create:
        _refuse_stub(path)
    with troubles():
        connection = dbapi.connect(str(path.resolve()), timeout=_BUSY_MS / 1000, isolation_level=None)
        try:
            _set_key(connection, key)
            _set_pragmas(connection, cache_kib)
        except BaseException:
            connection.close()
            raise
    return connection


def is_closed(connection: Connection) -> bool:
    """Say, in any thread, whether a connection was closed."""
    try:
        _ = connection.total_changes
    except dbapi.ProgrammingError:
        return True
    return False


def _refuse_stub(path: Path) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise VaultDamaged from None
    except OSError:
        raise CannotWrite from None
    if not stat.S_ISREG(found.st_mode) or found.st_size < SMALLEST_FILE:
        raise VaultDamaged


def _set_key(connection: Connection, key: bytes | bytearray) -> None:
    spelled = bytearray(b"x'" + bytes(2 * KEY_BYTES) + b"'")
    try:
        for index, byte in enumerate(key):
            spelled[2 + 2 * index : 4 + 2 * index] = b"%02x" % byte
        cast("Any", connection).set_key(spelled)
    finally:
        spelled[:] = bytes(len(spelled))
    if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
        raise VaultDamaged  # a binding that does not encrypt must never go unnoticed
    connection.execute("PRAGMA cipher_log_level=NONE")


def _set_pragmas(connection: Connection, cache_kib: int) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA cache_size=-{int(cache_kib)}")
    connection.execute(
        "SELECT count(*) FROM sqlite_schema"
    ).fetchone()  # the first read: wrong key or damage shows here


def refuse_misread(connection: Connection) -> None:
    """Raise VaultDamaged if a page whose seal does not hold was read since the connection was opened.

    Where it is the last page of a long text SQLCipher hands out zeros without a word, and tells of it only afterwards.
    """
    if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
        raise VaultDamaged


@contextmanager
def sound_reading(connection: Connection) -> Generator[Connection]:
    """Read in this block; what was read is sound when it ends, else VaultDamaged.

    Zeros in the place of a text may also make whoever reads it stumble: then, too, it is the damage that is told.
    """
    with troubles():
        try:
            yield connection
        except _STUMBLES:
            refuse_misread(connection)
            raise
        refuse_misread(connection)


@contextmanager
def transaction(connection: Connection) -> Generator[Connection]:
    """One transaction for writing: everything or nothing, durable when the block ends.

    Raises what `troubles` names; then nothing is changed.
    """
    with troubles():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            refuse_misread(connection)
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, _STUMBLES):
                refuse_misread(connection)
            raise


def sqlite_utils_database(connection: Connection) -> "Database":
    """Return sqlite_utils' view of an open connection; imported here because it costs two bare starts."""
    import sqlite_utils
    import sqlite_utils.utils as seen

    if cast("Any", seen).OperationalError is not dbapi.OperationalError:
        raise ImportError("sqlite_utils was imported before the binding and would use plain SQLite")
    return sqlite_utils.Database(cast("Any", connection), execute_plugins=False)
