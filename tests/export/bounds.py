"""Bytes of strangers for parsers, and the bounds that these must keep: our own errors, 50 ms, 64 MB."""

import json
import time
import tracemalloc

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tac_desktop.errors import TacError
from tac_desktop.export import sshsig

MILLISECONDS, BYTES = 50, 64 << 20
OURS = (TacError, sshsig.SignatureRefused)
many = settings(max_examples=300, deadline=None, suppress_health_check=[*HealthCheck])
few = settings(max_examples=100, deadline=None, suppress_health_check=[*HealthCheck])


def within_bounds(parser, *untrusted) -> bool:
    """Let a parser try; say whether it accepted. It was quick, needed little memory, and raised nothing but ours."""
    quickest = float("inf")
    for _ in range(3):  # another program may have held the processor
        accepted, took, peak = _tried(parser, *untrusted)
        quickest = min(quickest, took)
        assert peak < BYTES
        if quickest * 1000 < MILLISECONDS:
            return accepted
    message = f"{quickest * 1000:.0f} ms"
    raise AssertionError(message)


def _tried(parser, *untrusted) -> tuple[bool, float, int]:
    """Return whether a parser accepted, the seconds of the processor that it took, and the bytes it needed."""
    accepted, started = False, time.process_time()
    tracemalloc.start()
    try:
        parser(*untrusted)
        accepted = True
    except OURS:
        pass
    finally:
        took, peak = time.process_time() - started, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return accepted, took, peak


def cut_and_sewn(*words: bytes) -> st.SearchStrategy[bytes]:
    """Return bytes that are made of a format's own words and of anything between them."""
    return st.lists(st.one_of(st.sampled_from(words), st.binary(max_size=80)), max_size=40).map(b"".join)


def altered(sound: bytes) -> st.SearchStrategy[bytes]:
    """Return sound bytes with some of them deleted, repeated or exchanged for others."""
    place = st.integers(0, len(sound))

    def alter(cuts: list[tuple[int, int, bytes]]) -> bytes:
        out = sound
        for start, end, other in cuts:
            out = out[:start] + other + out[end:]
        return out

    return st.lists(st.tuples(place, place, st.binary(max_size=20)), min_size=1, max_size=4).map(alter)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=50)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=9), inner, max_size=5)),
    max_leaves=20,
)


def places_in(document, path=()):
    """Yield the paths of all values in a JSON document."""
    yield path
    if isinstance(document, dict | list):
        for key, value in document.items() if isinstance(document, dict) else enumerate(document):
            yield from places_in(value, (*path, key))


def exchanged(document: bytes) -> st.SearchStrategy[bytes]:
    """Return a JSON document with up to three of its values exchanged for any others."""
    paths = list(places_in(json.loads(document)))[1:]

    def exchange(several) -> bytes:
        found = json.loads(document)
        for path, value in several:
            inner = found
            for key in path[:-1]:
                inner = inner[key] if _has(inner, key) else None
            if _has(inner, path[-1]):
                inner[path[-1]] = value
        return json.dumps(found).encode()

    return st.lists(st.tuples(st.sampled_from(paths), JSON), min_size=1, max_size=3).map(exchange)


def _has(value: object, key: object) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)
