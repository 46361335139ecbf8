"""Seals a data key to the key pair of a slot, so that who re-keys a vault needs nobody else's pass-phrase.

X25519 with a key pair made for the one seal, HKDF-SHA256, AES-256-GCM (docs/formats/key-slots.md). Into the key goes,
too, what the slot's owner knew of the vault before, the link: so that a stranger with access to the folder cannot seal
her a key of his own, and let her write into a vault of his.
"""

import os
from typing import Any

from tac_desktop.errors import KeysDamaged

KEY_BYTES = 32
SEAL_BYTES = KEY_BYTES + KEY_BYTES + 16
"""Of one seal: the public key made for it, and the data key with its tag."""


def new_private() -> bytes:
    """Return a new X25519 private key."""
    return os.urandom(KEY_BYTES)


def public_of(private: bytes) -> bytes:
    """Return the X25519 public key of a private one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, link: bytes, data_key: bytes | bytearray, bound: bytes) -> bytes:
    """Return a data key sealed to the owner of a public key.

    Args:
        public: Hers.
        link: What she knows of the vault already; b'' for an organisation's key, which knows nothing.
        data_key: 32 bytes.
        bound: What the seal is for, and for nothing else.

    Raises:
        KeysDamaged: the public key is none.
    """
    once = new_private()
    ephemeral = public_of(once)
    key = _key(_shared(once, public), link, ephemeral + public)
    return ephemeral + _aead(key).encrypt(bytes(12), bytes(data_key), bound)  # the key is used once: so may the nonce


def unsealed(private: bytes, link: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Return the data key that was sealed; KeysDamaged if the seal does not hold."""
    from cryptography.exceptions import InvalidTag

    ephemeral, content = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    key = _key(_shared(private, ephemeral), link, ephemeral + public_of(private))
    try:
        return _aead(key).decrypt(bytes(12), content, bound)
    except InvalidTag:
        raise KeysDamaged from None


def derived_key(key: bytes | bytearray, purpose: bytes, salt: bytes | None = None) -> bytes:
    """Return the 32-byte key for one purpose that is made of another key (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(bytes(key))


def _key(shared: bytes, link: bytes, publics: bytes) -> bytes:
    return derived_key(shared + link, b"tac/keys-seal2", publics)


def _shared(private: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    try:
        return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # a point of low order gives the same to everybody
        raise KeysDamaged from None


def _aead(key: bytes) -> Any:  # noqa: ANN401 - AESGCM, imported only when a vault is unlocked
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
