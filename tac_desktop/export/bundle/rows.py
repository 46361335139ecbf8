"""The rows of a bundle: journal entries as lines of text, and the strict door through which they enter.

A row is `seq TAB sseq TAB sem TAB salt TAB payload LF`. Sem and payload are the very bytes that were hashed when the
entry was written; they are never made anew. What leaves passes the same door as what enters.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

import msgspec

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from tac_desktop.casework import journal_limits as limits
from tac_desktop.casework.journal import Entry, Operation, b64, change_id, commitment, is_newer, stream_chain, unb64
from tac_desktop.casework.live import DELETED
from tac_desktop.errors import BundleMalformed, NewerEntries
from tac_desktop.export.bundle.manifest import MAX_PLAIN, StreamId

MAX_SEQ = 2**53
_LEVEL = 3
_WINDOW_LOG = 23
"""A reader spends at most 8 MiB on looking back."""

_Name = Annotated[str, msgspec.Meta(pattern=limits.FORM)]
_Field = Annotated[str, msgspec.Meta(pattern=limits.FIELD)]
_RecordId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f-]{36}\Z")]
_Day = Annotated[str, msgspec.Meta(pattern=limits.DAY)]
_Integer = Annotated[int, msgspec.Meta(ge=-limits.LARGEST_INTEGER, le=limits.LARGEST_INTEGER)]
_Hash = Annotated[str, msgspec.Meta(pattern=limits.HASH)]
_Fields = Annotated[list[_Field], msgspec.Meta(min_length=1, max_length=limits.MOST_FIELDS)]


class CheckedSem(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """The meaning of an entry, as it came, in the form of this version."""

    version: Literal[1]
    form: _Name
    record_id: _RecordId
    stream: StreamId
    op: Operation
    fields: _Fields
    supersedes: Annotated[dict[_Hash, _Fields], msgspec.Meta(max_length=limits.MOST_REPLACED)]
    author: Annotated[str, msgspec.Meta(max_length=limits.LONGEST_AUTHOR)]
    hlc: Annotated[int, msgspec.Meta(ge=0, le=limits.LARGEST_CLOCK)]
    form_version: Annotated[int, msgspec.Meta(ge=1, le=limits.LARGEST_FORM_VERSION)]
    commitment: _Hash
    known_on: _Day


class _Special(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An answer that is no plain value: one member is there, and of a deletion both of its own."""

    not_known: str | msgspec.UnsetType = msgspec.UNSET
    declined: Literal[True] | msgspec.UnsetType = msgspec.UNSET
    blob: Annotated[str, msgspec.Meta(pattern=limits.BLOB)] | msgspec.UnsetType = msgspec.UNSET

    reason: str | msgspec.UnsetType = msgspec.UNSET
    seen: list[_Hash] | msgspec.UnsetType = msgspec.UNSET

    def fits(self, field: str) -> bool:
        answers = sum(part is not msgspec.UNSET for part in (self.not_known, self.declined, self.blob))
        deletes = sum(part is not msgspec.UNSET for part in (self.reason, self.seen))
        return (answers, deletes) == ((0, 2) if field == DELETED else (1, 0))


_SEM = msgspec.json.Decoder(CheckedSem)
_LIST = msgspec.json.Decoder(list[Any])
_PAYLOAD = msgspec.json.Decoder(list[str | bool | _Integer | _Special | None])


class Position(NamedTuple):
    """A place in the history of one stream by one incarnation: after how many entries, and the chain's value there."""

    sseq: int
    chain: bytes


START = Position(0, b"")


def encode_row(entry: Entry) -> bytes:
    """Return an entry as a line."""
    return b"%d\t%d\t%b\t%b\t%b\n" % (entry.seq, entry.sseq, entry.sem, b64(entry.salt).encode(), entry.payload)


def decode_rows(incarnation: bytes, untrusted_lines: bytes) -> Iterator[tuple[CheckedSem, Entry]]:
    """Yield each entry of a file of rows after its meaning.

    Raises:
        BundleMalformed: A row that the format does not allow.
        NewerEntries: A row in a layout of a later version.
    """
    lines = untrusted_lines.split(b"\n")
    if lines.pop():
        raise BundleMalformed
    for line in lines:
        columns = line.split(b"\t")
        if len(columns) != 5:
            raise BundleMalformed
        seq, sseq, sem, salt, payload = columns
        try:
            entry = Entry(incarnation, _number(seq), _number(sseq), sem, unb64(salt.decode("ascii")), payload)
        except ValueError as trouble:
            raise BundleMalformed from trouble
        if b64(entry.salt).encode() != salt:
            raise BundleMalformed
        yield check_entry(entry), entry


def check_entry(entry: Entry) -> CheckedSem:
    """Accept an entry whose meaning and values have the form of this version; return its meaning.

    An entry without salt and payload was erased; whether a person decided so is known to the journal, not here.

    Raises:
        BundleMalformed, NewerEntries: It has not.
    """
    if len(entry.sem) > limits.LONGEST_SEM or len(entry.payload) > limits.LONGEST_PAYLOAD:
        raise BundleMalformed
    try:
        sem = _SEM.decode(entry.sem)
        fields = set(sem.fields)
        if len(fields) != len(sem.fields) or not all(map(fields.issuperset, sem.supersedes.values())):
            raise BundleMalformed  # an answer is replaced by one that stands in the same entry, never by nothing
        if entry.salt or entry.payload:
            _check_content(entry, sem, fields)
    except (msgspec.MsgspecError, ValueError, RecursionError) as trouble:
        raise (NewerEntries if _is_newer(entry.sem) else BundleMalformed) from trouble
    return sem


def _check_content(entry: Entry, sem: CheckedSem, fields: Collection[str]) -> None:
    values = _PAYLOAD.decode(entry.payload)
    if len(entry.salt) != limits.SALT or len(values) != len(sem.fields):
        raise BundleMalformed
    if b"{" in entry.payload and not all(
        value.fits(field) for field, value in zip(sem.fields, values, strict=True) if isinstance(value, _Special)
    ):
        raise BundleMalformed
    if DELETED in fields and not isinstance(values[sem.fields.index(DELETED)], _Special | None):
        raise BundleMalformed
    if b64(commitment(entry.salt, entry.payload)) != sem.commitment:
        raise BundleMalformed


def _is_newer(sem: bytes) -> bool:
    """Say whether a meaning that cannot be read says of itself that it is of a later version."""
    try:
        return is_newer(_LIST.decode(sem))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False


History: TypeAlias = tuple[bytes, str]
"""Incarnation and stream."""


class Histories:
    """Follows the chains of several histories and says at the end whether each came out where it was promised."""

    def __init__(
        self,
        before: Mapping[History, Position],
        heads: Mapping[History, Position],
        cuts: Mapping[History, Position] | None = None,
        known: Mapping[History, Position] | None = None,
    ) -> None:
        """Take where each history is taken up, where it shall end, and the last place that counts, if one is cut.

        Args:
            before: after which place each history is taken up.
            heads: where each ends.
            cuts: the last place that counts of those that are cut.
            known: a further place of some of those, with the chain that is known.
        """
        self._at = {key: before.get(key, START) for key in heads}
        self._heads = heads
        self._cuts = cuts or {}
        self._places = {key: [place for told in (self._cuts, known or {}) if (place := told.get(key))] for key in heads}
        self.departed = {key for key in heads if self._departs(key, self._at[key]) or self._departs(key, heads[key])}
        """The histories with another chain at a place where it is known."""

    def follow(self, stream: str, entry: Entry) -> bool:
        """Take the next entry of a history; say whether it counts.

        Raises:
            BundleMalformed: It belongs to none of them or is not the next.
        """
        key = (entry.incarnation, stream)
        at = self._at.get(key)
        if at is None or entry.sseq != at.sseq + 1 or entry.seq < entry.sseq:
            raise BundleMalformed
        here = self._at[key] = Position(entry.sseq, stream_chain(at.chain, change_id(entry.sem), entry.sseq))
        cut = self._cuts.get(key)
        if cut is None:
            return True
        if self._departs(key, here):
            self.departed.add(key)
        return here.sseq <= cut.sseq and key not in self.departed

    @property
    def may_depart_between(self) -> bool:
        """Whether a known place lies between the ends of a history, so that only its rows tell."""
        return any(
            self._at[key].sseq < place.sseq < self._heads[key].sseq
            for key, places in self._places.items() for place in places
        )  # fmt: skip

    def _departs(self, key: History, here: Position) -> bool:
        return any(place.sseq == here.sseq and place.chain != here.chain for place in self._places[key])

    def finish(self) -> None:
        """Accept the end.

        Raises:
            BundleMalformed: A history ended elsewhere, or with another chain.
        """
        if self._at != self._heads:
            raise BundleMalformed


def segments(entries: Iterable[Entry], size: int) -> Iterator[tuple[bytes, int]]:
    """Yield rows as files of at least `size` bytes (the last one less), each with its number of rows."""
    lines, length = list[bytes](), 0
    for entry in entries:
        lines.append(encode_row(entry))
        length += len(lines[-1])
        if length >= size:
            yield b"".join(lines), len(lines)
            lines, length = [], 0
    if lines:
        yield b"".join(lines), len(lines)


def compressed(plain: bytes) -> bytes:
    """Return a file of rows as it is sent; the same bytes give the same result within one run of the program."""
    return zstd.compress(plain, level=_LEVEL)


def expanded(untrusted_file: bytes, usize: int) -> bytes:
    """Return a compressed file of rows, which must become exactly `usize` bytes.

    Raises:
        BundleMalformed: It does not, or would need more memory than a reader spends.
    """
    if usize > MAX_PLAIN:
        raise BundleMalformed
    reader = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
    try:
        plain = reader.decompress(untrusted_file, max_length=usize + 1)
    except zstd.ZstdError as trouble:
        raise BundleMalformed from trouble
    if len(plain) != usize or not reader.eof or reader.unused_data:
        raise BundleMalformed
    return plain


def _number(digits: bytes) -> int:
    number = int(digits) if len(digits) <= 16 and digits.isdigit() and digits[0] != 48 else 0
    if not 1 <= number <= MAX_SEQ:
        raise BundleMalformed
    return number
