"""A record: one filled-in form of a case file, and the ids by which records are known in every vault."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

from tac_desktop.casework.answers import Answer, NotKnown

_BEFORE_THE_PROGRAM: Final = "2020-01-01"


@dataclass(frozen=True, kw_only=True, init=False)
class Record:
    """The present, or once known, answers to a form."""

    id: str
    form: str
    version: int
    case_file: str
    """The id of the mother's record, which is also the id of her case file's stream."""
    stream: str
    answers: Mapping[str, Answer]
    known_on: str = ""
    """The latest day from which any of the answers held as known (ISO)."""
    conflicts: tuple[str, ...] = ()
    """The fields with two or more live answers that differ."""

    def __init__(  # noqa: PLR0913 - its fields
        self, *, id: str, form: str, version: int, case_file: str, stream: str, answers: Mapping[str, Answer],  # noqa: A002
        known_on: str = "", conflicts: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Take everything at once: a list reads thousands of records, and what is frozen is else set one by one."""
        self.__dict__.update(
            id=id, form=form, version=version, case_file=case_file, stream=stream, answers=answers, known_on=known_on,
            conflicts=conflicts,
        )  # fmt: skip

    def text(self, name: str) -> str:
        """Return the answer `name` as text, '' where there is none."""
        answer = self.answers.get(name)  # as `text_of`: asked of thousands of records at once
        return answer if isinstance(answer, str) else ""

    def happened(self, name: str) -> bool:
        """Say whether a day on which something was done is answered; it was also done where nobody knows the day."""
        return bool(self.text(name)) or isinstance(self.answers.get(name), NotKnown)


RecordsByForm: TypeAlias = Mapping[str, Sequence[Record]]
"""The records of one case file, those of each form together."""


def case_file_id(reference: str) -> str:
    """Return the id of the case file with this case reference.

    It is derived, so that one reference is one woman in every vault, by whatever way she came (workbook.md, Rules).
    """
    return derived_id("case", reference.strip())


def derived_id(*parts: str) -> str:
    """Return the UUIDv8 (RFC 9562, 5.8) that belongs to these parts, the same on every computer."""
    digest = hashlib.sha256(b"tac/id1\0" + "\0".join(parts).encode()).digest()
    return str(uuid.UUID(bytes=_marked(digest[:16], 8)))


def new_id(milliseconds: int, random: bytes) -> str:
    """Return a UUIDv7 (RFC 9562, 5.7).

    Args:
        milliseconds: Unix time of its making.
        random: Ten random bytes.
    """
    return str(uuid.UUID(bytes=_marked(milliseconds.to_bytes(6, "big") + random[:10], 7)))


def made_on(record_id: str) -> str:
    """Return the ISO day (UTC) on which a record was made whose id is a UUIDv7, '' for any other id.

    Also for one that was made up, or made by a clock that was far out.
    """
    if record_id[14:15] != "7":
        return ""
    try:
        day = datetime.fromtimestamp(int(record_id[:8] + record_id[9:13], 16) / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
    return day if day > _BEFORE_THE_PROGRAM else ""


def first_known(record: Record) -> str:
    """Return the ISO day since when a record is known: it was written down then, or held as known before that.

    It was written down on a day that stays; `known_on` moves with every change. '' where neither is known.
    """
    return min((day for day in (record.known_on, made_on(record.id)) if day), default="")


def _marked(raw: bytes, version: int) -> bytes:
    octets = bytearray(raw)
    octets[6] = octets[6] & 0x0F | version << 4
    octets[8] = octets[8] & 0x3F | 0x80
    return bytes(octets)
