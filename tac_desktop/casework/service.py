"""A service: the people who work together, each at a vault, what each may sign, and up to where a withdrawn one counts.

The files that say so are docs/formats/roster.md; who reads and writes them is `export/roster.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from tac_desktop.casework.people import Role

Right: TypeAlias = Literal["sync", "transfer", "seal", "forward", "redact"]
"""What a vault may sign: records; handing over a case file; seals; entries and rosters of others that are passed on;
taking back the contents of entries for ever."""
RIGHTS: tuple[Right, ...] = ("sync", "transfer", "seal", "forward", "redact")
DEFAULT_MAY: Mapping[Role, tuple[Right, ...]] = MappingProxyType(
    {"worker": ("sync", "transfer", "seal"), "manager": RIGHTS, "admin": ()}
)
"""What each role usually may; an administrator looks after the service and signs no work."""

Status: TypeAlias = Literal["active", "left", "lost", "compromised"]
"""Of a member. Who left is believed up to the end of her work; a lost or stolen vault signs nothing any more."""
STATUSES: tuple[Status, ...] = ("active", "left", "lost", "compromised")


@dataclass(frozen=True)
class Place:
    """A place in the history of one stream by one incarnation: after its entry number `sseq`."""

    incarnation: bytes
    stream: str
    sseq: int
    chain: bytes
    """The chain's value there: another history of the same length has another one."""
