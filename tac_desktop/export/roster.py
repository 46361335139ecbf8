"""The file of a service: its roots, one after the other, and the latest roster. Who signed what is checked here.

The format is docs/formats/roster.md. A file is believed for its signatures and for the code of the service, which a
person typed once; whether it is newer than what a vault holds, `newer` tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

import msgspec

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.casework.service import THRESHOLD, Member, Place, Root, Roster
from tac_desktop.errors import (
    MadeByNewerProgram,
    NotAServiceFile,
    NotEnoughSignatures,
    OldRoster,
    OtherService,
    ServiceCodeWrong,
    TwoRosters,
)
from tac_desktop.export import sshsig
from tac_desktop.export.card import sound_key, sound_recipient
from tac_desktop.export.roster_texts import AnyText, FileText, MemberText, RootText, RosterText, Signed
from tac_desktop.export.strict_json import strict_json
from tac_desktop.export.typed_codes import code_of, same_code

MAX_BYTES = 4 << 20
_LONGEST_ROOT = 16_384
"""In characters."""

_Text = TypeVar("_Text")


@dataclass(frozen=True, kw_only=True)
class ServiceFile:
    """A service's file whose signatures have been accepted."""

    signed_roots: tuple[Signed, ...]
    signed_roster: Signed
    root: Root
    """The latest one."""
    roster: Roster

    @property
    def id(self) -> bytes:
        """The id of the service (32 bytes)."""
        return bytes.fromhex(self.signed_roots[0].sha256)

    @property
    def code(self) -> str:
        """The code of the service, which a person types in before any of its rosters is believed."""
        return code_of(b"tac-org-v1", self.id)

    @property
    def name(self) -> str:
        """The name of the service."""
        return self.root.service

    def to_bytes(self) -> bytes:
        """Return the file."""
        return msgspec.json.format(msgspec.json.encode(FileText(self.signed_roots, self.signed_roster))) + b"\n"


# --- reading ---


@lru_cache(maxsize=4)
def read_service_file(file: bytes, *, of: bytes = b"") -> ServiceFile:
    """Return a service's file after checking that its roots follow one another and who signed what.

    The latest ones are remembered: a vault asks for its own with everything that it does.

    Args:
        file: The file.
        of: The id of the only service of which it may be; empty for any. Strangers then cost little.

    Raises:
        OtherService: It is of another service than `of`.
        NotAServiceFile: It has not the form of one, was altered, or a signature does not fit.
        NotEnoughSignatures: A root has not the signatures of two of its keys and of two of the root's before it.
        MadeByNewerProgram: A later version of the format.
    """
    try:
        if len(file) > MAX_BYTES:
            raise NotAServiceFile
        untrusted = strict_json(file, FileText)
        service_id = bytes.fromhex(untrusted.roots[0].sha256)
        if of and service_id != of:
            raise OtherService
        root = None
        for signed in untrusted.roots:
            root = _accepted_root(signed, root, untrusted.roots)
        if root is None:
            raise NotAServiceFile
        roster = _accepted_roster(untrusted.roster, root, service_id)
    except ValueError as trouble:
        raise NotAServiceFile from trouble
    return ServiceFile(signed_roots=untrusted.roots, signed_roster=untrusted.roster, root=root, roster=roster)


def check_service_code(file: ServiceFile, typed: str) -> None:
    """Accept the code that a person typed for a service, whatever the case, spaces and hyphens.

    Raises:
        CardCodeMistyped: No service has such a code.
        ServiceCodeWrong: It is the code of another service.
    """
    if not same_code(typed, file.code):
        raise ServiceCodeWrong


def newer(held: ServiceFile, offered: ServiceFile) -> bool:
    """Say whether a file takes the place of the one that is held; False if it tells the same.

    A root that two of three keys have signed stands above the roster: where it names another key for the roster, the
    roster under it may depart from the one that is held, so that a stolen roster key can be overruled.

    Raises:
        OtherService: It is of another service.
        OldRoster: It is older.
        TwoRosters: It contradicts what is held, so one of the two is forged.
    """
    if offered.id != held.id:
        raise OtherService
    ours, theirs = ([signed.sha256 for signed in file.signed_roots] for file in (held, offered))
    if ours[: len(theirs)] != theirs[: len(ours)]:
        raise TwoRosters
    if set(offered.root.roster_keys).isdisjoint(held.root.roster_keys):
        if len(theirs) < len(ours):
            raise OldRoster
        return True
    _refuse_departure(_line(held), _line(offered))
    steps = (offered.roster.version - held.roster.version, len(theirs) - len(ours))
    if min(steps) < 0:
        raise OldRoster
    return max(steps) > 0


def _line(file: ServiceFile) -> list[str]:
    """Return the hashes of all versions of a roster, its own the last."""
    return [*file.roster.past, file.signed_roster.sha256]


def _refuse_departure(ours: list[str], theirs: list[str]) -> None:
    shared = min(len(ours), len(theirs))
    if ours[:shared] != theirs[:shared]:
        raise TwoRosters


def _accepted_root(signed: Signed, before: Root | None, roots: Sequence[Signed]) -> Root:
    if len(signed.text) > _LONGEST_ROOT:
        raise NotAServiceFile
    said = _said(signed, RootText)
    keys = tuple(sound_key(key) for key in said.root_keys)
    roster_keys = tuple(sound_key(key) for key in said.roster_keys)
    version = 1 if before is None else before.version + 1
    past = None if before is None else roots[version - 2].sha256
    if (said.version, said.before) != (version, past) or len({*keys, *roster_keys}) != len(keys) + len(roster_keys):
        raise NotAServiceFile
    if not said.service.isprintable() or (before and said.service != before.service):
        raise NotAServiceFile
    date.fromisoformat(said.made)
    signers = _signers(signed, sshsig.ROOT)
    deciding = [keys] if before is None else [keys, before.root_keys]
    if any(len(signers & set(group)) < THRESHOLD for group in deciding):
        raise NotEnoughSignatures
    return Root(
        service=said.service, version=version, before=past, made=said.made, root_keys=keys, roster_keys=roster_keys,
        escrow=tuple(sound_recipient(recipient) for recipient in said.escrow),
    )  # fmt: skip


def _accepted_roster(signed: Signed, root: Root, service_id: bytes) -> Roster:
    if len(signed.signatures) != 1 or _signers(signed, sshsig.ROSTER) - set(root.roster_keys):
        raise NotAServiceFile
    said = _said(signed, RosterText)
    members = tuple(_member(member) for member in said.members)
    if len({(one.device_id, one.person) for one in members}) != len(members) or _end_in_several_ways(members):
        raise NotAServiceFile
    if said.service != b64(service_id) or len(said.past) != said.version - 1:
        raise NotAServiceFile
    date.fromisoformat(said.issued)
    return Roster(
        service_id=service_id, version=said.version, past=tuple(said.past), issued=said.issued, members=members
    )


def _member(said: MemberText) -> Member:
    signing_key, seal_key = sound_key(said.signing_key), sound_key(said.seal_key)
    date.fromisoformat(said.since)
    if (said.status == "active") != (said.until is None) or not (said.name + "".join(said.sites)).isprintable():
        raise NotAServiceFile
    places = [Place(_raw(rid), stream, sseq, _raw(chain)) for rid, stream, sseq, chain in said.until or ()]
    if len({(place.incarnation, place.stream) for place in places}) != len(places):
        raise NotAServiceFile
    return Member(
        name=said.name, role=said.role, sites=tuple(said.sites), signing_key=signing_key,
        recipient=sound_recipient(said.recipient), person=said.person, seal_key=seal_key, may=tuple(said.may),
        status=said.status, since=said.since, until=None if said.until is None else tuple(places),
        replaces=None if said.replaces is None else _raw(said.replaces),
    )  # fmt: skip


def _end_in_several_ways(members: Sequence[Member]) -> bool:
    """Say whether of one vault, at which nobody is active any more, different things are told."""
    active = {one.device_id for one in members if one.status == "active"}
    ends: dict[bytes, set[tuple[str, frozenset[Place]]]] = {}
    for one in members:
        if one.device_id not in active:
            ends.setdefault(one.device_id, set()).add((one.status, frozenset(one.until or ())))
    return any(len(several) > 1 for several in ends.values())


def _raw(text: str) -> bytes:
    """Return the bytes of base64url text in its one proper form; ValueError if it is another."""
    found = unb64(text)
    if b64(found) != text:
        raise NotAServiceFile
    return found


def _said(signed: Signed, kind: type[_Text]) -> _Text:
    text = signed.text.encode()
    if strict_json(text, AnyText).v != 1:
        raise MadeByNewerProgram
    return strict_json(text, kind)


def _signers(signed: Signed, namespace: bytes) -> set[bytes]:
    """Return the keys that have signed a text; a signature that does not fit spoils all."""
    keys: list[bytes] = []
    for armour in signed.signatures:
        key, signature = sshsig.read_armoured(armour.encode(), namespace)
        sshsig.verify(key, signature, signed.text.encode(), namespace)
        keys.append(key)
    if len(set(keys)) != len(keys):
        raise NotAServiceFile
    return set(keys)
