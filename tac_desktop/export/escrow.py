"""The emergency key of a service: every bundle is sealed for it, too, and it lies in two of three sheets of paper.

It is an age key (X25519), split by SLIP-39 (a kept library): any two of three lists of 33 words give it back, one
alone tells nothing. So bundles can be opened when every vault is lost, but nothing can be signed by it.
"""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyrage

from tac_desktop.casework.age_keys import identity_of
from tac_desktop.errors import (
    BundleDamaged,
    EmergencyWordsMistyped,
    EmergencyWordsWrong,
    MediumUnreadable,
    NotABundle,
)
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import Opening
from tac_desktop.export.bundle.manifest import MAX_BYTES, MAX_TRUST, decode
from tac_desktop.export.bundle.writer import MANIFEST, SIGNATURE, TRUST

WORDS = 33
"""On each sheet."""
SHEETS = 3
NEEDED = 2
_MOST_WORK = 4
"""Exponent of the work that a list of words may ask for; ours ask for 1. A hostile one could ask for hours."""


@dataclass(frozen=True)
class EmergencyKey:
    """A new emergency key: the public part, and the words of the sheets, which are shown once."""

    recipient: str
    sheets: tuple[tuple[str, ...], ...] = field(repr=False)


def new_emergency_key() -> EmergencyKey:
    """Make an emergency key of the system's randomness and split it."""
    from shamir_mnemonic import generate_mnemonics

    secret = os.urandom(32)
    (shares,) = generate_mnemonics(1, [(NEEDED, SHEETS)], secret)
    recipient = str(pyrage.x25519.Identity.from_str(identity_of(secret)).to_public())
    return EmergencyKey(recipient, tuple(tuple(share.split()) for share in shares))


def joined(shares: Sequence[str], recipients: Sequence[str]) -> str:
    """Return the key that two sheets give ('AGE-SECRET-KEY-1...').

    Args:
        shares: The words of two sheets (or three), as they were typed.
        recipients: The public parts of the emergency keys that it may be.

    Raises:
        EmergencyWordsMistyped: No sheet has such words.
        EmergencyWordsWrong: They are of sheets that do not belong together, or to none of these keys.
    """
    from shamir_mnemonic import MnemonicError, combine_mnemonics

    typed = [" ".join(re.findall(r"[a-z]+", share.lower())) for share in shares]
    for number, words in enumerate(typed, start=1):
        _refuse_mistyped(words, number)
    try:
        key = identity_of(combine_mnemonics(list(dict.fromkeys(typed))[:NEEDED]))
    except MnemonicError as refused:
        raise EmergencyWordsWrong from refused
    if str(pyrage.x25519.Identity.from_str(key).to_public()) not in recipients:
        raise EmergencyWordsWrong
    return key


def try_opening(path: Path, key: str) -> int:
    """Open a bundle to its last byte with a key, check the hash of each file in it, and keep nothing; return how many.

    Who signed the bundle, and whether its entries follow the rules, is not looked at.

    Raises:
        NotABundle, BundleNotForUs, BundleDamaged, BundleMalformed, BundleTooLarge, MadeByNewerProgram,
        MediumUnreadable: it is not opened.
    """
    try:
        with path.open("rb") as file, Opening(file, key) as opening:
            files = decode(_read_named(opening, MANIFEST, MAX_BYTES)).files
            for name, limit in ((SIGNATURE, MAX_BYTES), (TRUST, MAX_TRUST)):
                _read_named(opening, name, limit)
            for one in files:
                if hashlib.sha256(_read_named(opening, one.name, one.size)).hexdigest() != one.sha256:
                    raise BundleDamaged
            if opening.read(len(ustar.END)) != ustar.END:
                raise BundleDamaged
            opening.finish()
    except OSError as trouble:
        raise MediumUnreadable from trouble
    return len(files)


def _read_named(opening: Opening, name: str, limit: int) -> bytes:
    size = ustar.announced_size(opening.read(ustar.BLOCK), name)
    if size is None or size > limit:
        raise NotABundle
    content = opening.read(size)
    opening.read(len(ustar.padding(size)))
    return content


def _refuse_mistyped(words: str, number: int) -> None:
    from shamir_mnemonic import MnemonicError, Share

    try:
        share = Share.from_mnemonic(words)
    except MnemonicError as refused:
        raise EmergencyWordsMistyped(number) from refused
    shape = (share.group_threshold, share.group_count, share.member_threshold, len(share.value))
    if shape != (1, 1, NEEDED, 32) or share.iteration_exponent > _MOST_WORK:
        raise EmergencyWordsMistyped(number)
