"""Bundles damaged on their way, by accident or by somebody without a key: refused with one of our sentences."""

import io
import random
import time
from pathlib import Path

import pytest

from tac_desktop.errors import BundleDamaged, BundleNotForUs, MediumUnreadable, NotABundle, SignedForSomebodyElse
from tac_desktop.export.bundle.age_container import Sealing
from tests.export.bundle.forging import SEED, Handed, OnPulledStick, attempt, unsealed

DAMAGED = (NotABundle, BundleDamaged, BundleNotForUs)
"""What may be said of a file that was altered by somebody without a key: a flipped stanza looks like another's."""


@pytest.fixture
def chance():
    """Chance, the same in every run."""
    return random.Random(SEED)


def refused(altered: bytes, anna, bea) -> None:
    """Try a damaged file: it is refused in a sentence that says that nothing was changed."""
    with pytest.raises(DAMAGED, match="Nothing was changed"):
        attempt(altered, bea, anna)


@pytest.mark.parametrize("part", ["beginning", "end", "middle"])
def test_a_truncated_bundle_is_refused_wherever_it_ends(good, anna, bea, part, chance):
    everywhere = range(len(good))
    cuts = {"beginning": everywhere[:800], "end": everywhere[-100:], "middle": chance.sample(everywhere, 300)}
    for cut in cuts[part]:
        refused(good[:cut], anna, bea)


@pytest.mark.parametrize("part", ["beginning", "anywhere"])
def test_a_flipped_bit_is_noticed(good, anna, bea, part, chance):
    count = {"beginning": 600, "anywhere": 900}[part]
    for _ in range(count):
        altered = bytearray(good)
        altered[chance.randrange(800 if part == "beginning" else len(good))] ^= 1 << chance.randrange(8)
        refused(bytes(altered), anna, bea)


def test_bytes_deleted_inserted_or_exchanged_are_noticed(good, anna, bea, chance):
    for _ in range(51):
        a, b = sorted(chance.sample(range(len(good) - 200), 2))
        exchanged = bytearray(good)
        exchanged[a], exchanged[b] = exchanged[b] ^ 1, exchanged[a]
        for altered in (good[:a] + good[b:], good[:a] + b"x" + good[a:], good[:b] + good[a:], bytes(exchanged)):
            refused(altered, anna, bea)


@pytest.mark.parametrize("more", [b"\0", b"\n", b"x" * 70_000, bytes(1024)], ids=["zero", "line", "much", "block"])
def test_bytes_behind_the_end_are_noticed(good, anna, bea, more):
    refused(good + more, anna, bea)


def test_two_bundles_in_one_file_are_no_bundle(good, anna, bea):
    refused(good + good, anna, bea)


def test_how_far_a_damaged_bundle_could_be_read_is_told(good, anna, bea):
    with pytest.raises(BundleDamaged, match=r"\(noticed at \d+ %\)\. Nothing was changed\. Copy it again"):
        attempt(good[:-1], bea, anna)


# --- for somebody else ---


def test_a_bundle_for_somebody_else_says_so(good, anna, clara):
    with pytest.raises(BundleNotForUs) as told:
        attempt(good, clara, anna)
    assert str(told.value) == BundleNotForUs.text


def test_a_bundle_passed_on_to_somebody_else_is_refused(good, anna, bea, clara):
    sealed = io.BytesIO()
    with Sealing(sealed, [clara.identity.recipient]) as seal:
        seal.write(unsealed(good, bea))
    with pytest.raises(SignedForSomebodyElse) as told:
        attempt(sealed.getvalue(), clara, anna)
    assert str(told.value) == SignedForSomebodyElse.text


def test_a_co_recipient_cannot_put_other_content_under_the_same_seal(good, anna, bea):
    plain = unsealed(good, bea)
    for altered in (plain[:-1024] + b"\1" + plain[-1023:], plain[:-512], plain.replace(b"changes/", b"chances/")):
        sealed = io.BytesIO()
        with Sealing(sealed, [bea.identity.recipient]) as seal:
            seal.write(altered)
        refused(sealed.getvalue(), anna, bea)


# --- other files ---


def flood(lines: int) -> bytes:
    """Return an age header with a body of so many lines: libraries read it in quadratic time."""
    stanza = b"-> X25519 " + b"A" * 43 + b"\n"
    return b"age-encryption.org/v1\n" + stanza + (b"A" * 64 + b"\n") * lines + b"A\n--- " + b"A" * 43 + b"\n"


OTHERS = {
    "empty": b"",
    "a letter": b"Dear Beige Lantern, " * 1000,
    "zip": b"PK\3\4" + bytes(5000),
    "zeros": bytes(100_000),
    "another version of age": b"age-encryption.org/v2\n" + bytes(500),
    "armoured": b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n-----END AGE ENCRYPTED"
    b" FILE-----\n",
    "sealed by a pass-phrase": b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 22\n" + b"A" * 43
    + b"\n--- " + b"A" * 43 + b"\n" + bytes(100),
    "sealed for an ssh key": b"age-encryption.org/v1\n-> ssh-ed25519 AAAAAA " + b"A" * 43 + b"\n" + b"A" * 43
    + b"\n--- " + b"A" * 43 + b"\n" + bytes(100),
    "13 MB of header": flood(200_000),
    "65 recipients": b"age-encryption.org/v1\n" + (b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n") * 65
    + b"--- " + b"A" * 43 + b"\n" + bytes(100),
    "line ends of another system": b"age-encryption.org/v1\r\n-> X25519 " + b"A" * 43 + b"\r\n" + b"A" * 43 + b"\r\n",
}  # fmt: skip


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_what_is_no_bundle_is_refused_at_once(anna, bea, content):
    started = time.process_time()
    with pytest.raises(NotABundle) as told:
        attempt(content, bea, anna)
    assert str(told.value) == NotABundle.text
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize("plain", [b"", b"x", bytes(512), b"a letter " * 200], ids=["empty", "x", "zeros", "letter"])
def test_something_else_sealed_for_us_is_no_bundle(anna, bea, plain):
    sealed = io.BytesIO()
    with Sealing(sealed, [bea.identity.recipient]) as seal:
        seal.write(plain)
    refused(sealed.getvalue(), anna, bea)


# --- the medium ---


class OnBadStick(Handed):
    """A file on a stick of which one place cannot be read."""

    def __init__(self, content: bytes, bad: int) -> None:
        super().__init__(content)
        self._bad = bad

    def open(self, mode: str) -> io.BytesIO:
        file, bad = super().open(mode), self._bad

        class Stick(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                begin = self.tell()
                found = super().read(size)
                if begin <= bad < begin + len(found):
                    raise OSError(5, "Input/output error")
                return found

        return Stick(file.getvalue())


@pytest.mark.parametrize("stick", [OnPulledStick, OnBadStick])
@pytest.mark.parametrize("after", [0, 1, 20_000, 60_000])
def test_a_stick_that_fails_while_reading_is_told_from_a_damaged_file(good, anna, bea, stick, after):
    with pytest.raises(MediumUnreadable) as told:
        attempt(stick(good, after), bea, anna)
    assert str(told.value) == MediumUnreadable.text


def test_a_file_that_is_not_there_is_told(anna, bea):
    with pytest.raises(MediumUnreadable):
        attempt(Path("/nowhere/at/all.tacb"), bea, anna)


class Changing(Handed):
    """A file on a stick that answers with other bytes when a place is read a second time."""

    def open(self, mode: str) -> io.BytesIO:
        class Stick(io.BytesIO):
            seen = 0

            def read(self, size: int | None = -1) -> bytes:
                begin = self.tell()
                found = super().read(size)
                if begin < self.seen:
                    return bytes(len(found))
                self.seen = begin + len(found)
                return found

        return Stick(super().open(mode).getvalue())


def test_no_byte_is_read_twice(good, anna, bea):
    attempt(Changing(good), bea, anna)
