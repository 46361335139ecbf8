"""The root keys of a service on paper: 256 bits and a check as 14 groups of four characters, read and typed by people.

The format is docs/formats/roster.md. Such a code is shown once and never stored.
"""

import hashlib

from tac_desktop.errors import RootCodeMistyped
from tac_desktop.export.typed_codes import CROCKFORD, as_typed, grouped, spelled, symbols

_SEED = 32
_CHECK = 3
_LENGTH = (_SEED + _CHECK) * 8 // 5


def code_of_seed(seed: bytes) -> str:
    """Return an Ed25519 private key (32 bytes) as a code."""
    number = int.from_bytes(seed + _check(seed), "big")
    return grouped(spelled(symbols(number, _LENGTH)))


def seed_of_code(typed: str) -> bytes:
    """Return the private key of a code, however it was typed: small letters, spaces, O for 0, I or L for 1.

    Raises:
        RootCodeMistyped: No root key has such a code.
    """
    plain = as_typed(typed)
    if len(plain) != _LENGTH or set(plain) - set(CROCKFORD):
        raise RootCodeMistyped
    number = 0
    for letter in plain:
        number = number << 5 | CROCKFORD.index(letter)
    raw = number.to_bytes(_SEED + _CHECK, "big")
    if raw[_SEED:] != _check(raw[:_SEED]):
        raise RootCodeMistyped
    return raw[:_SEED]


def _check(seed: bytes) -> bytes:
    return hashlib.sha256(b"tac-root-code-v1" + seed).digest()[:_CHECK]
