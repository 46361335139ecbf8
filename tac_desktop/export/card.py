"""The card of a person at a vault: who it is and the three keys by which others know it, signed by itself.

A card travels by any way; what makes it trustworthy is its code, which travels by another way (telephone, letter)
and is typed in by the person who accepts the card. The format is docs/formats/card.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.casework.people import CardRole
from tac_desktop.casework.service import DEFAULT_MAY, Place, Right, Status
from tac_desktop.errors import CardCodeWrong, MadeByNewerProgram, NotACard
from tac_desktop.export import sshsig
from tac_desktop.export.identity import Identity, device_id
from tac_desktop.export.typed_codes import code_of, same_code

MAX_BYTES = 8192
_MOST_LINKS = 8
"""So many of the renewals of a vault's keys stand on its card, the latest."""
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_P = 2**255 - 19
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_TRIAL = bytes(31) + b"\x40"
"""Any private key: the agreement with a point of low order gives zero for all."""
_LOW_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43}\Z")]
AgeRecipient = Annotated[str, msgspec.Meta(pattern=r"^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}\Z")]
PersonId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9-]{1,64}\Z")]
Prison = Annotated[str, msgspec.Meta(max_length=200)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]


class _Kind(msgspec.Struct):
    type: Literal["tac-card"]
    v: Annotated[int, msgspec.Meta(ge=1)]


_Link = tuple[Key, Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{86}\Z")]]
"""A signing key of the vault before, and its signature of the key that took its place."""


class _CardText(_Kind, omit_defaults=True):
    name: Line
    role: CardRole
    prison: Prison
    signing_key: Key
    recipient: AgeRecipient
    person: PersonId
    seal_key: Key
    made: Day
    replaces: Annotated[list[_Link], msgspec.Meta(max_length=_MOST_LINKS)] = []


class _AnyCardFile(msgspec.Struct):
    card: str
    signature: str


class _CardFile(msgspec.Struct, forbid_unknown_fields=True):
    card: str
    signature: str
    seal_signature: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """What others may know about a person at a vault."""

    name: str
    role: CardRole
    prison: str
    """The prison of a worker; empty for others."""
    signing_key: bytes
    """Its Ed25519 public key (32 bytes)."""
    recipient: str
    """Its X25519 public key, as age writes it."""
    person: str
    """The person's id, under which her entries stand."""
    seal_key: bytes
    """Her own Ed25519 public key (32 bytes), which only her log-in unlocks."""
    made: str = ""
    """The ISO date on which the card was made; empty where there is no card file."""
    replaces: tuple[bytes, ...] = ()
    """The Ed25519 public keys of the vault before, the oldest first; each has signed the next one."""

    @property
    def device_id(self) -> bytes:
        """The id of the vault among others (32 bytes)."""
        return device_id(self.signing_key)

    @property
    def code(self) -> str:
        """The code by which a person recognises the card: 24 characters in six groups, a hash over its three keys."""
        return code_of(b"tac-fp-v1", self.signing_key + self.recipient.encode() + self.seal_key)


@dataclass(frozen=True)
class Trusted:
    """Whom a vault believes, and what: a card accepted by its code, or a member of the service."""

    card: Card
    role: CardRole
    """The role in which the card was accepted, whatever it says of itself."""
    may: frozenset[Right] | None = None
    """What it may sign; None for what is usual for the role. Ask `allows`."""
    sites: tuple[str, ...] = ()
    """The prisons it works for; none for all."""
    status: Status = "active"
    until: tuple[Place, ...] | None = None
    """Where the accepted histories of a withdrawn member end; None while there is no end."""
    withdrawn_on: str = ""
    """The ISO date on which it was withdrawn, '' for an active one."""
    colleagues: tuple[Card, ...] = ()
    """The cards of other people at the same vault, for their seals."""
    replaces: bytes | None = None
    """The id under which the same vault was known before its keys were renewed."""

    def allows(self, right: Right) -> bool:
        """Say whether it may sign such a thing; a withdrawn member still may, up to `until`."""
        return right in (DEFAULT_MAY[self.role] if self.may is None else self.may)

    @property
    def cut_off(self) -> Mapping[tuple[bytes, str], Place] | None:
        """The last accepted place of each history (incarnation, stream); nothing else counts. None: all counts."""
        if self.until is None:
            return None
        return {(place.incarnation, place.stream): place for place in self.until}


def followers(trusted: Mapping[bytes, Trusted]) -> dict[bytes, bytes]:
    """Return for each vault whose keys were renewed the id after the one before; see `casework.service.successor`."""
    return {one.replaces: device for device, one in trusted.items() if one.replaces}


def write_card(
    identity: Identity, seal_seed: bytes, *, name: str, role: CardRole, prison: str, person: str, made: str
) -> bytes:
    """Return the card of a person at a vault as a file, signed by the vault and by the person.

    Args:
        identity: The vault's keys; only the public ones appear on the card.
        seal_seed: The person's own Ed25519 private key (32 bytes), likewise.
        name: Whose card it is, as others shall read it (at most 200 characters in one line).
        role: The role of that person.
        prison: The prison of a worker, empty for others.
        person: The person's id.
        made: The ISO date of today.
    """
    seal_key = sshsig.public_key(seal_seed)
    said = _CardText(
        "tac-card", 1, name, role, prison, b64(identity.signing_key), identity.recipient, person, b64(seal_key), made,
        [(b64(one.signing_key), b64(one.signature)) for one in identity.former[-_MOST_LINKS:]],
    )  # fmt: skip
    text = msgspec.json.encode(said)
    signature = sshsig.armoured(identity.signing_key, identity.sign(text, sshsig.CARD), sshsig.CARD)
    seal_signature = sshsig.armoured(seal_key, sshsig.sign(seal_seed, text, sshsig.CARD), sshsig.CARD)
    file = msgspec.json.encode(_CardFile(text.decode(), signature.decode(), seal_signature.decode()))
    read_card(file)
    return msgspec.json.format(file) + b"\n"


def read_card(file: bytes) -> Card:
    """Return a card whose keys are sound and whose signatures show that its owner holds the two that sign.

    Raises:
        NotACard: It has not the form of a card, was altered, or carries a key that no honest program makes.
        MadeByNewerProgram: A later version of the format.
    """
    try:
        if len(file) > MAX_BYTES:
            raise NotACard
        if _later_version(file):
            raise MadeByNewerProgram
        untrusted_file = msgspec.json.decode(file, type=_CardFile)
        text = untrusted_file.card.encode()
        signers = [_signer(text, signature) for signature in (untrusted_file.signature, untrusted_file.seal_signature)]
        return _checked(msgspec.json.decode(text, type=_CardText), *signers)
    except (msgspec.MsgspecError, ValueError, RecursionError) as trouble:
        raise NotACard from trouble


def check_code(card: Card, typed: str) -> None:
    """Accept the code that a person typed for a card, whatever the case, spaces and hyphens.

    Raises:
        CardCodeMistyped: No card has such a code.
        CardCodeWrong: It is the code of another card.
    """
    if not same_code(typed, card.code):
        raise CardCodeWrong


def is_sound(signing_key: bytes) -> bool:
    """Say whether an Ed25519 public key is canonical and not of low order.

    With the others one signature fits many messages, and programs disagree about it (CCTV's Ed25519 edge cases).
    """
    y = int.from_bytes(signing_key, "little") & 2**255 - 1
    return y < _P and y not in _LOW_ORDER_Y


def sound_key(text: str) -> bytes:
    """Return an Ed25519 public key of base64url text; ValueError if it is none, not canonical or of low order."""
    key = unb64(text)
    if b64(key) != text or not is_sound(key):
        message = "no honest program makes such a key"
        raise ValueError(message)
    return key


def sound_recipient(recipient: str) -> str:
    """Return an age recipient; ValueError if it is mistyped, not canonical or of low order."""
    _try_agreement(recipient)
    return recipient


def _later_version(file: bytes) -> bool:
    """Say whether the file says of itself, signed by whoever made it, that it is of a later version."""
    untrusted = msgspec.json.decode(file, type=_AnyCardFile)
    text = untrusted.card.encode()
    _signer(text, untrusted.signature)
    return msgspec.json.decode(text, type=_Kind).v != 1


def _signer(text: bytes, armour: str) -> bytes:
    key, signature = sshsig.read_armoured(armour.encode(), sshsig.CARD)
    sshsig.verify(key, signature, text, sshsig.CARD)
    return key


def _checked(said: _CardText, signer: bytes, sealer: bytes) -> Card:
    keys = sound_key(said.signing_key), sound_key(said.seal_key)
    if keys != (signer, sealer) or signer == sealer or not (said.name + said.prison).isprintable():
        raise NotACard
    date.fromisoformat(said.made)
    return Card(
        name=said.name, role=said.role, prison=said.prison, signing_key=signer,
        recipient=sound_recipient(said.recipient), person=said.person, seal_key=sealer, made=said.made,
        replaces=_before(said),
    )  # fmt: skip


def _before(said: _CardText) -> tuple[bytes, ...]:
    """Return the keys of the vault before; ValueError if one has not signed the next."""
    keys = [key for key, _ in said.replaces]
    if len({*keys, said.signing_key}) != len(keys) + 1:
        raise NotACard
    for (old, signature), new in zip(said.replaces, [*keys[1:], said.signing_key], strict=False):
        sshsig.verify(sound_key(old), unb64(signature), sshsig.renewal_text(old, new), sshsig.RENEWAL)
    return tuple(unb64(key) for key in keys)


def _try_agreement(recipient: str) -> None:
    """Try the key agreement: ValueError for a mistyped recipient and for a point of low order."""
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as refused:
        raise ValueError(recipient) from refused
    number = 0
    for letter in recipient[4:56]:
        number = number << 5 | _BECH32.index(letter)
    point = (number >> 4).to_bytes(32, "big")
    if int.from_bytes(point, "little") >= _P:
        message = "not canonical"
        raise ValueError(message)
    X25519PrivateKey.from_private_bytes(_TRIAL).exchange(X25519PublicKey.from_public_bytes(point))
