"""Records that turned out to be one: which belong together, and under which id they are shown (BUNDLES 2.6).

A person says that two records are the same: that is an answer of one of them, to the field `_same/` with the other's
id, and it is taken back like any answer. Nothing is rewritten, so it holds in whatever order it arrives.
"""

from collections.abc import Collection, Mapping

from tac_desktop.casework.live import LiveFields, rank

SAME = "_same/"
"""The journal field that says that two records are one, followed by the other's id: true, or false if not any more."""


def partners(fields: LiveFields) -> set[str]:
    """Return the ids of the records that a record, by its live values, is said to be the same as."""
    return {
        name.removeprefix(SAME)
        for name, live in fields.items()
        if name.startswith(SAME) and live and max(live, key=rank).value is True
    }


def groups(edges: Mapping[str, Collection[str]]) -> list[set[str]]:
    """Return which ids belong together, directly or over others; edges hold in both directions."""
    near: dict[str, set[str]] = {}
    for one, others in edges.items():
        near.setdefault(one, set()).update(others)
        for other in others:
            near.setdefault(other, set()).add(one)
    found: list[set[str]] = []
    while near:
        group, waiting = set[str](), {next(iter(near))}
        while waiting:
            one = waiting.pop()
            group.add(one)
            waiting |= near.pop(one) - group
        found.append(group)
    return found


def representative(ids: Collection[str], stream: str) -> str:
    """Return the id under which records that are one are shown: the mother's own, else the smallest."""
    return stream if stream in ids else min(ids)
