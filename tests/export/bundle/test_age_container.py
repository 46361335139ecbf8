"""The sealed container: whole, bounded, and the same that the age command makes and reads."""

import io
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.errors import BundleDamaged, BundleNotForUs, MediumUnreadable, NotABundle, TacError
from tac_desktop.export.bundle.age_container import HEADER_LIMIT, Opening, Sealing, recipients_in
from tac_desktop.export.identity import Identity

ME = Identity.create()
SIZES = (0, 1, 65535, 65536, 65537, 131072, 300001)


def sealed(plain: bytes, *recipients: str) -> bytes:
    file = io.BytesIO()
    with Sealing(file, recipients or [ME.recipient]) as seal:
        for start in range(0, len(plain), 50_000):
            seal.write(plain[start : start + 50_000])
    return file.getvalue()


def opened(file: io.BufferedIOBase, size: int, identity: Identity = ME) -> bytes:
    with Opening(file, identity.opening_key) as opening:
        plain = opening.read(size)
        opening.finish()
        return plain


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_out_again(size):
    plain = os.urandom(size)
    assert opened(io.BytesIO(sealed(plain)), size) == plain


def test_the_number_of_recipients_is_told_without_a_key():
    others = [Identity.create().recipient for _ in range(63)]
    assert recipients_in(sealed(b"")) == 1
    assert recipients_in(sealed(b"", ME.recipient, *others)) == 64


@pytest.mark.tool("age")
@pytest.mark.parametrize("size", SIZES)
def test_the_age_command_opens_what_was_sealed_and_its_files_are_opened(tmp_path: Path, size):
    plain = os.urandom(size)
    (tmp_path / "key").write_text(ME.opening_key + "\n")
    (tmp_path / "ours").write_bytes(sealed(plain))
    done = subprocess.run(["age", "-d", "-i", "key", "ours"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == plain
    (tmp_path / "plain").write_bytes(plain)
    subprocess.run(["age", "-r", ME.recipient, "-o", "theirs", "plain"], cwd=tmp_path, check=True)
    with (tmp_path / "theirs").open("rb") as file:
        assert opened(file, size) == plain


def test_a_file_for_somebody_else_says_so():
    with pytest.raises(BundleNotForUs, match="Nothing was changed"):
        opened(io.BytesIO(sealed(b"x")), 1, Identity.create())


@pytest.mark.parametrize("cut", [1, 16, 65_000, 200_000])
def test_a_file_that_ends_too_early_is_never_taken_for_whole(cut):
    with pytest.raises(BundleDamaged, match=r"noticed at \d+ %"):
        opened(io.BytesIO(sealed(bytes(300_000))[:-cut]), 300_000)


def test_bytes_behind_the_end_are_noticed():
    with pytest.raises(BundleDamaged):
        opened(io.BytesIO(sealed(bytes(10)) + b"x"), 10)
    with pytest.raises(BundleDamaged):
        opened(io.BytesIO(sealed(bytes(10))), 9)
    with pytest.raises(BundleDamaged):
        opened(io.BytesIO(sealed(bytes(10))), 11)


def test_an_opening_can_be_left_in_the_middle():
    started = time.process_time()
    with Opening(io.BytesIO(sealed(bytes(20_000_000))), ME.opening_key) as opening:
        assert opening.read(10) == bytes(10)
    assert time.process_time() - started < 5


def flood(lines: int) -> bytes:
    stanza = b"-> X25519 " + b"A" * 43 + b"\n"
    return b"age-encryption.org/v1\n" + stanza + (b"A" * 64 + b"\n") * lines + b"A\n--- " + b"A" * 43 + b"\n"


@pytest.mark.parametrize(
    "header",
    [
        b"", b"\n", b"age-encryption.org/v2\n", b"PK\3\4" + bytes(500), b"\xfe" * 50_000, flood(10), flood(200_000),
        b"age-encryption.org/v1\n" + (b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n") * 65 + b"--- " + b"A" * 43,
        b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 22\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n",
        b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n", b"age-encryption.org/v1\n-> a-grease\n\n--- " + b"A" * 43,
        b"age-encryption.org/v1\n" + b"-> a-grease b\n\n" * 5000, b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    ],
    ids=lambda header: header[:40].hex(),
)  # fmt: skip
def test_a_strange_or_endless_header_is_refused_at_once(header):
    started = time.process_time()
    with pytest.raises(NotABundle, match="Nothing was changed"):
        recipients_in(header[:HEADER_LIMIT])
    assert time.process_time() - started < 0.5


@given(st.binary(max_size=2 * HEADER_LIMIT), st.booleans())
@settings(max_examples=60)
def test_only_our_own_errors_come_out_of_any_header(rest, proper):
    file = io.BytesIO((b"age-encryption.org/v1\n-> X25519 " if proper else b"") + rest)
    started = time.process_time()
    with pytest.raises(TacError):
        opened(file, 1)
    assert time.process_time() - started < 0.5


class Stick(io.BytesIO):
    """A file on a stick that is pulled out after some bytes."""

    def __init__(self, content: bytes, after: int) -> None:
        super().__init__(content)
        self._left = after

    def read(self, size: int | None = -1) -> bytes:
        taken = super().read(size)
        self._left -= len(taken)
        if self._left < 0:
            raise OSError(5, "no such device any more")
        return taken


@pytest.mark.parametrize("after", [100, 20_000, 90_000, 250_000])
def test_a_stick_that_is_pulled_out_is_told_from_a_damaged_file(after):
    with pytest.raises(MediumUnreadable, match="Nothing was changed"):
        opened(Stick(sealed(bytes(300_000)), after), 300_000)


class TwoFaces(io.BytesIO):
    """A file on a stick that answers with an endless header when it is read a second time."""

    def read(self, size: int | None = -1) -> bytes:
        taken = super().read(size)
        all_of_it = self.getbuffer()
        all_of_it[:] = flood(len(all_of_it) // 65)[: len(all_of_it)].ljust(len(all_of_it))
        return taken


def test_a_header_is_read_once_and_what_was_checked_is_what_is_used():
    started = time.process_time()
    with pytest.raises(BundleDamaged):
        opened(TwoFaces(sealed(bytes(400_000))), 400_000)
    assert time.process_time() - started < 1


class FullDisk(io.BytesIO):
    """A file that has no room for more than some bytes."""

    def write(self, data: bytes) -> int:
        if self.tell() + len(data) > 100_000:
            raise OSError(28, "no space left")
        return super().write(data)


class FullAtTheEnd(io.BytesIO):
    """A file that has no room for what completes the seal of so many bytes."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def write(self, data: bytes) -> int:
        if self.tell() + len(data) >= self._size:
            raise OSError(28, "no space left")
        return super().write(data)


@pytest.mark.parametrize("size", [200_000, 5_000_000])
def test_a_full_disk_stops_the_sealing(size):
    def seal() -> None:
        with Sealing(FullDisk(), [ME.recipient]) as seal:
            for _ in range(size // 50_000):
                seal.write(bytes(50_000))

    with pytest.raises(OSError, match="no space left"):
        seal()


@pytest.mark.parametrize("size", [0, 100, 70_000, 3_000_000])
def test_a_disk_that_is_full_at_the_last_byte_stops_nobody_for_ever(size):
    def seal() -> None:
        with Sealing(FullAtTheEnd(size), [ME.recipient]) as sealing:
            sealing.write(bytes(size))

    before = threading.active_count()
    with pytest.raises(OSError, match="no space left"):
        seal()
    assert threading.active_count() == before


def test_a_sealing_that_is_stopped_leaves_no_thread():
    before = threading.active_count()

    def seal() -> None:
        with Sealing(io.BytesIO(), [ME.recipient]) as sealing:
            sealing.write(bytes(9_000_000))
            raise KeyError

    with pytest.raises(KeyError):
        seal()
    assert threading.active_count() == before
