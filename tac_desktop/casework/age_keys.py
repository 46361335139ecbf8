"""The X25519 keys of age as people hand them on, and as the 32 bytes they are (Bech32, BIP 173)."""

from functools import reduce
from typing import Final

RECIPIENT: Final = "age"
"""What a public key begins with, before the '1'."""
IDENTITY: Final = "age-secret-key-"
"""What a private key begins with; it is written in capitals."""
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_SYMBOLS = 52
"""So many symbols of five bits hold 32 bytes; the last four bits are nothing."""


def identity_of(private: bytes) -> str:
    """Return a private key of 32 bytes as age writes it ('AGE-SECRET-KEY-1...')."""
    return _written(IDENTITY, private).upper()


def recipient_of(public: bytes) -> str:
    """Return a public key of 32 bytes as age writes it ('age1...')."""
    return _written(RECIPIENT, public)


def key_bytes(text: str, prefix: str) -> bytes | None:
    """Return the 32 bytes of a key that somebody typed; None if it is none.

    Args:
        text: The key, in small letters or in capitals.
        prefix: What it has to be: RECIPIENT or IDENTITY.
    """
    text = text.strip()
    if text not in (text.lower(), text.upper()) or not text.lower().startswith(prefix + "1"):
        return None
    symbols = [_LETTERS.find(letter) for letter in text.lower()[len(prefix) + 1 :]]
    if len(symbols) != _SYMBOLS + 6 or -1 in symbols or reduce(_polymod, [*_head(prefix), *symbols], 1) != 1:
        return None
    bits = reduce(lambda whole, symbol: whole << 5 | symbol, symbols[:_SYMBOLS], 0)
    return None if bits & 15 else (bits >> 4).to_bytes(32, "big")


def _written(prefix: str, key: bytes) -> str:
    bits = int.from_bytes(key, "big") << 4
    symbols = [bits >> 5 * (_SYMBOLS - 1 - place) & 31 for place in range(_SYMBOLS)]
    check = reduce(_polymod, [*_head(prefix), *symbols, 0, 0, 0, 0, 0, 0], 1) ^ 1
    symbols += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return prefix + "1" + "".join(_LETTERS[symbol] for symbol in symbols)


def _head(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(check: int, value: int) -> int:
    top = check >> 25
    check = (check & 0x1FFFFFF) << 5 ^ value
    return reduce(lambda sum_, bit: sum_ ^ (_GENERATOR[bit] if top >> bit & 1 else 0), range(5), check)
