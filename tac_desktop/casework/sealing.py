"""What a person puts her seal under: the very entries that make a finished record. Format: docs/formats/seal.md."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, cast

from tac_desktop.casework.fields import is_day
from tac_desktop.casework.journal import Sem, json_bytes

TYPE, VERSION = "tac-seal", 1
WITH_STATE: Final = 2
"""The version of a seal that also covers the state of the case on which its record rests."""
SEALABLE = ("issued_document", "baseline", "tracker_return", "assessment")
"""Forms whose records are finished one day: documents that were issued, the trackers, the assessment."""
RESTING: Final = ("baseline", "tracker_return")
"""Forms whose records tell how a case stood on a day; their seals cover that state, too."""
STATE_FORMS: Final = frozenset({
    "mother", "custody", "referral", "episode", "child", "placement", "childrens_social_worker", "order", "triage",
    "baseline", "proceedings", "hearing", "challenge", "contact_state", "closure",
})  # fmt: skip
"""The forms of which that state consists."""
FORM = "seal"
FIELDS = frozenset({"record", "name", "at", "text", "signature"})
"""The journal fields of a seal's one entry."""

_NAMES = ("record", "form", "stream", "person", "name", "role", "at")
_MOST_ENTRIES = 20_000
_CID = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class NotASeal(ValueError):
    """A text that is not what a seal is put under, or stands in an entry that says something else."""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What is sealed, by whom and when."""

    record: str
    """The record's id."""
    form: str
    stream: str
    entries: tuple[str, ...]
    """The ids of all entries of the record that she saw, in alphabetical order; each binds its answers."""
    person: str
    """Her id."""
    name: str
    role: str
    at: str
    """When, by the clock on her wall, with its zone: '2026-03-12T09:30:00+00:00'."""
    state_of: str = ""
    """The ISO day whose state the record tells; '' where the seal covers the record alone."""
    rests_on: tuple[str, ...] = ()
    """The ids of all entries of which that state consisted for her, in alphabetical order."""


def seal_text(sealed: Sealed) -> str:
    """Return the text that is signed: there is one way to write it."""
    said = asdict(sealed)
    if not sealed.state_of and not sealed.rests_on:
        del said["state_of"], said["rests_on"]
    version = WITH_STATE if "state_of" in said else VERSION
    return json_bytes({"type": TYPE, "v": version, **said}).decode()


def read_seal_text(text: str) -> Sealed:
    """Return what a signed text says.

    Raises:
        NotASeal: it is not exactly what `seal_text` writes.
    """
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError) as refused:
        raise NotASeal from refused
    if not isinstance(said, dict):
        raise NotASeal
    words = cast("dict[str, Any]", said)
    names, lists = _NAMES, ("entries",)
    if words.get("v") == WITH_STATE:
        names, lists = (*_NAMES, "state_of"), ("entries", "rests_on")
    if any(not isinstance(words.get(name), str) for name in names):
        raise NotASeal
    if any(not isinstance(words.get(name), list) for name in lists):
        raise NotASeal
    ids = {name: tuple(cast("list[str]", words[name])) for name in lists}
    told = {name: words[name] for name in names}
    sealed = Sealed(entries=ids["entries"], rests_on=ids.get("rests_on", ()), **told)
    if not _is_sound(sealed) or seal_text(sealed) != text:
        raise NotASeal
    return sealed


def sealed_by(sem: Sem, values: Mapping[str, object]) -> Sealed:
    """Return what the entry of a seal says that was sealed; the signature is not looked at.

    Raises:
        NotASeal: the entry and the signed text say different things, or it is no seal's first and only entry.
    """
    if sem.form != FORM or sem.op != "seal" or sem.supersedes or set(values) ^ FIELDS:
        raise NotASeal
    text = values["text"]
    sealed = read_seal_text(text if isinstance(text, str) else "")
    told = (values["record"], values["name"], values["at"], sem.stream, sem.author)
    if told != (sealed.record, sealed.name, sealed.at[:16], sealed.stream, sealed.person):
        raise NotASeal
    return sealed


def changed_since(sealed: Sealed, present: Collection[str]) -> int:
    """Return how many entries the record has by now that were not sealed; `present` are the ids of all it has."""
    return len(set(present) - set(sealed.entries))


def not_here(sealed: Sealed, present: Collection[str]) -> int:
    """Return how many of the sealed entries are not in this vault."""
    return len(set(sealed.entries) - set(present))


def state_entries(entries: Iterable[tuple[str, Sem]], day: str) -> tuple[str, ...]:
    """Return of which entries the state of a case on a day consists, in alphabetical order.

    Those of what was taken out again are among them, with the entry that took it out.

    Args:
        entries: The entries of the case file, each with its id.
        day: The ISO day.
    """
    return tuple(sorted({cid for cid, sem in entries if sem.form in STATE_FORMS and sem.known_on <= day}))


def _is_sound(sealed: Sealed) -> bool:
    if not sealed.entries or sealed.form not in SEALABLE or not _are_ids(sealed.entries):
        return False
    if sealed.state_of or sealed.rests_on:
        rests = sealed.form in RESTING and is_day(sealed.state_of) and _are_ids(sealed.rests_on)
        if not rests or len(sealed.entries) + len(sealed.rests_on) > _MOST_ENTRIES:
            return False
    try:
        moment = datetime.fromisoformat(sealed.at)
    except ValueError:
        return False
    return moment.isoformat(timespec="seconds") == sealed.at


def _are_ids(entries: tuple[str, ...]) -> bool:
    if len(entries) > _MOST_ENTRIES:
        return False
    if any(not isinstance(cid, str) or not _CID.fullmatch(cid) for cid in entries):  # pyright: ignore[reportUnnecessaryIsInstance] - of a stranger
        return False
    return list(entries) == sorted(set(entries))
