"""The recovery code: 160 random bits, written so that it can be read from paper and typed."""

import os

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RECOVERY_BYTES = 20
_GROUP = 4


def new_recovery_code() -> str:
    """Return 160 random bits as eight groups of four characters, without I, L, O and U."""
    number = int.from_bytes(os.urandom(_RECOVERY_BYTES), "big")
    length = _RECOVERY_BYTES * 8 // 5
    text = "".join(_CROCKFORD[number >> 5 * (length - 1 - place) & 31] for place in range(length))
    return "-".join(text[at : at + _GROUP] for at in range(0, length, _GROUP))


def read_recovery_code(typed: str) -> str:
    """Return a recovery code as it was made, however it was typed: small letters, spaces, O for 0, I or L for 1."""
    letters = "".join(typed.upper().split()).replace("-", "").translate(str.maketrans("OIL", "011"))
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
