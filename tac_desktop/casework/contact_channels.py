"""The ways in which a mother and a child can have contact, and how far each decision about it reaches.

The prison's public protection manual knows four levels (none, written, phone, full). Their wording is replaced and was
not verified (decision 0067): so the levels are a code list, and this table alone says what each of them allows.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Standing: TypeAlias = Literal["not_said", "allowed", "conditional", "not_allowed"]
"""What holds for one child and one kind of contact; see STRICTNESS."""

STRICTNESS: Final[Mapping[Standing, int]] = MappingProxyType(
    {"not_said": 0, "allowed": 1, "conditional": 2, "not_allowed": 3}
)
IN_WORDS: Final[Mapping[Standing, str]] = MappingProxyType({
    "not_said": "Nothing said", "allowed": "Allowed", "conditional": "With conditions", "not_allowed": "Not allowed",
})  # fmt: skip

GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "Written": ("letterbox", "letters_cards", "photos_updates", "gifts_drawings"),
    "Calls": ("phone", "video", "purple_visit", "school_virtual"),
    "Visits": ("social_visit", "family_room_visit", "family_day", "supervised_contact", "mbu_day_visit", "goodbye"),
    "Staying together": ("overnight", "rotl_contact", "mbu_resident"),
    "Brothers and sisters": ("sibling",),
})  # fmt: skip
"""Codes of 'child_contact_type' by the heading under which they stand; 'none' is no way of contact."""
CHANNELS: Final = tuple(code for codes in GROUPS.values() for code in codes)
WITH_MOTHER: Final = tuple(code for code in CHANNELS if code != "sibling")
"""What 'every kind of contact' means: contact between siblings is decided only where it is named."""

_WRITTEN: Final = frozenset(GROUPS["Written"])
_REACH: Final[Mapping[str, tuple[Standing, frozenset[str], Standing]]] = MappingProxyType({
    "not_allowed": ("not_allowed", frozenset(), "not_allowed"),
    "written_only": ("allowed", _WRITTEN, "not_allowed"),
    "written_and_phone": ("allowed", _WRITTEN | {"phone"}, "not_allowed"),
    "supervised": ("conditional", frozenset(WITH_MOTHER), "conditional"),
    "conditional": ("conditional", frozenset(WITH_MOTHER), "conditional"),
    "allowed": ("allowed", frozenset(WITH_MOTHER), "allowed"),
})  # fmt: skip
"""By the code of the level: what holds for which kinds, and what holds for all others."""


def level_says(level: str, channel: str) -> Standing:
    """Return what a level says of a kind of contact about which it speaks; 'not_said' for an unknown level."""
    if level not in _REACH:
        return "not_said"
    within, channels, beyond = _REACH[level]
    return within if channel in channels else beyond


def may_forbid(level: str) -> bool:
    """Say whether a level does not allow some kind of contact."""
    return level in _REACH and "not_allowed" in (_REACH[level][0], _REACH[level][2])


def narrows(level: str) -> bool:
    """Say whether a level may be said of some kinds of contact only: the others name their kinds themselves."""
    return level not in ("written_only", "written_and_phone")
