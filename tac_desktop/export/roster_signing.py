"""Makes the texts of a service, roots and rosters, and signs them. The format is docs/formats/roster.md."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from tac_desktop.casework.journal import b64
from tac_desktop.casework.service import THRESHOLD, Member, Root
from tac_desktop.errors import RosterTooLarge
from tac_desktop.export import sshsig
from tac_desktop.export.roster import MAX_BYTES, ServiceFile, read_service_file
from tac_desktop.export.roster_texts import FileText, MemberText, RootText, RosterText, Signed

_SPACES = 65_536
"""Bytes by which the file is longer for the eye than as it is signed: lines and indents."""


def found(root: Root, root_seeds: Sequence[bytes], members: Iterable[Member], roster_seed: bytes) -> ServiceFile:
    """Return the first file of a new service.

    Args:
        root: The first root.
        root_seeds: The private root keys (32 bytes each).
        members: Those of the first roster, issued on the day of the root.
        roster_seed: The private key of the roster.
    """
    signed_root = _signed(_root_text(root), root_seeds[:THRESHOLD], sshsig.ROOT)
    service_id = bytes.fromhex(signed_root.sha256)
    roster = _roster_text(service_id, 1, [], root.made, members)
    return _file((signed_root,), _signed(roster, [roster_seed], sshsig.ROSTER))


def with_roster(held: ServiceFile, members: Iterable[Member], roster_seed: bytes, issued: str) -> ServiceFile:
    """Return the file with the next version of the roster.

    Args:
        held: The file so far.
        members: Those of the new version.
        roster_seed: The private key of the roster.
        issued: The ISO date.
    """
    return _file(held.signed_roots, _next_roster(held, members, roster_seed, issued))


def with_root(
    held: ServiceFile, root: Root, root_seeds: Sequence[bytes], members: Iterable[Member], roster_seed: bytes
) -> ServiceFile:
    """Return the file with the next version of the root, and of the roster.

    Args:
        held: The file so far.
        root: The new root; its number and what it follows are put in.
        root_seeds: The private keys that sign it: two of the root before, and two of its own.
        members: Those of the new roster, issued on the day of the root.
        roster_seed: The private key of the roster.
    """
    following = replace(root, version=held.root.version + 1, before=held.signed_roots[-1].sha256)
    signed = _signed(_root_text(following), root_seeds, sshsig.ROOT)
    return _file((*held.signed_roots, signed), _next_roster(held, members, roster_seed, root.made))


def _next_roster(held: ServiceFile, members: Iterable[Member], roster_seed: bytes, issued: str) -> Signed:
    past = [*held.roster.past, held.signed_roster.sha256]
    text = _roster_text(held.id, held.roster.version + 1, past, issued, members)
    return _signed(text, [roster_seed], sshsig.ROSTER)


def _file(roots: tuple[Signed, ...], roster: Signed) -> ServiceFile:
    """Return the file as every reader will understand it; RosterTooLarge if it has become larger than it may be."""
    written = msgspec.json.encode(FileText(roots, roster))
    if len(written) > MAX_BYTES - _SPACES:
        raise RosterTooLarge
    return read_service_file(written)


def _root_text(root: Root) -> bytes:
    return msgspec.json.encode(RootText(
        "tac-root", 1, root.service, root.version, root.before, root.made, [b64(key) for key in root.root_keys],
        THRESHOLD, [b64(key) for key in root.roster_keys], list(root.escrow), {},
    ))  # fmt: skip


def _roster_text(service_id: bytes, version: int, past: list[str], issued: str, members: Iterable[Member]) -> bytes:
    told = [_member_text(member) for member in members]
    return msgspec.json.encode(RosterText("tac-roster", 1, b64(service_id), version, past, issued, told))


def _member_text(member: Member) -> MemberText:
    until = None if member.until is None else [
        (b64(place.incarnation), place.stream, place.sseq, b64(place.chain)) for place in member.until
    ]  # fmt: skip
    return MemberText(
        member.name, member.role, list(member.sites), b64(member.signing_key), member.recipient, member.person,
        b64(member.seal_key), list(member.may), member.status, member.since, until,
        None if member.replaces is None else b64(member.replaces),
    )  # fmt: skip


def _signed(text: bytes, seeds: Iterable[bytes], namespace: bytes) -> Signed:
    """Return a text under the signatures of these private keys."""
    unique = {sshsig.public_key(seed): seed for seed in seeds}
    armours = [sshsig.armoured(key, sshsig.sign(seed, text, namespace), namespace) for key, seed in unique.items()]
    return Signed(text.decode(), tuple(armour.decode() for armour in armours))
