"""The secret keys of one vault: one signs what leaves it, the other opens what is sealed for it."""

import os
from dataclasses import dataclass, field, replace

import msgspec
import pyrage

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.casework.service import device_id
from tac_desktop.export import sshsig

_OPENED = 2
"""So many of the opening keys before are kept: what was sealed for the vault before its keys were new still opens."""


class _StoredFormer(msgspec.Struct, forbid_unknown_fields=True):
    signing_key: str
    opening_key: str
    signature: str


class _Stored(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    v: int
    signing_seed: str
    opening_key: str
    former: list[_StoredFormer] = []


@dataclass(frozen=True)
class Former:
    """What is left of a vault's keys after they were renewed: nothing signs any more, and the last ones still open."""

    signing_key: bytes
    """The Ed25519 public key (32 bytes)."""
    opening_key: str = field(repr=False)
    """The X25519 private key, as age writes it; empty when it was forgotten."""
    signature: bytes
    """Its last signature (64 bytes): that the next signing key takes its place."""

    @property
    def device_id(self) -> bytes:
        """The id under which the vault was known."""
        return device_id(self.signing_key)


@dataclass(frozen=True)
class Identity:
    """A vault's keys. They are made when the vault is made or they are renewed, kept inside it, and never leave it."""

    signing_seed: bytes = field(repr=False)
    """The Ed25519 private key (32 bytes)."""
    opening_key: str = field(repr=False)
    """The X25519 private key, as age writes it ('AGE-SECRET-KEY-1...')."""
    former: tuple[Former, ...] = field(default=(), repr=False)
    """The keys before, the oldest first."""

    @staticmethod
    def create() -> "Identity":
        """Make new keys from the system's randomness."""
        return Identity(os.urandom(32), str(pyrage.x25519.Identity.generate()))

    def renewed(self) -> "Identity":
        """Return new keys, which the present ones have signed; of these no seed is left."""
        fresh = Identity.create()
        signature = self.sign(sshsig.renewal_text(b64(self.signing_key), b64(fresh.signing_key)), sshsig.RENEWAL)
        before = (*self.former, Former(self.signing_key, self.opening_key, signature))
        forgotten = (replace(one, opening_key="") for one in before[:-_OPENED])
        return replace(fresh, former=(*forgotten, *before[-_OPENED:]))

    def to_bytes(self) -> bytes:
        """Return the keys for storing inside the vault, nowhere else."""
        former = [_StoredFormer(b64(one.signing_key), one.opening_key, b64(one.signature)) for one in self.former]
        return msgspec.json.encode(_Stored(1, b64(self.signing_seed), self.opening_key, former))

    @staticmethod
    def from_bytes(stored: bytes) -> "Identity":
        """Return the keys that `to_bytes` wrote; ValueError if they are none."""
        keys = msgspec.json.decode(stored, type=_Stored)
        former = (Former(unb64(one.signing_key), one.opening_key, unb64(one.signature)) for one in keys.former)
        return Identity(unb64(keys.signing_seed), keys.opening_key, tuple(former))

    @property
    def signing_key(self) -> bytes:
        """The Ed25519 public key (32 bytes)."""
        return sshsig.public_key(self.signing_seed)

    @property
    def recipient(self) -> str:
        """The X25519 public key, as age writes it ('age1...')."""
        return _recipient(self.opening_key)

    @property
    def device_id(self) -> bytes:
        """The id of the vault among others (32 bytes)."""
        return device_id(self.signing_key)

    @property
    def opening_keys(self) -> dict[tuple[bytes, str], str]:
        """The keys that open, the present one first, each by the device id and the age recipient that go with it."""
        before = {
            (one.device_id, _recipient(one.opening_key)): one.opening_key
            for one in self.former[::-1]
            if one.opening_key
        }
        return {(self.device_id, self.recipient): self.opening_key, **before}

    def with_opening_key(self, opening_key: str) -> "Identity":
        """Return these keys with a former opening key in the place of the present one."""
        return replace(self, opening_key=opening_key)

    def sign(self, message: bytes, namespace: bytes) -> bytes:
        """Return the bare signature (64 bytes) of a message for one purpose."""
        return sshsig.sign(self.signing_seed, message, namespace)


def _recipient(opening_key: str) -> str:
    return str(pyrage.x25519.Identity.from_str(opening_key).to_public())
