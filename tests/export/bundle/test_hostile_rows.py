"""Rows that a trusted sender has signed and that no journal of ours may hold: each would pass but for one thing."""

import json
from contextlib import nullcontext
from dataclasses import replace

import pytest

from tac_desktop.casework.journal import Entry, b64
from tac_desktop.errors import BundleMalformed, NewerEntries, SenderNotAllowed
from tac_desktop.export.bundle.rows import compressed, encode_row
from tests.export.bundle.forging import CASE, S, a_row, attempt

CONTROLS = {
    "a row": a_row(),
    "an unknown form": a_row(form="kinship_meeting", form_version=9),
    "an unknown field": a_row(fields=["smell"]),
    "the largest number": a_row(payload=b"[9007199254740992]"),
    "every kind of answer": a_row(
        fields=["a", "b", "c", "d", "e", "f/g", "h"],
        payload=b'[null,true,-3,"\\u00e9 \xc3\xa9",{"not_known":""},{"declined":true},{"blob":"' + b"a" * 64 + b'"}]',
    ),
    "a deletion taken back": a_row(fields=["_del"], payload=b"[null]"),
    "a deletion": a_row(fields=["_del"], payload=b'[{"reason":"twice","seen":["' + b"A" * 43 + b'"]}]'),
    "a thousand fields": a_row(fields=[f"f{n}" for n in range(1000)], payload=b"[" + b"1," * 999 + b"1]"),
    "an element with any letters": a_row(fields=["orders_known/\u5973 \u00e9 /x"]),
}


@pytest.mark.parametrize("plain", CONTROLS.values(), ids=CONTROLS)
def test_an_honest_row_passes(forge, anna, bea, plain):
    attempt(forge.rows(plain), bea, anna)


HOSTILE_ROWS = {
    "five columns": b"a\tb\tc\n",
    "no line end": a_row()[:-1],
    "empty": b"\n",
    "wrong commitment": a_row(bound="A" * 43),
    "gap": a_row(seq="5", sseq="5"),
    "negative": a_row(sseq="-1"),
    "zero": a_row(sseq="0"),
    "huge": a_row(seq="9" * 30),
    "leading zero": a_row(seq="01"),
    "arabic digit": a_row(seq="\u0661"),
    "no number": a_row(seq="x"),
    "deep sem": a_row(sem=b"[" * 50_000),
    "deep payload": a_row(payload=b"[" * 100_000),
    "object": a_row(payload=b'{"a":1}'),
    "too few values": a_row(payload=b"[]"),
    "too many": a_row(payload=b"[1,2]"),
    "sem of numbers": a_row(sem=b"[1,2,3]"),
    "null sem": a_row(sem=b"null"),
    "no utf-8": b"\xff\xfe\n",
    "bad utf-8 payload": a_row(payload=b'["\xff"]'),
    "replaced list": a_row(replaced=[]),
    "replaced by nothing": a_row(fields=["a"], replaced={"A" * 43: ["narrative"]}),
    "replaced no id": a_row(replaced={"!": ["narrative"]}),
    "replaced non-canonical": a_row(replaced={"A" * 42: ["narrative"]}),
    "clock too large": a_row(hlc=1 << 80),
    "clock text": a_row(hlc="x"),
    "NaN": a_row(payload=b"[NaN]"),
    "fraction": a_row(payload=b"[1.5]"),
    "lone surrogate": a_row(payload=b'["\\ud800"]'),
    "field no text": a_row(fields=[[]]),
    "field sql": a_row(fields=["a;drop"]),
    "field twice": a_row(fields=["a", "a"], payload=b"[1,2]"),
    "record object": a_row(record={}),
    "big number": a_row(payload=b"[" + b"9" * 4000 + b"]"),
    "just too big": a_row(payload=b"[9007199254740993]"),
    "stream": a_row(stream=""),
    "salt": a_row(salt=b"short"),
    "a deletion of one answer": a_row(payload=b'[{"reason":"twice","seen":[]}]'),
    "half a deletion": a_row(fields=["_del"], payload=b'[{"reason":"twice"}]'),
    "a deletion that is an answer": a_row(fields=["_del"], payload=b'[{"reason":"","seen":[],"declined":true}]'),
    "a deletion that is not known": a_row(fields=["_del"], payload=b'[{"not_known":"x"}]'),
    "a deletion that is a text": a_row(fields=["a", "_del"], payload=b'["x","gone"]'),
    "a deletion that is true": a_row(fields=["_del"], payload=b"[true]"),
    "a deletion that saw no entry": a_row(fields=["_del"], payload=b'[{"reason":"","seen":["x"]}]'),
    "odd answer": a_row(payload=b'[{"other":1}]'),
    "two answers": a_row(payload=b'[{"declined":true,"not_known":""}]'),
    "no answer": a_row(payload=b"[{}]"),
    "not declined": a_row(payload=b'[{"declined":false}]'),
    "no blob": a_row(payload=b'[{"blob":"x"}]'),
    "list": a_row(payload=b"[[]]"),
    "large payload": a_row(payload=b'["' + b"x" * (5 << 20) + b'"]'),
    "large sem": a_row(fields=[f"f{n}/" + "x" * 190 for n in range(400)], payload=b"[" + b"1," * 399 + b"1]"),
    "another stream": a_row(stream=S),
    "sem not in utf-8": a_row(sem=json.dumps([1, "contact"]).encode()[:-1] + b',"\xff"]'),
    "carriage return": a_row()[:-1] + b"\r\n",
    "sixth column": a_row()[:-1] + b"\t\n",
    "salt with a loose end": a_row().replace(b64(b"s" * 16).encode(), b64(b"s" * 16).encode()[:-1] + b"x"),
    "salt padded": a_row().replace(b64(b"s" * 16).encode(), b64(b"s" * 16).encode() + b"=="),
    "seq zero": a_row(seq="0"),
    "beyond 2^53": a_row(seq=f"{2**53 + 1}"),
    "version 0": a_row(version=0),
    "version true": a_row(version=True),
    "version text": a_row(version="1"),
    "form with capitals": a_row(form="Contact"),
    "form with sql": a_row(form="x; DROP TABLE journal"),
    "form too long": a_row(form="f" * 65),
    "operation that is no word": a_row(op="drop table"),
    "operation no text": a_row(op=["set"]),
    "no fields": a_row(fields=[], payload=b"[]"),
    "1001 fields": a_row(fields=[f"f{n}" for n in range(1001)], payload=b"[" + b"1," * 1000 + b"1]"),
    "field with a line end": a_row(fields=["a/b\n"]),
    "field with a tab": a_row(fields=["a/\t"]),
    "field with nothing after the stroke": a_row(fields=["a/"]),
    "replaced no fields": a_row(replaced={"A" * 43: []}),
    "replaced too many": a_row(replaced={f"{n:043d}": ["a"] for n in range(1001)}),
    "author list": a_row(author=["p"]),
    "author too long": a_row(author="p" * 101),
    "form with a stroke before it": a_row(form="_contact"),
    "clock negative": a_row(hlc=-1),
    "clock fraction": a_row(hlc=1.5),
    "form version 0": a_row(form_version=0),
    "form version huge": a_row(form_version=10**9),
    "known on no day": a_row(known_on="yesterday"),
    "known on with a line end": a_row(known_on="2026-11-21\n"),
    "sem too long": a_row(sem=json.dumps([1, *[None] * 12]).encode()),
    "stream with capitals": a_row(stream=CASE.upper()),
    "payload twice": a_row(payload=b'["x"]["x"]'),
    "declined twice": a_row(payload=b'[{"declined":true,"declined":false}]'),
    "unknown kind of answer": a_row(payload=b'[{"blob":"' + b"a" * 64 + b'","size":1}]'),
    "blob in capitals": a_row(payload=b'[{"blob":"' + b"A" * 64 + b'"}]'),
    "reason no text": a_row(payload=b'[{"not_known":null}]'),
    "nothing but a salt": a_row(payload=b""),
}


@pytest.mark.parametrize("plain", HOSTILE_ROWS.values(), ids=HOSTILE_ROWS)
def test_a_hostile_row_is_refused_although_it_is_signed(forge, anna, bea, plain):
    with pytest.raises(BundleMalformed) as refused:
        attempt(forge.rows(plain), bea, anna)
    assert str(refused.value) == BundleMalformed.text


def test_rows_repeated_exchanged_or_of_another_incarnation_are_refused(forge, anna, bea):
    first, second = map(encode_row, forge.history.entries[:2])
    for plain in (first + first, second, first + second, b""):
        with pytest.raises(BundleMalformed):
            attempt(forge.rows(plain), bea, anna)
    with pytest.raises(BundleMalformed):
        attempt(forge.rows(first, incarnation="A" * 22), bea, anna)


def test_a_history_cannot_have_more_entries_than_its_device(forge, anna, bea):
    entries = forge.history.entries[:2]
    for seq, passes in ((2, True), (17, True), (1, False)):
        plain = encode_row(entries[0]) + encode_row(replace(entries[1], seq=seq))
        more = {"incarnation": b64(entries[0].incarnation), "usize": len(plain)}
        bundle = forge.build({"heads": [forge.head(2)]}, [("changes/000000.tsv.zstd", compressed(plain), more)])
        with nullcontext() if passes else pytest.raises(BundleMalformed):
            attempt(bundle, bea, anna)


def test_an_erased_row_passes_and_half_an_erased_one_does_not(forge, anna, bea):
    first = forge.history.entries[0]
    attempt(forge.rows(encode_row(Entry(first.incarnation, 1, 1, first.sem, b"", b""))), bea, anna)
    for salt, payload in ((first.salt, b""), (b"", first.payload)):
        with pytest.raises(BundleMalformed):
            attempt(forge.rows(encode_row(Entry(first.incarnation, 1, 1, first.sem, salt, payload))), bea, anna)


def test_an_operation_of_a_later_version_asks_for_the_update(forge, anna, bea):
    with pytest.raises(NewerEntries, match="Update"):
        attempt(forge.rows(a_row(op="forward")), bea, anna)


@pytest.mark.parametrize("sem", [b'[2,"x"]', b'[17,{"a":[]},null]', b"[999999]"])
def test_a_row_in_a_layout_of_a_later_version_asks_for_the_update(forge, anna, bea, sem):
    with pytest.raises(NewerEntries, match="Update"):
        attempt(forge.rows(a_row(sem=sem)), bea, anna)


def test_an_administrator_s_vault_that_turns_worker_signs_nothing_of_a_manager(forge, anna, bea):
    attempt(forge.rows(a_row(op="grant")), bea, anna)
    attempt(forge.rows(a_row(op="seal")), bea, anna)
    with pytest.raises(SenderNotAllowed, match="Nothing was changed"):
        attempt(forge.rows(a_row(op="redact")), bea, anna)
