"""Reads entries that come from elsewhere: nothing of them is used before it has the shape that a journal's row has."""

from typing import Annotated, Any, Literal, cast

import msgspec

from tac_desktop.casework import journal_limits as limits
from tac_desktop.casework.journal import Entry, JsonValue, Operation, b64, commitment, is_newer
from tac_desktop.errors import DamagedEntries, NewerEntries

_Name = Annotated[str, msgspec.Meta(pattern=limits.FORM)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z_-]{1,64}\Z")]
"""The door of bundles asks for more: UUIDs."""
_Hash = Annotated[str, msgspec.Meta(pattern=limits.HASH)]
_Field = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.LONGEST_FIELD)]
"""The door of bundles asks for its pattern; asked twice for each answer, it would make imports a tenth slower."""
_Fields = Annotated[list[_Field], msgspec.Meta(min_length=1, max_length=limits.MOST_FIELDS)]
_Day = Annotated[str, msgspec.Meta(pattern=limits.DAY)]
_Number = Annotated[int, msgspec.Meta(ge=-limits.LARGEST_INTEGER, le=limits.LARGEST_INTEGER)]
_Inner = None | bool | _Number | str | list[str]
_Value = None | bool | _Number | str | dict[str, _Inner]


class UntrustedSem(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """An entry's meaning as it came; the order of BUNDLES 2.3."""

    v: Literal[1]
    form: _Name
    record_id: _Id
    stream: _Id
    op: Operation
    fields: _Fields
    supersedes: Annotated[dict[_Hash, _Fields], msgspec.Meta(max_length=limits.MOST_REPLACED)]
    author: Annotated[str, msgspec.Meta(max_length=limits.LONGEST_AUTHOR)]
    hlc: Annotated[int, msgspec.Meta(ge=0, le=limits.LARGEST_CLOCK)]
    version: Annotated[int, msgspec.Meta(ge=1, le=limits.LARGEST_FORM_VERSION)]
    commitment: _Hash
    known_on: _Day


_sem = msgspec.json.Decoder(UntrustedSem)
_values = msgspec.json.Decoder(list[_Value])


def checked(entry: Entry) -> tuple[UntrustedSem, list[JsonValue]]:
    """Return the meaning and the values of an entry whose shape and whose commitment to its payload hold.

    One that was erased has neither salt nor payload, and so no values; the caller sees to it that it may.

    Raises:
        NewerEntries: it has a layout that this program does not know.
        DamagedEntries: it is no entry, or its payload is not the one that it speaks of.
    """
    if len(entry.sem) > limits.LONGEST_SEM or len(entry.payload) > limits.LONGEST_PAYLOAD:
        raise DamagedEntries
    if entry.seq < 1 or entry.sseq < 1:
        raise DamagedEntries
    try:
        sem = _sem.decode(entry.sem)
        values = None if entry.is_erased else _values.decode(entry.payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _trouble(entry.sem) from None
    fields = set(sem.fields)
    if len(fields) != len(sem.fields) or not all(map(fields.issuperset, sem.supersedes.values())):
        raise DamagedEntries  # an answer is replaced by one that stands in the same entry, never by nothing
    if values is not None and not _is_kept(entry, sem, len(values)):
        raise DamagedEntries
    return sem, cast("list[JsonValue]", values or [])


def _is_kept(entry: Entry, sem: UntrustedSem, values: int) -> bool:
    bound = b64(commitment(entry.salt, entry.payload))
    return len(entry.salt) == limits.SALT and values == len(sem.fields) and bound == sem.commitment


def _trouble(sem: bytes) -> DamagedEntries | NewerEntries:
    try:
        return NewerEntries() if is_newer(msgspec.json.decode(sem, type=list[Any])) else DamagedEntries()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return DamagedEntries()
