"""Whatever bytes come: each parser of a bundle answers with one of our own errors, within 50 ms and 64 MB."""

import io
import json

from hypothesis import example, given
from hypothesis import strategies as st

from tac_desktop.export import sshsig
from tac_desktop.export.bundle import manifest, rows, ustar
from tac_desktop.export.bundle.age_container import HEADER_LIMIT, Opening, Sealing, recipients_in
from tac_desktop.export.receipt_code import same_receipt
from tests.export.bounds import altered, cut_and_sewn, exchanged, few, many, within_bounds
from tests.export.bundle.forging import a_row, attempt

# --- the container ---

AGE = (
    b"age-encryption.org/v1\n", b"-> X25519 ", b"A" * 43, b"\n", b"--- ", b"A" * 64, b"-> a-grease\n", b"\n\n", b"-> ",
    b"A" * 64 + b"\n",
)  # fmt: skip


@given(st.one_of(st.binary(max_size=2 * HEADER_LIMIT), cut_and_sewn(*AGE)))
@example(b"age-encryption.org/v1\n-> X25519 " + b"A" * 43 + b"\n" + (b"A" * 64 + b"\n") * 240)
@example(b"age-encryption.org/v1\n" + b"-> a-grease " + b"x " * 8000)
@example(b"\n" * HEADER_LIMIT)
@many
def test_any_age_header(start):
    within_bounds(recipients_in, start[:HEADER_LIMIT])


@given(st.one_of(st.binary(max_size=3000), cut_and_sewn(*AGE)))
@few
def test_any_age_file(bea, content):
    def open_it(content: bytes) -> None:
        with Opening(io.BytesIO(content), bea.identity.opening_key) as opening:
            opening.read(1)

    assert not within_bounds(open_it, content)


@given(st.data())
@few
def test_any_alteration_of_a_bundle(good, anna, bea, data):
    content = data.draw(altered(good))
    accepted = within_bounds(attempt, content, bea, anna)
    assert accepted is (content == good)


@given(st.binary(max_size=5000))
@few
def test_anything_that_is_sealed_for_us(anna, bea, plain):
    sealed = io.BytesIO()
    with Sealing(sealed, [bea.identity.recipient]) as seal:
        seal.write(plain)
    assert not within_bounds(attempt, sealed.getvalue(), bea, anna)


# --- archive and signature ---


@given(st.one_of(st.binary(min_size=512, max_size=512), altered(ustar.header("manifest.json", 77))))
@many
def test_any_tar_header(block):
    block = block[:512].ljust(512, b"\0")
    size = ustar.announced_size(block, "manifest.json")
    assert (size is None) == (block != ustar.header("manifest.json", size or 0))


ARMOUR = sshsig.armoured(bytes(32), bytes(64), sshsig.BUNDLE)


@given(st.one_of(
    st.binary(max_size=1000), altered(ARMOUR),
    cut_and_sewn(b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n", b"A" * 70 + b"\n", b"=", b"U"),
))  # fmt: skip
@many
def test_any_signature(text):
    accepted = within_bounds(sshsig.read_armoured, text, sshsig.BUNDLE)
    if accepted:
        assert text == sshsig.armoured(*sshsig.read_armoured(text, sshsig.BUNDLE), sshsig.BUNDLE)


# --- the manifest ---


@given(st.data())
@many
def test_any_value_at_any_place_of_a_manifest(forge, anna, bea, data):
    signed = data.draw(exchanged(json.dumps(forge.manifest).encode()))
    within_bounds(manifest.decode, signed)
    within_bounds(attempt, forge.build(signed=signed), bea, anna)


@given(st.one_of(st.binary(max_size=2000), cut_and_sewn(
    b'{"type":"tac-bundle",', b'"v":1,', b'"min_reader":1,', b"[" * 3000, b'{"a":' * 1000, b"9" * 5000, b'"files":[',
    b"NaN", b"\xff", b'"\\ud800"', b"}", b"]", b'"heads":[[', b"1e999",
)))  # fmt: skip
@many
def test_any_bytes_as_a_manifest(signed):
    assert not within_bounds(manifest.decode, signed)


# --- rows ---


@given(st.one_of(st.binary(max_size=3000), altered(a_row() * 3), cut_and_sewn(
    a_row(), b"\t", b"\n", b"1\t1\t", b"[1,", b'"contact",', b"[" * 2000, b"null", b"9" * 4000, b"[]",
    b'"\\ud800"', b"\xff",
)))  # fmt: skip
@many
def test_any_bytes_as_rows(plain):
    within_bounds(lambda plain: list(rows.decode_rows(bytes(16), plain)), plain)


@given(st.data())
@many
def test_any_value_at_any_place_of_a_row(data):
    columns = a_row().rstrip(b"\n").split(b"\t")
    column = data.draw(st.sampled_from([2, 4]))
    columns[column] = data.draw(exchanged(columns[column]))
    within_bounds(lambda plain: list(rows.decode_rows(bytes(16), plain)), b"\t".join(columns) + b"\n")


@given(st.one_of(st.binary(max_size=3000), altered(rows.compressed(a_row() * 50))), st.integers(0, 2**40))
@example(rows.compressed(bytes(16 << 20)), 16 << 20)
@example(rows.compressed(bytes(60 << 20)), 100)
@many
def test_any_bytes_as_a_compressed_file_of_rows(packed, usize):
    if within_bounds(rows.expanded, packed, usize):
        assert len(rows.expanded(packed, usize)) == usize


# --- what is typed ---


@given(st.text(max_size=3000))
@many
def test_any_text_as_a_receipt(typed):
    assert within_bounds(same_receipt, typed, "0123-4567-89AB")
