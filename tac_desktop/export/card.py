"""The public card of a vault: who it is and the two keys by which others know it, signed by itself.

A card travels by any way; what makes it trustworthy is its code, which travels by another way (telephone, letter)
and is typed in by the person who accepts the card. The format is docs/formats/card.md.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.casework.people import Role
from tac_desktop.casework.service import DEFAULT_MAY, Place, Right, Status
from tac_desktop.errors import CardCodeMistyped, CardCodeWrong, MadeByNewerProgram, NotACard
from tac_desktop.export import sshsig
from tac_desktop.export.identity import Identity, device_id

MAX_BYTES = 8192
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_P = 2**255 - 19
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_LOW_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})

_Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Kind(msgspec.Struct):
    type: Literal["tac-card"]
    v: Annotated[int, msgspec.Meta(ge=1)]


class _CardText(_Kind):
    name: _Line
    role: Role
    prison: Annotated[str, msgspec.Meta(max_length=200)]
    signing_key: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43}\Z")]
    recipient: Annotated[str, msgspec.Meta(pattern=r"^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}\Z")]
    made: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]


class _CardFile(msgspec.Struct, forbid_unknown_fields=True):
    card: str
    signature: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """What others may know about a vault."""

    name: str
    role: Role
    prison: str
    """The prison of a worker; empty for others."""
    signing_key: bytes
    """Its Ed25519 public key (32 bytes)."""
    recipient: str
    """Its X25519 public key, as age writes it."""
    made: str
    """The ISO date on which the card was made."""

    @property
    def device_id(self) -> bytes:
        """The id of the vault among others (32 bytes)."""
        return device_id(self.signing_key)

    @property
    def code(self) -> str:
        """The code by which a person recognises the card: 24 characters in six groups.

        23 are the first 115 bits of a hash over both keys, the last one is the check character.
        """
        digest = hashlib.sha256(b"tac-fp-v1" + self.signing_key + self.recipient.encode()).digest()
        bits = int.from_bytes(digest[:15], "big") >> 5
        symbols = [bits >> 5 * (22 - place) & 31 for place in range(23)]
        text = "".join(CROCKFORD[symbol] for symbol in (*symbols, check_symbol(symbols)))
        return "-".join(text[start : start + 4] for start in range(0, 24, 4))


@dataclass(frozen=True)
class Trusted:
    """Whom a vault believes, and what: a card accepted by its code, or a member of the service."""

    card: Card
    role: Role
    """The role in which the card was accepted, whatever it says of itself."""
    may: frozenset[Right] | None = None
    """What it may sign; None for what is usual for the role. Ask `allows`."""
    sites: tuple[str, ...] = ()
    """The prisons it works for; none for all."""
    status: Status = "active"
    until: tuple[Place, ...] | None = None
    """Where the accepted histories of a withdrawn member end; None while there is no end."""
    withdrawn_on: str = ""
    """The ISO date of the roster that withdrew it, '' for an active one."""

    def allows(self, right: Right) -> bool:
        """Say whether it may sign such a thing; a withdrawn member still may, up to `until`."""
        return right in (DEFAULT_MAY[self.role] if self.may is None else self.may)

    @property
    def cut_off(self) -> Mapping[tuple[bytes, str], Place] | None:
        """The last accepted place of each history (incarnation, stream); nothing else counts. None: all counts."""
        if self.until is None:
            return None
        return {(place.incarnation, place.stream): place for place in self.until}


def write_card(identity: Identity, *, name: str, role: Role, prison: str, made: str) -> bytes:
    """Return the card of a vault as a file, signed by the vault itself.

    Args:
        identity: The vault's keys; only the public ones appear on the card.
        name: Whose vault it is, as others shall read it (at most 200 characters in one line).
        role: The role of that person.
        prison: The prison of a worker, empty for others.
        made: The ISO date of today.
    """
    said = _CardText("tac-card", 1, name, role, prison, b64(identity.signing_key), identity.recipient, made)
    text = msgspec.json.encode(said)
    signature = sshsig.armoured(identity.signing_key, identity.sign(text, sshsig.CARD), sshsig.CARD)
    file = msgspec.json.encode(_CardFile(text.decode(), signature.decode()))
    read_card(file)
    return msgspec.json.format(file) + b"\n"


def read_card(file: bytes) -> Card:
    """Return a card whose keys are sound and whose signature shows that its owner holds the signing key.

    Raises:
        NotACard: It has not the form of a card, was altered, or carries a key that no honest program makes.
        MadeByNewerProgram: A later version of the format.
    """
    try:
        if len(file) > MAX_BYTES:
            raise NotACard
        untrusted_file = msgspec.json.decode(file, type=_CardFile)
        text = untrusted_file.card.encode()
        key, signature = sshsig.read_armoured(untrusted_file.signature.encode(), sshsig.CARD)
        sshsig.verify(key, signature, text, sshsig.CARD)
        if msgspec.json.decode(text, type=_Kind).v != 1:
            raise MadeByNewerProgram
        return _checked(msgspec.json.decode(text, type=_CardText), key)
    except (msgspec.MsgspecError, ValueError, RecursionError) as trouble:
        raise NotACard from trouble


def check_code(card: Card, typed: str) -> None:
    """Accept the code that a person typed for a card, whatever the case, spaces and hyphens.

    Raises:
        CardCodeMistyped: No card has such a code.
        CardCodeWrong: It is the code of another card.
    """
    plain = "".join(typed.upper().replace("-", "").split()).translate(str.maketrans("OIL", "011"))
    symbols = [CROCKFORD.find(letter) for letter in plain]
    if len(symbols) != 24 or -1 in symbols or check_symbol(symbols[:-1]) != symbols[-1]:
        raise CardCodeMistyped
    if plain != card.code.replace("-", ""):
        raise CardCodeWrong


def check_symbol(symbols: list[int]) -> int:
    """Return the check symbol of up to 30 symbols (0 to 31 each).

    It is the sum, in the field of 32 elements made by x^5 + x^2 + 1, of each symbol times x to the power of its place
    counted from 1. So one wrong character and any two exchanged ones are always noticed.
    """
    total = 0
    for symbol in reversed(symbols):
        total = _times_x(total ^ symbol)
    return total


def is_sound(signing_key: bytes) -> bool:
    """Say whether an Ed25519 public key is canonical and not of low order.

    With the others one signature fits many messages, and programs disagree about it (CCTV's Ed25519 edge cases).
    """
    y = int.from_bytes(signing_key, "little") & 2**255 - 1
    return y < _P and y not in _LOW_ORDER_Y


def _checked(said: _CardText, signer: bytes) -> Card:
    key = unb64(said.signing_key)
    if key != signer or b64(key) != said.signing_key or not is_sound(key) or not said.name.isprintable():
        raise NotACard
    _try_agreement(said.recipient)
    return Card(
        name=said.name, role=said.role, prison=said.prison, signing_key=key, recipient=said.recipient, made=said.made
    )


def _try_agreement(recipient: str) -> None:
    """Try the key agreement: ValueError for a mistyped recipient and for a point of low order."""
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as refused:
        raise NotACard from refused
    number = 0
    for letter in recipient[4:56]:
        number = number << 5 | _BECH32.index(letter)
    point = (number >> 4).to_bytes(32, "big")
    if int.from_bytes(point, "little") >= _P:
        raise NotACard
    X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(point))


def _times_x(element: int) -> int:
    return (element << 1 ^ (0b100101 if element & 16 else 0)) & 31
