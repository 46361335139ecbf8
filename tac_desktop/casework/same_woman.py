"""Two case files of one woman: under which of them both are read, and what counts where each says the same thing.

A person says of one case file that its woman is the woman of another one, the first. That is a record in the case file
of which it is said (form `same_woman`), and is taken back by a day in the same record. Nothing is moved or rewritten:
every entry stays in its own stream, so that it holds in whatever order it arrives and can be taken back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework import forms
from tac_desktop.casework.record import Record, derived_id
from tac_desktop.casework.sameness import groups

FORM: Final = "same_woman"
_ALL_COUNT: Final = frozenset({"case_restriction", "retention"})
"""Forms of which a case file has one record, and of which those of both count: the stricter holds."""


@dataclass(frozen=True, kw_only=True)
class Joined:
    """That a person said of a case file that it is of the same woman as the first one, and did not take it back."""

    record_id: str
    case_file: str
    """The one of which it was said, in whose stream it stands."""
    first: str
    """The one under which it is to be read."""
    reference: str
    """Of the first."""
    reason: str
    name: str
    """Who said it."""
    since: str
    """The ISO day."""


def record_id(case_file: str, first: str) -> str:
    """Return the id of the record that says of a case file that it is of the same woman as the first one.

    It is the same in every vault, so that two people who say the same say it once.
    """
    return derived_id(FORM, case_file, first)


def in_force(records: Iterable[Record]) -> list[Joined]:
    """Return what holds of what was said, by records of the form `same_woman`, whichever case files they are of."""
    return [
        Joined(
            record_id=one.id, case_file=one.stream, first=one.text("first"), reference=one.text("reference"),
            reason=one.text("reason"), name=one.text("name"), since=one.text("since"),
        )
        for one in records
        if one.text("since") and not one.text("until") and one.text("first") not in ("", one.stream)
    ]  # fmt: skip


def read_under(said: Iterable[tuple[str, str]], here: Collection[str]) -> dict[str, str]:
    """Return for each case file that is read under another one that other one; the rest are read under themselves.

    Case files belong together directly or over others, here or not. All are read under the one of which nobody said
    that it is to be read under another; where there are several of those, or none because people said both, under that
    of the smallest id. So every vault that knows the same reads the same, in whatever order it was said.

    Args:
        said: Pairs of a case file and the first one.
        here: The case files whose mother is known here.
    """
    edges: dict[str, set[str]] = {}
    for case_file, first in said:
        edges.setdefault(case_file, set()).add(first)
    found: dict[str, str] = {}
    for group in groups(edges):
        known = sorted(group.intersection(here))
        if known:
            first = next((one for one in known if one not in edges), known[0])
            found |= {one: first for one in known if one != first}
    return found


def what_counts(form: str, records: Sequence[Record], own_date: str = "") -> list[Record]:
    """Return the records of a form that count, those of a case file's own stream before those read under it.

    Of a form of which a case file has one record, that of the first counts, where it has none that of the next. The
    order by the form's own date stays.
    """
    declared = forms.ALL[form]
    if declared.keeping != "case":
        return list(records)
    found = sorted(records, key=lambda one: (one.text(own_date), one.stream != one.case_file))
    if declared.repeated or form in _ALL_COUNT:
        return found
    counted: dict[str, Record] = {}
    for one in sorted(found, key=lambda one: (one.stream != one.case_file, one.stream)):
        counted.setdefault(one.case_file, one)
    return [one for one in found if counted[one.case_file] is one]


def beside(form: str, records: Sequence[Record]) -> list[Record]:
    """Return the records of a form that do not count, beside which another one of the same case file does."""
    counted = {id(one) for one in what_counts(form, records)}
    return [one for one in records if id(one) not in counted]


def streams_of(case_file: str, joined: Mapping[str, str]) -> tuple[str, ...]:
    """Return the streams of a case file: its own, and those that are read under it.

    Args:
        case_file: Its id, or that of one that is read under it.
        joined: As `read_under` gave it.
    """
    first = joined.get(case_file, case_file)
    return (first, *sorted(one for one, under in joined.items() if under == first))
