"""Rows and columns of the tables: by prison, by answer, by quarter; further ones follow the published ones."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.codelists import code_list, label
from tac_desktop.casework.evaluation import arithmetic
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.table import Heading, Headings

Unit = TypeVar("Unit")

STATES: Final = {"not_known": "Not known", "declined": "Declined", "not_answered": "Not answered"}
"""What may stand in the place of a code; these rows come last."""

SHORT: Final = {"EP": "EP", "SEND": "Send"}
"""The prisons as the headings of some tables name them."""


def fixed(*headings: Heading[Unit]) -> Headings[Unit]:
    """Return headings that are the same for all evidence."""

    def the_same(evidence: Evidence, units: Sequence[Unit]) -> Sequence[Heading[Unit]]:
        del evidence, units
        return headings

    return the_same


def total(key: str = "total", text: str = "Total") -> Headings[Any]:
    """Return the heading under which every unit stands once."""
    return fixed(Heading(key, text, _once))


def _once(unit: object) -> int:
    del unit
    return 1


def joined(*groups: Headings[Unit]) -> Headings[Unit]:
    """Return the headings of several groups, one group after the other."""
    return lambda evidence, units: [heading for group in groups for heading in group(evidence, units)]


def crossed(outer: Headings[Unit], inner: Headings[Unit]) -> Headings[Unit]:
    """Return a heading for each pair: 'frontline_EP', 'Frontline roles: HMP Eastwood Park'."""
    return lambda evidence, units: [
        Heading(f"{a.key}_{b.key}", f"{a.label}: {b.label}", partial(_both, a, b))
        for a in outer(evidence, units)
        for b in inner(evidence, units)
    ]


def _both(first: Heading[Unit], second: Heading[Unit], unit: Unit) -> int:
    return first.count(unit) * second.count(unit)


def by_prison(
    prison: Callable[[Unit], str], order: Sequence[str] = ("EP", "SEND"), names: Mapping[str, str] | None = None
) -> Headings[Unit]:
    """Return a heading for each prison: those of `order` first, further ones after them.

    Args:
        prison: Reads a unit's prison.
        order: The published order.
        names: Labels where they are not those of the code list.
    """

    def headings(evidence: Evidence, units: Sequence[Unit]) -> Sequence[Heading[Unit]]:
        del units
        places = sorted(evidence.prisons, key=lambda each: order.index(each) if each in order else len(order))
        return [Heading(each, (names or {}).get(each) or label("prison", each), _is(prison, each)) for each in places]

    return headings


def by_prison_and_total(
    prison: Callable[[Unit], str],
    order: Sequence[str] = ("EP", "SEND"),
    names: Mapping[str, str] | None = None,
    text: str = "Total",
) -> Headings[Unit]:
    """Return a heading for each prison, then TOTAL, which counts all of them and is called `text`."""
    return joined(by_prison(prison, order, names), total("TOTAL", text))


def _is(read: Callable[[Unit], str], wanted: str) -> Callable[[Unit], int]:
    return lambda unit: int(read(unit) == wanted)


def by_answer(
    read: Callable[[Unit], Answer | None], published: Mapping[str, str], codes: str = "", wording: str = ""
) -> Headings[Unit]:
    """Return a heading for each published answer, then one for every other answer and state that someone gave.

    Args:
        read: Reads a unit's answer.
        published: Keys and labels of the published headings.
        codes: The code list that names the further ones.
        wording: The group of the code list ('report2_label') that names them where it has one.
    """

    def headings(evidence: Evidence, units: Sequence[Unit]) -> Sequence[Heading[Unit]]:
        del evidence
        given = {key for unit in units for key in keys(read(unit))} - set(published)
        labels = {**published} | {key: _label(codes, wording, key) for key in _in_order(given, codes)}
        return [Heading(key, text, _gives(read, key)) for key, text in labels.items()]

    return headings


def keys(answer: Answer | None) -> frozenset[str]:
    """Return the keys of the rows in which an answer stands."""
    match answer:
        case None | "":
            return frozenset({"not_answered"})
        case NotKnown():
            return frozenset({"not_known"})
        case Declined():
            return frozenset({"declined"})
        case bool():
            return frozenset({"yes" if answer else "no"})
        case tuple():
            return frozenset(answer)
        case _:
            return frozenset({str(answer)})


def _gives(read: Callable[[Unit], Answer | None], key: str) -> Callable[[Unit], int]:
    return lambda unit: int(key in keys(read(unit)))


def _in_order(given: set[str], codes: str) -> list[str]:
    listed = [code.code for code in code_list(codes).codes if code.code not in STATES] if codes else []
    order = [*listed, *STATES]
    return sorted(given, key=lambda key: (order.index(key) if key in order else len(order), key))


def _label(codes: str, wording: str, key: str) -> str:
    if key in STATES or not codes:
        return STATES.get(key, key)
    code = code_list(codes).get(key)
    return (code.groups.get(wording) or code.label) if code else key


def worded(codes: str, keys: Sequence[str], wording: str = "") -> dict[str, str]:
    """Return the labels of some codes of a list, in their order; `wording` names a group of the list that has them."""
    return {key: _label(codes, wording, key) for key in keys}


def by_quarter(read: Callable[[Unit], str], published: Mapping[str, str]) -> Headings[Unit]:
    """Return a heading for each published project quarter, then further quarters that occur, then 'not known'.

    Args:
        read: Reads a unit's ISO date, '' where it has none.
        published: Keys and labels of the published headings.
    """

    def key_of(unit: Unit) -> str:
        day = read(unit)
        return arithmetic.quarter(day) if day else "not_known"

    def headings(evidence: Evidence, units: Sequence[Unit]) -> Sequence[Heading[Unit]]:
        del evidence
        further = sorted({key_of(unit) for unit in units} - set(published), key=lambda key: (len(key) > 4, key))
        labels = {**published} | {key: STATES.get(key, f"{key[:2]} {key[2:]}") for key in further}
        return [Heading(key, text, _is(key_of, key)) for key, text in labels.items()]

    return headings
