"""The file of a service: who signed it, which one follows which, and that nothing forged or broken gets through."""

import json
import subprocess
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.casework.journal import b64
from tac_desktop.casework.service import DEFAULT_MAY, Member, Place, Root, withdrawn
from tac_desktop.errors import (
    CardCodeMistyped,
    MadeByNewerProgram,
    NotAServiceFile,
    NotEnoughSignatures,
    OldRoster,
    OtherService,
    RosterTooLarge,
    ServiceCodeWrong,
    TacError,
    TwoRosters,
)
from tac_desktop.export import sshsig
from tac_desktop.export.allowed_signers import allowed_signers, principal
from tac_desktop.export.roster import ServiceFile, check_service_code, newer, read_service_file
from tac_desktop.export.roster_signing import found, with_root, with_roster
from tests.export.bounds import within_bounds

KEYS = [bytes([number]) * 32 for number in range(1, 8)]
ROSTER = b"r" * 32
MEMBER = Member(
    name="Amber Teapot", role="worker", sites=("EP",), signing_key=sshsig.public_key(b"d" * 32),
    recipient="age16lyav6peanl0uyvxn5k8qg65p04dpfhw7s3szxr3n5pp7d4h2ppqjjdlah", person="p1",
    seal_key=sshsig.public_key(b"s" * 32), may=DEFAULT_MAY["worker"], since="2026-01-01",
)  # fmt: skip


def a_root(keys: list[bytes] = KEYS[:3], roster: bytes = ROSTER) -> Root:
    return Root(
        service="Zed Service", version=1, before=None, made="2026-01-01",
        root_keys=tuple(map(sshsig.public_key, keys)), roster_keys=(sshsig.public_key(roster),),
        escrow=(MEMBER.recipient,),
    )  # fmt: skip


@pytest.fixture(scope="module")
def first() -> ServiceFile:
    return found(a_root(), KEYS[:2], [MEMBER], ROSTER)


@pytest.fixture(scope="module")
def second(first) -> ServiceFile:
    return with_roster(first, [MEMBER, replace(MEMBER, name="Teal Bucket", person="p2")], ROSTER, "2026-02-01")


def test_a_service_file_is_read_as_it_was_made(second):
    again = read_service_file(second.to_bytes())
    assert again == second
    assert (again.name, again.roster.version, again.roster.issued) == ("Zed Service", 2, "2026-02-01")
    assert [member.name for member in again.roster.members] == ["Amber Teapot", "Teal Bucket"]
    assert again.root.escrow == (MEMBER.recipient,)
    assert again.to_bytes() == second.to_bytes()


def test_a_withdrawn_member_comes_back_with_her_places(first):
    place = Place(b"n" * 16, "01930000-0000-7000-8000-000000000001", 12, b"c" * 32)
    gone = withdrawn(first.roster.members, MEMBER.device_id, "lost", [place], "2026-03-01")
    file = with_roster(first, [replace(gone[0], replaces=b"o" * 32)], ROSTER, "2026-03-01")
    (member,) = read_service_file(file.to_bytes()).roster.members
    assert (member.status, member.since, member.until, member.replaces) == ("lost", "2026-03-01", (place,), b"o" * 32)


def test_the_code_names_the_first_root_and_stays_the_same(first, second):
    check_service_code(second, first.code.lower().replace("-", " "))
    other = found(a_root(KEYS[3:6]), KEYS[3:5], [MEMBER], ROSTER)
    with pytest.raises(ServiceCodeWrong, match="Nothing was changed"):
        check_service_code(second, other.code)
    with pytest.raises(CardCodeMistyped):
        check_service_code(second, first.code[:-1])


# --- who must sign ---


@pytest.mark.parametrize(
    "signing", [KEYS[:1], KEYS[1:2] * 2, [KEYS[0], KEYS[5]]], ids=["one", "one twice", "a stranger"]
)
def test_a_first_root_needs_two_of_its_own_keys(signing):
    with pytest.raises(NotEnoughSignatures, match="Nothing was changed"):
        found(a_root(), signing, [MEMBER], ROSTER)


@pytest.mark.parametrize("signing", [KEYS[:2], KEYS[1:3], [KEYS[0], KEYS[2]], KEYS[:3]])
def test_any_two_of_the_three_may_decide(first, signing):
    renewed = with_root(first, replace(first.root, made="2026-04-01"), signing, first.roster.members, ROSTER)
    assert newer(first, read_service_file(renewed.to_bytes()))
    assert renewed.root.version == 2


@pytest.mark.parametrize(
    ("signing", "accepted"),
    [
        (KEYS[:2] + KEYS[3:5], True),
        (KEYS[:1] + KEYS[3:5], False),
        (KEYS[:2] + KEYS[3:4], False),
        (KEYS[:2], False),
        (KEYS[3:6], False),
        (KEYS[:3] + KEYS[3:6], True),
    ],
    ids=["2 and 2", "1 of the old", "1 of the new", "no new", "no old", "all"],
)
def test_new_root_keys_need_two_of_the_old_and_two_of_the_new(first, signing, accepted):
    root = a_root(KEYS[3:6])
    if accepted:
        assert newer(first, with_root(first, root, signing, first.roster.members, ROSTER))
    else:
        with pytest.raises(NotEnoughSignatures):
            with_root(first, root, signing, first.roster.members, ROSTER)


def test_nobody_but_the_roster_key_signs_a_roster(first):
    for seed in (KEYS[0], b"x" * 32):
        with pytest.raises(NotAServiceFile):
            with_roster(first, [MEMBER], seed, "2026-02-01")


def test_a_roster_by_the_key_of_an_older_root_counts_no_more(first):
    new = b"R" * 32
    root = replace(first.root, roster_keys=(sshsig.public_key(new),), made="2026-04-01")
    renewed = with_root(first, root, KEYS[:2], first.roster.members, new)
    with pytest.raises(NotAServiceFile):
        with_roster(renewed, [MEMBER], ROSTER, "2026-05-01")
    assert with_roster(renewed, [MEMBER], new, "2026-05-01").roster.version == 3


# --- which follows which ---


def test_a_later_roster_is_newer_and_the_same_one_is_not(first, second):
    third = with_roster(second, [MEMBER], ROSTER, "2026-03-01")
    assert newer(first, second)
    assert newer(first, third), "a version may be left out: its hash stands in the line"
    assert not newer(second, read_service_file(second.to_bytes()))


def test_an_older_roster_is_refused(first, second):
    with pytest.raises(OldRoster, match="Nothing was changed"):
        newer(second, first)


def test_two_rosters_under_one_number_are_an_alarm(first, second):
    other = with_roster(first, [MEMBER], ROSTER, "2026-02-02")
    with pytest.raises(TwoRosters, match="forgery"):
        newer(second, other)
    with pytest.raises(TwoRosters):
        newer(second, with_roster(other, [MEMBER], ROSTER, "2026-02-03"))
    with pytest.raises(TwoRosters):
        newer(with_roster(other, [MEMBER], ROSTER, "2026-02-03"), second)


def test_two_roots_under_one_number_are_an_alarm(first):
    one, other = (
        with_root(first, replace(first.root, made=made), KEYS[:2], first.roster.members, ROSTER)
        for made in ("2026-04-01", "2026-04-02")
    )
    with pytest.raises(TwoRosters):
        newer(one, other)


def test_two_roots_are_an_alarm_even_if_their_rosters_agree(first):
    one, other = (
        with_root(first, replace(first.root, made="2026-04-01", escrow=escrow), KEYS[:2], first.roster.members, ROSTER)
        for escrow in ((MEMBER.recipient,), ())
    )
    assert one.signed_roster == other.signed_roster
    with pytest.raises(TwoRosters):
        newer(one, other)


def test_another_service_is_told_as_such(first):
    with pytest.raises(OtherService, match="Nothing was changed"):
        newer(first, found(a_root(KEYS[3:6]), KEYS[3:5], [MEMBER], ROSTER))


def test_two_sheets_overrule_a_stolen_roster_key(first):
    forged = first
    for day in ("2026-02-01", "2026-02-02", "2026-02-03"):
        forged = with_roster(forged, [replace(MEMBER, name="Thief", person="p9")], ROSTER, day)
    new = b"R" * 32
    root = replace(first.root, roster_keys=(sshsig.public_key(new),), made="2026-02-04")
    renewed = with_root(first, root, KEYS[:2], [MEMBER], new)
    assert newer(forged, renewed)
    with pytest.raises(OldRoster):
        newer(renewed, forged)


def test_a_new_root_does_not_excuse_another_line_under_the_same_roster_key(first, second):
    renewed = with_root(first, replace(first.root, made="2026-04-01"), KEYS[:2], [MEMBER], ROSTER)
    with pytest.raises(TwoRosters):
        newer(second, renewed)


# --- hostile files ---


def signed(text: dict[str, Any], seeds: list[bytes], namespace: bytes) -> dict[str, Any]:
    raw = json.dumps(text).encode()
    armours = [sshsig.armoured(sshsig.public_key(s), sshsig.sign(s, raw, namespace), namespace).decode() for s in seeds]
    return {"text": raw.decode(), "signatures": armours}


def file_with(first: ServiceFile, root: Callable[[Any], Any], roster: Callable[[Any], Any]) -> bytes:
    """Return a file whose texts were changed and properly signed again."""
    texts = json.loads(first.signed_roots[0].text), json.loads(first.signed_roster.text)
    root(texts[0])
    signed_root = signed(texts[0], KEYS[:2], sshsig.ROOT)
    import hashlib

    texts[1]["service"] = b64(hashlib.sha256(signed_root["text"].encode()).digest())
    roster(texts[1])
    return json.dumps({"roots": [signed_root], "roster": signed(texts[1], [ROSTER], sshsig.ROSTER)}).encode()


def nothing(_text: object) -> None:
    pass


def test_the_way_in_which_hostile_files_are_made_makes_good_ones(first):
    assert read_service_file(file_with(first, nothing, nothing)).roster.members == (MEMBER,)


LOW_ORDER = b64(b"\1" + bytes(31))
BAD_ROOTS: dict[str, dict[str, Any]] = {
    "type": {"type": "tac-roster"},
    "version": {"version": 2},
    "before": {"before": "0" * 64},
    "a day that is none": {"made": "2026-02-30"},
    "a day in other digits": {"made": "٢٠٢٦-٠١-٠١"},
    "two keys": {"root_keys": [b64(sshsig.public_key(key)) for key in KEYS[:2]]},
    "one key twice": {"root_keys": [b64(sshsig.public_key(key)) for key in (*KEYS[:2], KEYS[0])]},
    "a key of low order": {"root_keys": [b64(sshsig.public_key(KEYS[0])), b64(sshsig.public_key(KEYS[1])), LOW_ORDER]},
    "threshold": {"threshold": 1},
    "no roster key": {"roster_keys": []},
    "a root key for the roster": {"roster_keys": [b64(sshsig.public_key(KEYS[0]))]},
    "escrow": {"escrow": ["age1" + "q" * 58]},
    "name": {"service": "two\nlines"},
    "no name": {"service": ""},
    "settings": {"settings": []},
}


@pytest.mark.parametrize("change", BAD_ROOTS.values(), ids=BAD_ROOTS)
def test_a_root_that_says_something_impossible_is_refused_although_it_is_signed(first, change):
    with pytest.raises((NotAServiceFile, NotEnoughSignatures)):
        read_service_file(file_with(first, lambda text: text.update(change), nothing))


BAD_ROSTERS: dict[str, dict[str, Any]] = {
    "type": {"type": "tac-root"},
    "another service": {"service": b64(b"x" * 32)},
    "version 0": {"version": 0},
    "a version without its past": {"version": 2},
    "a past too many": {"past": ["0" * 64]},
    "a day that is none": {"issued": "2026-13-01"},
    "no list": {"members": {}},
}


@pytest.mark.parametrize("change", BAD_ROSTERS.values(), ids=BAD_ROSTERS)
def test_a_roster_that_says_something_impossible_is_refused_although_it_is_signed(first, change):
    with pytest.raises(NotAServiceFile):
        read_service_file(file_with(first, nothing, lambda text: text.update(change)))


PLACE = [b64(b"n" * 16), "01930000-0000-7000-8000-000000000001", 12, b64(b"c" * 32)]
BAD_MEMBERS: dict[str, dict[str, Any]] = {
    "name": {"name": "two\nlines"},
    "role": {"role": "director"},
    "rights": {"may": ["everything"]},
    "status": {"status": "asleep"},
    "an active one with an end": {"until": []},
    "a withdrawn one without an end": {"status": "left"},
    "key": {"signing_key": LOW_ORDER},
    "seal key": {"seal_key": b64(b"\xff" * 32)},
    "recipient": {"recipient": "age1" + "q" * 58},
    "person": {"person": "two words"},
    "prisons": {"sites": ["two\nlines"]},
    "since": {"since": ""},
    "replaces": {"replaces": "A" * 42 + "B"},
    "a place twice": {"status": "left", "until": [PLACE, PLACE]},
    "a place at nothing": {"status": "left", "until": [[*PLACE[:2], 0, PLACE[3]]]},
    "a place of three": {"status": "left", "until": [PLACE[:3]]},
    "a place of no stream": {"status": "left", "until": [[PLACE[0], "../x", *PLACE[2:]]]},
}


@pytest.mark.parametrize("change", BAD_MEMBERS.values(), ids=BAD_MEMBERS)
def test_a_member_that_nobody_can_be_is_refused_although_the_roster_is_signed(first, change):
    with pytest.raises(NotAServiceFile):
        read_service_file(file_with(first, nothing, lambda text: text["members"][0].update(change)))


def test_the_same_person_at_the_same_vault_stands_once_in_a_roster(first):
    with pytest.raises(NotAServiceFile):
        read_service_file(file_with(first, nothing, lambda text: text["members"].append(text["members"][0])))


@pytest.mark.parametrize(
    ("one", "other", "passes"),
    [
        ({"status": "left", "until": [PLACE]}, {"status": "left", "until": [PLACE]}, True),
        ({"status": "left", "until": [PLACE]}, {}, True),
        ({"status": "left", "until": [PLACE]}, {"status": "lost", "until": [PLACE]}, False),
        ({"status": "left", "until": [PLACE]}, {"status": "left", "until": []}, False),
    ],
    ids=["the same", "one is active", "lost, too", "another end"],
)
def test_of_one_vault_where_nobody_is_active_one_end_is_told(first, one, other, passes):
    def change(text):
        member = text["members"][0]
        text["members"] = [{**member, **one}, {**member, "person": "01930000-0000-7000-8000-0000000000ff", **other}]

    with nullcontext() if passes else pytest.raises(NotAServiceFile):
        read_service_file(file_with(first, nothing, change))


def test_a_later_version_asks_for_an_update(first):
    with pytest.raises(MadeByNewerProgram):
        read_service_file(file_with(first, lambda text: text.update(v=2, threshold="all"), nothing))
    with pytest.raises(MadeByNewerProgram):
        read_service_file(file_with(first, nothing, lambda text: text.update(v=2, members=7)))


@pytest.mark.parametrize("where", ["root", "roster"])
def test_a_changed_text_or_signature_spoils_the_file(first, second, where):
    def twisted(twist: Callable[[Any], None]) -> bytes:
        file = json.loads(second.to_bytes())
        twist(file["roots"][0] if where == "root" else file["roster"])
        return json.dumps(file).encode()

    others = json.loads(first.to_bytes())["roster"]["signatures"]
    for twist in (
        lambda part: part.update(text=part["text"].replace("Zed", "Zet").replace("Amber", "Ember")),
        lambda part: part.update(text=part["text"] + " "),
        lambda part: part.update(signatures=[]),
        lambda part: part.update(signatures=others),
        lambda part: part["signatures"].append(part["signatures"][0]),
        lambda part: part["signatures"].append("no signature"),
        lambda part: part.update(more=1),
    ):
        with pytest.raises(NotAServiceFile, match="Nothing was changed"):
            read_service_file(twisted(twist))


@pytest.mark.parametrize(
    "file",
    [b"", b"{}", b"null", b"[" * 100_000, b'{"roots":' * 50_000, b"\xff", b'{"roots":[],"roster":{}}', b" " * (5 << 20),
     b'{"roots":[],"roots":[],"roster":{"text":"","signatures":[]}}', b'{"roots":NaN}', b"1" * 5000],
    ids=lambda file: repr(file[:20]),
)  # fmt: skip
def test_what_is_no_service_file_is_refused(file):
    with pytest.raises(NotAServiceFile):
        read_service_file(file)


@given(st.binary(max_size=500))
def test_from_the_reader_only_our_own_errors_escape(junk):
    with pytest.raises(NotAServiceFile):
        read_service_file(junk)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_any_json_in_the_place_of_a_text_is_refused(value):
    document = {"roots": [signed({"type": "tac-root", "v": 1, "x": value}, KEYS[:2], sshsig.ROOT)], "roster": value}
    with pytest.raises(NotAServiceFile):
        read_service_file(json.dumps(document).encode())


FILE = found(a_root(), KEYS[:2], [MEMBER], ROSTER).to_bytes()


@given(place=st.integers(0, len(FILE) - 1), bit=st.integers(0, 7))
@settings(max_examples=300)
def test_a_flipped_bit_never_makes_another_service_file(place, bit):
    file = bytearray(FILE)
    file[place] ^= 1 << bit
    with suppress(TacError):
        assert read_service_file(bytes(file)) == read_service_file(FILE)


def test_a_file_of_strangers_is_told_by_its_first_root_alone(first):
    with pytest.raises(OtherService):
        read_service_file(first.to_bytes(), of=b"x" * 32)
    assert read_service_file(first.to_bytes(), of=first.id) == first


HEAVY: dict[str, Callable[[ServiceFile], object]] = {
    "millions of empty lists": lambda _: b'{"roots":[' + b"[]," * 1_390_000 + b"[]]}",
    "members of strangers": lambda first: {
        "roots": [{"text": first.signed_roots[0].text, "signatures": list(first.signed_roots[0].signatures)}],
        "roster": signed({"type": "tac-roster", "v": 1, "x": [{}] * 1_000_000}, [KEYS[6]], sshsig.ROSTER),
    },
    "a root without an end": lambda _: {
        "roots": [signed({"type": "tac-root", "v": 1, "x": "x" * 4_000_000}, KEYS[:2], sshsig.ROOT)],
        "roster": {"text": "", "signatures": ["x"]},
    },
    "roots without number": lambda first: {
        "roots": [{"text": first.signed_roots[0].text, "signatures": list(first.signed_roots[0].signatures)}] * 100,
        "roster": {"text": "", "signatures": ["x"]},
    },
}


@pytest.mark.parametrize("make", HEAVY.values(), ids=HEAVY)
def test_what_strangers_send_costs_little(first, make):
    made = make(first)
    file = made if isinstance(made, bytes) else json.dumps(made).encode()
    assert not within_bounds(read_service_file, file)


# --- for other tools ---


@pytest.mark.tool("ssh-keygen")
def test_ssh_keygen_checks_root_and_roster_and_knows_the_members(second, tmp_path):
    (tmp_path / "allowed").write_bytes(allowed_signers(second))

    def verified(who: str, namespace: str, text: str, armour: str) -> bool:
        (tmp_path / "sig").write_text(armour)
        words = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", who, "-n", namespace, "-s", "sig"]
        return (
            subprocess.run(words, input=text.encode(), cwd=tmp_path, capture_output=True, check=False).returncode == 0
        )

    root, roster = second.signed_roots[0], second.signed_roster
    assert verified("root-1", "tac-root-v1", root.text, root.signatures[0])
    assert verified("root-2", "tac-root-v1", root.text, root.signatures[1])
    assert not verified("root-3", "tac-root-v1", root.text, root.signatures[0])
    assert verified("roster", "tac-roster-v1", roster.text, roster.signatures[0])
    assert not verified("roster", "tac-root-v1", roster.text, roster.signatures[0])
    seal = sshsig.armoured(MEMBER.seal_key, sshsig.sign(b"s" * 32, b"x", b"tac-seal-v1"), b"tac-seal-v1").decode()
    assert verified("Teal_Bucket", "tac-seal-v1", "x", seal)
    bundle = sshsig.armoured(MEMBER.signing_key, sshsig.sign(b"d" * 32, b"x", sshsig.BUNDLE), sshsig.BUNDLE).decode()
    assert verified("Amber_Teapot", "tac-bundle-v1", "x", bundle)


def test_a_roster_that_no_reader_would_take_is_not_made(first):
    places = [Place(bytes([n // 256, n % 256]) * 8, f"{n:036x}", 1, b"c" * 32) for n in range(40_000)]
    with pytest.raises(RosterTooLarge, match="Nothing was changed"):
        with_roster(first, withdrawn([MEMBER], MEMBER.device_id, "left", places, "2026-03-01"), ROSTER, "2026-03-01")


def test_lost_keys_are_no_allowed_signers(first):
    assert b"Amber_Teapot" in allowed_signers(first)
    for status, there in (("left", True), ("lost", False), ("compromised", False)):
        gone = withdrawn(first.roster.members, MEMBER.device_id, status, [], "2026-03-01")
        assert (b"Amber_Teapot" in allowed_signers(with_roster(first, gone, ROSTER, "2026-03-01"))) == there


def test_a_name_cannot_smuggle_in_another_line():
    assert principal('Zed" namespaces="x,*\n# Bé') == "Zed__namespaces__x_____B\xe9"
