"""A service: the people who work together, each at a vault, what each may sign, and up to where a withdrawn one counts.

The files that say so are docs/formats/roster.md; who reads and writes them is `export/roster.py`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

from tac_desktop.casework.people import CardRole

Right: TypeAlias = Literal["sync", "transfer", "seal", "forward", "redact"]
"""What a vault may sign: records; handing over a case file; seals; entries and rosters of others that are passed on;
taking back the contents of entries for ever."""
RIGHTS: tuple[Right, ...] = ("sync", "transfer", "seal", "forward", "redact")
DEFAULT_MAY: Mapping[CardRole, tuple[Right, ...]] = MappingProxyType(
    {"worker": ("sync", "transfer", "seal"), "manager": RIGHTS, "admin": ()}
)
"""What each role usually may; an administrator looks after the service and signs no work."""

Status: TypeAlias = Literal["active", "left", "lost", "compromised"]
"""Of a member. Who left is believed up to the end of her work; a lost or stolen vault signs nothing any more."""
STATUSES: tuple[Status, ...] = ("active", "left", "lost", "compromised")

ROOT_KEYS = 3
THRESHOLD = 2
"""So many of the root keys must sign."""
_MONTHS = 12


@dataclass(frozen=True)
class Place:
    """A place in the history of one stream by one incarnation: after its entry number `sseq`."""

    incarnation: bytes
    stream: str
    sseq: int
    chain: bytes
    """The chain's value there: another history of the same length has another one."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person at a vault, as the roster names her."""

    name: str
    role: CardRole
    sites: tuple[str, ...]
    """The prisons she works for; none for all."""
    signing_key: bytes
    """The vault's Ed25519 public key (32 bytes)."""
    recipient: str
    """The vault's X25519 public key, as age writes it."""
    person: str
    """Her id, under which her entries stand."""
    seal_key: bytes
    """Her own Ed25519 public key (32 bytes)."""
    may: tuple[Right, ...]
    status: Status = "active"
    since: str = ""
    """The ISO date from which she has this status."""
    until: tuple[Place, ...] | None = None
    """Where the histories of a withdrawn vault end; None for an active one."""
    replaces: bytes | None = None
    """The id of the vault whose place this one took; None if it took none."""

    @property
    def device_id(self) -> bytes:
        """The id of the vault among others (32 bytes)."""
        return device_id(self.signing_key)


@dataclass(frozen=True, kw_only=True)
class Root:
    """Who may change the service itself: three keys on paper, of which two must sign; and who keeps the roster."""

    service: str
    """The name of the service."""
    version: int
    before: str | None
    """The SHA-256 of the text of the root before this one (hexadecimal), None for the first."""
    made: str
    root_keys: tuple[bytes, ...]
    roster_keys: tuple[bytes, ...]
    escrow: tuple[str, ...]
    """Age recipients whose keys lie on paper, split: every bundle is sealed for them, too."""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The members of a service, one version of many."""

    service_id: bytes
    """The SHA-256 of the text of the first root."""
    version: int
    past: tuple[str, ...]
    """The SHA-256 of the texts of all versions before this one (hexadecimal), the first one first."""
    issued: str
    members: tuple[Member, ...]

    def of(self, device: bytes) -> tuple[Member, ...]:
        """Return the members at one vault, by its id."""
        return tuple(member for member in self.members if member.device_id == device)


def device_id(signing_key: bytes) -> bytes:
    """Return the id of the device with this Ed25519 public key: the SHA-256 of its SSH wire form (RFC 8709)."""
    return hashlib.sha256(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + signing_key).digest()


def successor(device: bytes, followers: Mapping[bytes, bytes]) -> bytes:
    """Return under which id a vault is known now, after any number of renewals of its keys.

    Args:
        device: An id of the vault, now or before.
        followers: For an id before the id after it.
    """
    passed = {device}
    while (following := followers.get(device)) and following not in passed:
        passed.add(following)
        device = following
    return device


def is_old(issued: str, today: str) -> bool:
    """Say whether a roster of one ISO date is older than twelve months on another."""
    then, now = date.fromisoformat(issued), date.fromisoformat(today)
    months = (now.year - then.year) * 12 + now.month - then.month
    return months > _MONTHS or (months == _MONTHS and now.day > then.day)


def with_member(members: Sequence[Member], new: Member) -> tuple[Member, ...]:
    """Return the members with one more, in the place of what was known of the same person at the same vault."""
    kept = (one for one in members if (one.device_id, one.person) != (new.device_id, new.person))
    return (*kept, new)


def withdrawn(
    members: Sequence[Member], device: bytes, status: Status, until: Iterable[Place], today: str
) -> tuple[Member, ...]:
    """Return the members, those at one vault withdrawn: what it signed counts up to these places."""
    places = tuple(sorted(until, key=lambda place: (place.incarnation, place.stream)))

    def withdraw(one: Member) -> Member:
        return replace(one, status=status, since=one.since if one.status == status else today, until=places)

    return tuple(withdraw(one) if one.device_id == device else one for one in members)
