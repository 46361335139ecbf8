"""Which records belong together, whoever said so and in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.journal import JsonValue
from tac_desktop.casework.live import Live
from tac_desktop.casework.sameness import groups, partners, representative

IDS = st.sampled_from("abcdef")


def live(value: JsonValue, hlc: int = 1) -> Live:
    return Live(hlc, b"", "cid", hlc, "2026-01-01", 1, value)


def test_a_partner_is_one_of_whom_it_is_said_last():
    fields = {
        "_same/a": [live(True)], "_same/b": [live(True), live(False, 2)], "_same/c": [live(True, 3), live(False, 2)],
        "name": [live("Fern Sparrow")],
    }  # fmt: skip
    assert partners(fields) == {"a", "c"}


def test_who_is_the_same_as_the_same_belongs_together():
    assert sorted(map(sorted, groups({"a": {"b"}, "c": {"b"}, "d": set(), "e": {"e"}}))) == [
        ["a", "b", "c"], ["d"], ["e"],
    ]  # fmt: skip


@given(st.lists(st.tuples(IDS, IDS)), st.randoms(use_true_random=False))
def test_neither_direction_nor_order_matters(pairs, chance):
    def told(some):
        edges = {}
        for one, other in some:
            edges.setdefault(one, set()).add(other)
        return {frozenset(group) for group in groups(edges)}

    shuffled = [pair[:: chance.choice((1, -1))] for pair in pairs]
    chance.shuffle(shuffled)
    assert told(pairs) == told(shuffled)


def test_a_mother_is_shown_under_her_own_id_others_under_the_smallest():
    assert representative({"b", "a", "c"}, "c") == "c"
    assert representative({"b", "a", "c"}, "stream") == "a"
