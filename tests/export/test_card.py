"""Cards: what they say, that they cannot be changed, and that only the right code accepts them."""

import json
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.errors import CardCodeMistyped, CardCodeWrong, MadeByNewerProgram, NotACard
from tac_desktop.export import sshsig
from tac_desktop.export.card import check_code, is_sound, read_card, write_card
from tac_desktop.export.identity import Identity
from tac_desktop.export.sshsig import public_key
from tac_desktop.export.typed_codes import CROCKFORD, check_symbol

P = 2**255 - 19


SEAL_SEED = bytes(range(32))
PERSON = "01930000-0000-7000-8000-0000000000aa"


def a_card(identity: Identity, **changes: str) -> bytes:
    """Return a card as the program makes it."""
    said = {"name": "Puce Anchor", "role": "worker", "prison": "Zedhall", "person": PERSON, "made": "2026-11-21"}
    return write_card(identity, SEAL_SEED, **(said | changes))


def card_file(identity: Identity, **changes: object) -> bytes:
    """Return a card of Puce Anchor, properly signed whatever was changed in it."""
    text = json.dumps(json.loads(json.loads(a_card(identity))["card"]) | changes).encode()
    return signed_file(text, identity, SEAL_SEED)


def signed_file(text: bytes, identity: Identity, seal_seed: bytes, namespace: bytes = sshsig.CARD) -> bytes:
    """Return a card file with two good signatures over any text."""
    signature = sshsig.armoured(identity.signing_key, identity.sign(text, namespace), namespace)
    sealed = sshsig.armoured(public_key(seal_seed), sshsig.sign(seal_seed, text, namespace), namespace)
    file = {"card": text.decode(), "signature": signature.decode(), "seal_signature": sealed.decode()}
    return json.dumps(file).encode()


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity.create()


def test_a_card_says_who_it_is_and_carries_the_three_public_keys(identity):
    card = read_card(a_card(identity, role="manager", prison=""))
    assert (card.name, card.role, card.prison, card.made) == ("Puce Anchor", "manager", "", "2026-11-21")
    assert card.signing_key == identity.signing_key
    assert card.recipient == identity.recipient
    assert card.device_id == identity.device_id
    assert (card.person, card.seal_key) == (PERSON, public_key(SEAL_SEED))


def test_a_card_and_a_printed_identity_hold_no_secret(identity):
    file = a_card(identity)
    assert b"AGE-SECRET" not in file
    assert b64(SEAL_SEED).encode() not in file
    assert b64(identity.signing_seed).encode() not in file
    assert repr(identity) == "Identity()"


def test_an_identity_comes_back_from_its_stored_bytes(identity):
    assert Identity.from_bytes(identity.to_bytes()) == identity


def test_the_code_is_accepted_however_it_is_typed(identity):
    card = read_card(card_file(identity))
    assert len(card.code.replace("-", "")) == 24
    check_code(card, card.code)
    check_code(card, " " + card.code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))


def test_the_code_of_another_card_is_refused(identity):
    with pytest.raises(CardCodeWrong, match="Nothing was changed"):
        check_code(read_card(card_file(identity)), read_card(card_file(Identity.create())).code)


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 24, "é" * 24, "0" * 23 + "1", "0" * 25])
def test_what_no_card_can_have_as_a_code_is_called_mistyped(identity, typed):
    with pytest.raises(CardCodeMistyped):
        check_code(read_card(card_file(identity)), typed)


@given(
    st.lists(st.integers(0, 31), min_size=23, max_size=23), st.integers(0, 23), st.integers(1, 31), st.integers(0, 23)
)
def test_one_wrong_character_and_two_exchanged_ones_never_pass(symbols, place, offset, other):
    code = [*symbols, check_symbol(symbols)]
    wrong = code.copy()
    wrong[place] = (wrong[place] + offset) % 32
    assert check_symbol(wrong[:-1]) != wrong[-1]
    exchanged = code.copy()
    exchanged[place], exchanged[other] = code[other], code[place]
    assert (check_symbol(exchanged[:-1]) == exchanged[-1]) == (exchanged == code)


def test_the_code_uses_crockfords_alphabet_without_letters_that_look_like_digits(identity):
    assert set(read_card(card_file(identity)).code) <= set(CROCKFORD) | {"-"}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "a" * 201},
        {"name": "two\nlines"},
        {"name": 7},
        {"role": "director"},
        {"made": "today"},
        {"type": "tac-bundle"},
        {"v": 0},
        {"v": "1"},
        {"signing_key": b64(b"\1" * 32)},
        {"signing_key": "short"},
        {"recipient": "age1" + "q" * 58},
        {"recipient": "AGE1"},
        {"prison": None},
        {"prison": "two\nlines"},
        {"person": ""},
        {"person": "two words"},
        {"person": "a" * 65},
        {"seal_key": b64(b"\1" * 32)},
        {"seal_key": b64(b"\0" * 32)},
        {"seal_key": None},
    ],
    ids=str,
)
def test_a_card_that_says_something_impossible_is_refused_although_it_is_signed(identity, changes):
    with pytest.raises(NotACard, match="Nothing was changed"):
        read_card(card_file(identity, **changes))


def test_a_card_of_a_later_version_asks_for_an_update(identity):
    with pytest.raises(MadeByNewerProgram):
        read_card(card_file(identity, v=2, role={"new": "shape"}))


@pytest.mark.parametrize(
    "file", [b"", b"{}", b"[" * 5000, b"null", b"\xff", b'{"card":"","signature":"","seal_signature":""}', b" " * 9000]
)
def test_what_is_no_card_is_refused(file):
    with pytest.raises(NotACard):
        read_card(file)


def test_a_changed_card_and_one_signed_by_another_are_refused(identity):
    file = card_file(identity)
    with pytest.raises(NotACard):
        read_card(file.replace(b"Anchor", b"Archer"))
    others = json.loads(card_file(Identity.create()))
    with pytest.raises(NotACard):
        read_card(json.dumps(json.loads(file) | {"signature": others["signature"]}).encode())
    with pytest.raises(NotACard):
        read_card(card_file(Identity.create(), signing_key=b64(identity.signing_key)))


def test_nobody_can_carry_the_seal_key_of_another_on_her_card(identity):
    others = json.loads(card_file(identity, name="Teal Bucket"))
    with pytest.raises(NotACard):
        read_card(card_file(identity, seal_key=b64(public_key(b"s" * 32))))
    with pytest.raises(NotACard):
        read_card(json.dumps(json.loads(card_file(identity)) | {"seal_signature": others["seal_signature"]}).encode())
    text = json.dumps(json.loads(json.loads(a_card(identity))["card"]) | {"seal_key": b64(identity.signing_key)})
    with pytest.raises(NotACard):
        read_card(signed_file(text.encode(), identity, identity.signing_seed))


def test_another_seal_key_is_another_code(identity):
    said = {"name": "Puce Anchor", "role": "worker", "prison": "", "person": PERSON, "made": "2026-11-21"}
    one, other = (read_card(write_card(identity, seed, **said)) for seed in (SEAL_SEED, b"s" * 32))
    assert one.device_id == other.device_id
    with pytest.raises(CardCodeWrong):
        check_code(one, other.code)


def test_a_signature_for_another_purpose_does_not_make_a_card(identity):
    text = json.loads(card_file(identity))["card"].encode()
    assert read_card(signed_file(text, identity, SEAL_SEED))
    with pytest.raises(NotACard):
        read_card(signed_file(text, identity, SEAL_SEED, sshsig.BUNDLE))


def times(point: tuple[int, int], count: int) -> tuple[int, int]:
    """Return a point of the curve -x2 + y2 = 1 + d x2 y2 times a number: the definition, for comparing."""
    d, total = -121665 * pow(121666, -1, P) % P, (0, 1)
    for _ in range(count):
        (x, y), (u, v) = total, point
        k = d * x * y * u * v % P
        total = ((x * v + y * u) * pow(1 + k, -1, P) % P, (y * v + x * u) * pow(1 - k, -1, P) % P)
    return total


def x_of(y: int) -> int | None:
    """Return an x of the curve for this y, if there is one."""
    d = -121665 * pow(121666, -1, P) % P
    square = (y * y - 1) * pow(d * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    for root in (x, x * pow(2, (P - 1) // 4, P) % P):
        if root * root % P == square:
            return root
    return None


def test_every_key_of_low_order_is_unsound():
    from tac_desktop.export.card import _LOW_ORDER_Y

    for y in _LOW_ORDER_Y:
        x = x_of(y)
        assert x is not None
        assert times((x, y), 8) == (0, 1)
        for sign in (0, 1 << 255):
            assert not is_sound((y | sign).to_bytes(32, "little"))
    assert len(_LOW_ORDER_Y) == 5, "1, 2, 2, 2 and 1 points: the eight of the small group by their y"


@pytest.mark.parametrize("y", [P, P + 1, P + 18, 2**255 - 1])
def test_a_key_that_is_not_written_canonically_is_unsound(y):
    assert not is_sound(y.to_bytes(32, "little"))


@given(st.binary(min_size=32, max_size=32))
def test_honest_keys_are_sound(seed):
    assert is_sound(Identity(seed, "").signing_key)


def test_a_recipient_of_low_order_is_refused(identity):
    charset, generator = (
        "qpzry9x8gf2tvdw0s3jn54khce6mua7l",
        (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3),
    )
    for point in (
        bytes(32),
        (1).to_bytes(32, "little"),
        (P - 1).to_bytes(32, "little"),
        (P + 3).to_bytes(32, "little"),
    ):
        number = int.from_bytes(point, "big") << 4
        symbols = [number >> 5 * (51 - at) & 31 for at in range(52)]
        check = 1
        for value in [3, 3, 3, 0, *b"\x01\x07\x05", *symbols, 0, 0, 0, 0, 0, 0]:
            top = check >> 25
            check = (check & 0x1FFFFFF) << 5 ^ value
            for bit in range(5):
                check ^= generator[bit] if top >> bit & 1 else 0
        check ^= 1
        checked = [*symbols, *(check >> 5 * (5 - at) & 31 for at in range(6))]
        with pytest.raises(NotACard):
            read_card(card_file(identity, recipient="age1" + "".join(charset[s] for s in checked)))


@pytest.mark.tool("ssh-keygen")
def test_ssh_keygen_accepts_a_cards_signature_and_shows_the_same_device_id(identity, tmp_path: Path):
    file = json.loads(card_file(identity))
    (tmp_path / "card.sig").write_text(file["signature"])
    import base64

    public = base64.b64encode(sshsig.wire_key(unb64(json.loads(file["card"])["signing_key"]))).decode()
    (tmp_path / "allowed").write_text(f'puce namespaces="tac-card-v1" ssh-ed25519 {public}\n')
    (tmp_path / "key.pub").write_text(f"ssh-ed25519 {public} puce\n")
    checked = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "puce", "-n", "tac-card-v1", "-s", "card.sig"],
        input=file["card"].encode(), cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    shown = subprocess.run(["ssh-keygen", "-l", "-f", "key.pub"], cwd=tmp_path, capture_output=True, check=True)
    assert sshsig.fingerprint(identity.device_id).encode() in shown.stdout


@given(st.binary(max_size=300))
def test_from_the_card_reader_only_our_own_errors_escape(junk):
    with pytest.raises(NotACard):
        read_card(junk)


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_never_makes_another_card(place, bit):
    file = bytearray(CARD)
    file[place % len(file)] ^= 1 << bit
    with suppress(NotACard, MadeByNewerProgram):
        assert read_card(bytes(file)) == read_card(CARD), "white space between the members may change"


CARD = a_card(Identity(b"i" * 32, str(Identity.create().opening_key)))
