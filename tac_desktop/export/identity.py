"""The secret keys of one vault: one signs what leaves it, the other opens what is sealed for it."""

import os
from dataclasses import dataclass, field

import msgspec
import pyrage

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.casework.service import device_id
from tac_desktop.export import sshsig


class _Stored(msgspec.Struct, forbid_unknown_fields=True):
    v: int
    signing_seed: str
    opening_key: str


@dataclass(frozen=True)
class Identity:
    """A vault's keys. They are made when the vault is made, kept inside it, and never leave it."""

    signing_seed: bytes = field(repr=False)
    """The Ed25519 private key (32 bytes)."""
    opening_key: str = field(repr=False)
    """The X25519 private key, as age writes it ('AGE-SECRET-KEY-1...')."""

    @staticmethod
    def create() -> "Identity":
        """Make new keys from the system's randomness."""
        return Identity(os.urandom(32), str(pyrage.x25519.Identity.generate()))

    def to_bytes(self) -> bytes:
        """Return the keys for storing inside the vault, nowhere else."""
        return msgspec.json.encode(_Stored(1, b64(self.signing_seed), self.opening_key))

    @staticmethod
    def from_bytes(stored: bytes) -> "Identity":
        """Return the keys that `to_bytes` wrote; ValueError if they are none."""
        keys = msgspec.json.decode(stored, type=_Stored)
        return Identity(unb64(keys.signing_seed), keys.opening_key)

    @property
    def signing_key(self) -> bytes:
        """The Ed25519 public key (32 bytes)."""
        return sshsig.public_key(self.signing_seed)

    @property
    def recipient(self) -> str:
        """The X25519 public key, as age writes it ('age1...')."""
        return str(pyrage.x25519.Identity.from_str(self.opening_key).to_public())

    @property
    def device_id(self) -> bytes:
        """The id of the vault among others (32 bytes)."""
        return device_id(self.signing_key)

    def sign(self, message: bytes, namespace: bytes) -> bytes:
        """Return the bare signature (64 bytes) of a message for one purpose."""
        return sshsig.sign(self.signing_seed, message, namespace)
