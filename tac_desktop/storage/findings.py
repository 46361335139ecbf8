"""What a check of a vault finds, and how far it is."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Part: TypeAlias = Literal[
    "pages", "entries", "chains", "signatures", "audit", "records", "caseload", "attachments", "losses", "drafts"
]
"""Where something is wrong; 'losses' are those that are known since the vault was salvaged."""


@dataclass(frozen=True)
class Finding:
    """Something that is wrong."""

    part: Part
    where: str
    """Page, entry, stream, record or attachment, by its number or id."""
    what: str


@dataclass(frozen=True)
class Step:
    """How far the check is, and what it found since the last step."""

    part: Part
    done: int
    total: int
    findings: tuple[Finding, ...] = ()


class Progress(NamedTuple):
    """How far a backup, a way back from one, or a re-keying is."""

    done: int
    total: int
