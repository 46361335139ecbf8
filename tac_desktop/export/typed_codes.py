"""Codes that a person types in from paper or by telephone: 23 characters of a hash, and one that tells a slip.

Crockford's alphabet has no I, L, O and U, which are taken for others. The format is docs/formats/card.md.
"""

import hashlib

from tac_desktop.errors import CardCodeMistyped

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_READ = str.maketrans("OIL", "011")


def code_of(purpose: bytes, content: bytes) -> str:
    """Return the code of some bytes for one purpose: 24 characters in six groups, 115 bits of SHA-256 and a check."""
    bits = int.from_bytes(hashlib.sha256(purpose + content).digest()[:15], "big") >> 5
    found = symbols(bits, 23)
    return grouped(spelled([*found, check_symbol(found)]))


def as_typed(typed: str) -> str:
    """Return a code as it was made, without hyphens, however it was typed: small letters, spaces, O for 0."""
    return "".join(typed.upper().replace("-", "").split()).translate(_AS_READ)


def same_code(typed: str, code: str) -> bool:
    """Say whether this 24-character code was typed.

    Raises:
        CardCodeMistyped: No such code exists, because the check character does not fit.
    """
    plain = as_typed(typed)
    found = [CROCKFORD.find(letter) for letter in plain]
    if len(found) != 24 or -1 in found or check_symbol(found[:-1]) != found[-1]:
        raise CardCodeMistyped
    return plain == code.replace("-", "")


def check_symbol(several: list[int]) -> int:
    """Return the check symbol of up to 30 symbols (0 to 31 each).

    It is the sum, in the field of 32 elements made by x^5 + x^2 + 1, of each symbol times x to the power of its place
    counted from 1. So one wrong character and any two exchanged ones are always noticed.
    """
    total = 0
    for symbol in reversed(several):
        total = _times_x(total ^ symbol)
    return total


def symbols(number: int, count: int) -> list[int]:
    """Return the lowest 5 x `count` bits of a number as symbols (0 to 31 each), the highest first."""
    return [number >> 5 * (count - 1 - place) & 31 for place in range(count)]


def spelled(several: list[int]) -> str:
    """Return symbols as characters."""
    return "".join(CROCKFORD[symbol] for symbol in several)


def grouped(text: str) -> str:
    """Return a code in groups of four."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _times_x(element: int) -> int:
    return (element << 1 ^ (0b100101 if element & 16 else 0)) & 31
