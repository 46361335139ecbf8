"""The texts of a service's file as they are written: roots, rosters, members. Explained in docs/formats/roster.md."""

import hashlib
from typing import Annotated, Any, Literal

import msgspec

from tac_desktop.casework.people import CardRole
from tac_desktop.casework.service import ROOT_KEYS, Right, Status
from tac_desktop.export.card import AgeRecipient, Day, Key, Line, PersonId, Prison

_MOST_MEMBERS = 1000
_MOST_ROOTS = 100

_Armour = Annotated[str, msgspec.Meta(max_length=1000)]
_Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Version = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
PlaceText = tuple[
    Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")],
    Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f-]{36}\Z")],
    Annotated[int, msgspec.Meta(ge=1, le=2**53)],
    Key,
]
"""Incarnation, stream, number of entries, chain."""


class AnyText(msgspec.Struct):
    """Any of the texts, of whatever version."""

    type: str
    v: Annotated[int, msgspec.Meta(ge=1)]


class RootText(msgspec.Struct):
    """Who may change the service itself, and who keeps the roster."""

    type: Literal["tac-root"]
    v: Literal[1]
    service: Line
    version: _Version
    before: _Hash | None
    made: Day
    root_keys: Annotated[list[Key], msgspec.Meta(min_length=ROOT_KEYS, max_length=ROOT_KEYS)]
    threshold: Literal[2]
    roster_keys: Annotated[list[Key], msgspec.Meta(min_length=1, max_length=2)]
    escrow: Annotated[list[AgeRecipient], msgspec.Meta(max_length=4)]
    settings: dict[str, Any]
    """Empty in version 1."""


class MemberText(msgspec.Struct):
    """A member in the roster."""

    name: Line
    role: CardRole
    sites: Annotated[list[Prison], msgspec.Meta(max_length=100)]
    signing_key: Key
    recipient: AgeRecipient
    person: PersonId
    seal_key: Key
    may: list[Right]
    status: Status
    since: Day
    until: list[PlaceText] | None
    replaces: Key | None


class RosterText(msgspec.Struct):
    """The members of a service, one version of many."""

    type: Literal["tac-roster"]
    v: Literal[1]
    service: Key
    version: _Version
    past: list[_Hash]
    issued: Day
    members: Annotated[list[MemberText], msgspec.Meta(max_length=_MOST_MEMBERS)]


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and the signatures under it, each as `ssh-keygen -Y` writes it."""

    text: str
    signatures: Annotated[tuple[_Armour, ...], msgspec.Meta(min_length=1, max_length=6)]

    @property
    def sha256(self) -> str:
        """The hash by which other texts name this one (hexadecimal)."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class FileText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of a service."""

    roots: Annotated[tuple[Signed, ...], msgspec.Meta(min_length=1, max_length=_MOST_ROOTS)]
    roster: Signed
