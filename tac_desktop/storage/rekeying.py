"""Gives a vault a new data key, so that who left opens nothing that is written from then on.

It may end at any instant. First keys.json holds the present key and the next one; then data.db is written anew under
the next, beside the old one, and takes its place in one step; then drafts.db likewise; then keys.json holds the new key
alone. Whatever was reached, the next unlock finds out which key data.db has, and finishes what was begun.
"""

import json
import os
from collections.abc import Callable, Collection, Generator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tac_desktop.errors import TacError, VaultDamaged
from tac_desktop.storage import people
from tac_desktop.storage.binding import Connection, open_database, refuse_misread, transaction, troubles
from tac_desktop.storage.durable import flush_file, flush_folder, trouble_of
from tac_desktop.storage.findings import Progress
from tac_desktop.storage.folder import DATA, DRAFTS, KEYS, NEXT
from tac_desktop.storage.key_file import DATA_KEY_BYTES, KeyFile, write_keys
from tac_desktop.storage.key_slots import Opened, link_of
from tac_desktop.storage.long_statements import Watch, followed
from tac_desktop.storage.next_key import kept_slots, settled, with_next
from tac_desktop.storage.unlocked import Unlocked

_PAGES = 256
"""So many are copied between two looks at whether to stop: one megabyte."""
_WHOLE = 100
_COPIED = 95
"""How far it is when data.db is written, in per cent."""
_BEGUN = "rekeying"
"""The note in data.db of a re-keying that began: the number of the new key, who leaves with it, and on which day."""
_NEXT_DRAFTS_KEY = "drafts_next"


def rekey(vault: Unlocked, *, without: Collection[str], day: str) -> Generator[Progress]:
    """Give a vault a new data key, and its drafts too; yield the progress. See `Vault.rekey`."""
    vault.refuse_in_use()
    before = vault.key_file()
    kept = kept_slots(before, without)
    _refuse_damaged_drafts(vault)
    yield Progress(0, _WHOLE)
    coming, data = bytearray(os.urandom(DATA_KEY_BYTES)), vault.folder / DATA
    links = _begin(vault, before, [slot.person for slot in before.slots if slot not in kept and slot.person], day)
    try:
        vault.write_key_file(with_next(before, kept, vault.data_key, coming, links))
        for done, total in followed(partial(_copy, data, vault.data_key, coming)):
            yield Progress(_COPIED * done // total, _WHOLE)
        vault.refuse_in_use()
        _put_in_place(data)
    except BaseException:
        _take_back(vault, before, coming)
        raise
    vault.has_new_key(coming)
    _finish(vault)
    yield Progress(_WHOLE, _WHOLE)


def opened_by_one(folder: Path, opened: Opened) -> Opened:
    """Return what a secret opens with the data key that data.db has by now, and a file that holds that one alone.

    Where a vault was being re-keyed and data.db still has the old key, it is written anew here.

    Args:
        folder: The vault, whose lock is held.
        opened: What the secret gave.

    Raises:
        VaultDamaged: data.db has neither key.
        DiskFull, CannotWrite: it could not be finished; the next unlock tries again.
    """
    data = folder / DATA
    for path in (data, folder / DRAFTS):
        with suppress(OSError):
            _next_of(path).unlink(missing_ok=True)
    if not opened.next_key:
        return opened
    if not _has_key(data, opened.next_key):
        _copy(data, opened.data_key, opened.next_key, Watch())
        _put_in_place(data)
    opened.data_key[:] = opened.next_key
    opened.next_key[:] = bytes(len(opened.next_key))
    keys = settled(opened.keys, opened.data_key)
    return replace(opened, keys=keys, slot=keys.slot(opened.slot.id), next_key=bytearray())


def finish(folder: Path, connection: Connection, keys: KeyFile, *, is_written: bool) -> None:
    """Do what a re-keying that was cut short has left to do, after data.db was opened.

    Args:
        folder: The vault.
        connection: To data.db.
        keys: Its key file, with the key alone that data.db has.
        is_written: Whether keys.json is that file already.
    """
    told = people.note(connection, _BEGUN)
    if told is not None:
        _finish_notes(folder, connection, json.loads(told), keys.number)
    if not is_written:
        write_keys(folder / KEYS, keys)


def _take_back(vault: Unlocked, before: KeyFile, coming: bytearray) -> None:
    """Leave everything as it was; where data.db has the next key already, the next unlock finishes what was begun."""
    data = vault.folder / DATA
    if _has_key(data, coming):
        vault.has_new_key(coming)
        return
    with suppress(OSError):
        _next_of(data).unlink(missing_ok=True)
    with suppress(TacError):  # else it stays begun, and the next unlock finishes it
        vault.write_key_file(before)


def _finish(vault: Unlocked) -> None:
    with vault.connection() as connection:
        finish(vault.folder, connection, vault.key_file(), is_written=False)
    vault.forget_drafts_key()


def _begin(vault: Unlocked, keys: KeyFile, leaving: list[str], day: str) -> dict[int, bytes]:
    """Note in data.db what begins; return what people know of former data keys, by number."""
    note = {"number": keys.number + 1, "leaving": leaving, "day": day}
    sql = "INSERT OR REPLACE INTO key_link (number, link) VALUES (?, ?)"
    with vault.connection() as connection, transaction(connection):
        connection.execute(sql, (keys.number, link_of(vault.data_key)))
        people.put_meta(connection, _BEGUN, json.dumps(note))
        return dict(connection.execute("SELECT number, link FROM key_link"))


def _finish_notes(folder: Path, connection: Connection, begun: dict[str, Any], number: int) -> None:
    if begun["number"] != number:  # it was taken back
        with transaction(connection):
            people.drop_note(connection, _BEGUN)
        return
    coming = people.note(connection, _NEXT_DRAFTS_KEY)
    if coming is None:  # made only now: in data.db of before, who left could read it
        coming = os.urandom(DATA_KEY_BYTES)
        with transaction(connection):
            people.put_meta(connection, _NEXT_DRAFTS_KEY, coming)
    _rekey_drafts(folder / DRAFTS, people.meta(connection, "drafts_key"), coming)
    with transaction(connection):
        people.put_meta(connection, "drafts_key", coming)
        people.put_left(connection, begun["leaving"], begun["day"])
        people.drop_note(connection, _NEXT_DRAFTS_KEY)
        people.drop_note(connection, _BEGUN)


def _rekey_drafts(path: Path, present: bytes, coming: bytes) -> None:
    if not path.exists() or _has_key(path, coming):
        return
    try:
        _copy(path, present, coming, Watch())
        _put_in_place(path)
    except VaultDamaged:  # it was sound when this began; an empty one takes its place
        _next_of(path).unlink(missing_ok=True)
        path.replace(path.with_name("drafts-damaged.db"))


def _refuse_damaged_drafts(vault: Unlocked) -> None:
    path = vault.folder / DRAFTS
    if path.exists():
        try:
            _refuse_unsound(path, vault.drafts_key(), Watch())
        except VaultDamaged:
            raise VaultDamaged(
                "What was typed and not saved yet cannot be read, so the vault was not given a new key. What was saved "
                "is safe, and nothing was changed. Lock the vault, unlock it, and try again."
            ) from None


def _copy(path: Path, present: bytes | bytearray, coming: bytes | bytearray, watch: Watch) -> None:
    """Write a database anew under another key, beside the old one; checked, and durable.

    `PRAGMA rekey` would keep everything waiting to its end and shows its key to whoever sees the statement.
    """
    part = _next_of(path)
    try:
        part.unlink(missing_ok=True)
        with troubles(), watch.over(open_database(path, present)) as source:
            with watch.over(open_database(part, coming, create=True)) as copy:
                copy.execute("PRAGMA journal_mode=OFF")  # half a copy is no copy; a whole one is flushed
                copy.execute("PRAGMA synchronous=OFF")
                source.backup(copy, pages=_PAGES, progress=_told_to(watch))
            refuse_misread(source)
        _refuse_unsound(part, coming, watch)
        flush_file(part)
    except OSError as error:
        raise trouble_of(error) from None


def _told_to(watch: Watch) -> Callable[[int, int, int], None]:
    return lambda _, left, total: watch.tell(total - left, max(total, 1))


def _refuse_unsound(path: Path, key: bytes | bytearray, watch: Watch) -> None:
    with troubles(), watch.over(open_database(path, key)) as connection:
        sealed = not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if not sealed or connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise VaultDamaged


def _put_in_place(path: Path) -> None:
    try:
        _next_of(path).replace(path)
        flush_folder(path.parent)
    except OSError as error:
        raise trouble_of(error) from None


def _has_key(path: Path, key: bytes | bytearray) -> bool:
    try:
        open_database(path, key).close()
    except VaultDamaged:
        return False
    return True


def _next_of(path: Path) -> Path:
    return path.with_name(path.name + NEXT)
