"""The receipt on paper: twelve characters by which a sender knows that her bundle was taken in by whom it was for.

Where nothing may be carried back, the receiving vault shows the code, and it is told by telephone and typed in by the
sender. Only the two vaults can make it: it is keyed by what their X25519 keys agree on. The format is
docs/formats/bundle.md.
"""

import hashlib
import hmac

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tac_desktop.export.identity import Identity
from tac_desktop.export.typed_codes import as_typed, grouped, spelled, symbols

_PURPOSE = b"tac-receipt-v1"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def receipt_code(identity: Identity, other: str, manifest_sha256: str) -> str:
    """Return the code for a bundle between two vaults, the same at both: 'ABCD-EFGH-JKMN', 60 bits.

    Args:
        identity: The keys of the vault that asks.
        other: The other vault's age recipient, from a card that was accepted.
        manifest_sha256: The hash of the bundle's signed manifest (hexadecimal).
    """
    own = X25519PrivateKey.from_private_bytes(_key_bytes(identity.opening_key))
    agreed = own.exchange(X25519PublicKey.from_public_bytes(_key_bytes(str(pyrage.x25519.Recipient.from_str(other)))))
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(agreed)
    mac = hmac.digest(key, bytes.fromhex(manifest_sha256), hashlib.sha256)
    return grouped(spelled(symbols(int.from_bytes(mac[:8], "big") >> 4, 12)))


def same_receipt(typed: str, code: str) -> bool:
    """Say whether a person typed this code, whatever the case, spaces and hyphens; O is 0, I and L are 1."""
    return hmac.compare_digest(as_typed(typed).encode(), code.replace("-", "").encode())


def _key_bytes(key: str) -> bytes:
    """Return the 32 bytes of a sound age key: the 52 letters of Bech32 before the six of its check sum."""
    number = 0
    for letter in key.lower()[-58:-6]:
        number = number << 5 | _BECH32.index(letter)
    return (number >> 4).to_bytes(32, "big")
