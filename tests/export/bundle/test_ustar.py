"""The archive: what tar reads, in exactly one form."""

import io
import subprocess
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.export.bundle import ustar


def archive(*entries: tuple[str, bytes]) -> bytes:
    return b"".join(ustar.header(n, len(c)) + c + ustar.padding(len(c)) for n, c in entries) + ustar.END


def test_another_reader_finds_names_and_contents():
    with tarfile.open(
        fileobj=io.BytesIO(archive(("manifest.json", b"{}"), ("blobs/" + "a" * 64, b"x" * 513)))
    ) as found:
        assert found.getnames() == ["manifest.json", "blobs/" + "a" * 64]
        member = found.getmember("manifest.json")
        assert (member.isreg(), member.mode, member.uid, member.mtime, member.size) == (True, 0o600, 0, 0, 2)


@pytest.mark.tool("tar")
def test_the_tar_command_lists_it_without_complaint():
    done = subprocess.run(["tar", "-t"], input=archive(("manifest.json", b"{}")), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"manifest.json\n", b"")


@given(st.integers(0, 2**33 - 1))
def test_an_announced_size_is_the_one_that_was_written(size):
    assert ustar.announced_size(ustar.header("manifest.json", size), "manifest.json") == size


@given(st.integers(0, 511), st.integers(1, 255))
def test_no_other_header_announces_anything(place, change):
    header = bytearray(ustar.header("manifest.json", 0o1234567))
    header[place] ^= change
    assert ustar.announced_size(bytes(header), "manifest.json") is None
