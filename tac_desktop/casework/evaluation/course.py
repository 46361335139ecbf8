"""The course of a case: opened, closed, opened again (counting rules, 2), and the report of its closing (5)."""

from collections.abc import Sequence
from typing import Final

from tac_desktop.casework.evaluation.arithmetic import quarter_begins
from tac_desktop.casework.evaluation.case import Case, Episode
from tac_desktop.casework.record import Record

RETURNED_TO_PRISON: Final = frozenset({"recall_licence_breach", "sentenced_after_bail", "rearrest_after_bail"})
SELF: Final = frozenset({"self", "wing_staff"})
"""A request that wing staff passed on is the mother's own."""


def ever_closed(case: Case) -> bool:
    """Say whether the first episode was closed."""
    return any(episode.closed for episode in case.episodes[:1])


def reopenings(case: Case) -> Sequence[Episode]:
    """Return the later episodes."""
    return case.episodes[1:]


def returns_to_prison(case: Case) -> int:
    """Return how often the case was opened again because she returned to prison."""
    return sum(episode.because in RETURNED_TO_PRISON for episode in reopenings(case))


def closed_again(case: Case) -> int:
    """Return how many of the later episodes were closed."""
    return sum(bool(episode.closed) for episode in reopenings(case))


def is_open(case: Case) -> bool:
    """Say whether the case is open on the day of the report."""
    return is_open_on(case, case.as_of)


def is_open_on(case: Case, day: str) -> bool:
    """Say whether the case was open on a day: its last episode had opened and was not closed by then.

    A counted case without an episode is open, because its first opening is the referral.
    """
    begun = [episode for episode in case.episodes if episode.opened <= day]
    return not begun[-1].closed or begun[-1].closed > day if begun else not case.episodes


def caseload_range(cases: Sequence[Case], as_of: str) -> tuple[int, int]:
    """Return the fewest and the most cases that were open at one time in the quarter of a day, up to that day."""
    begin = quarter_begins(as_of)
    turns = {day for case in cases for episode in case.episodes for day in (episode.opened, episode.closed)}
    days = {begin, as_of, *(day for day in turns if begin < day < as_of)}
    open_cases = [sum(is_open_on(case, day) for case in cases) for day in days]
    return min(open_cases), max(open_cases)


def self_referrals_back(case: Case) -> int:
    """Return how many of her re-referrals were her own."""
    return sum(
        referral.text("source") in SELF and _is_re_referral(referral, first=index == 0)
        for index, referral in enumerate(case.referrals)
    )


def _is_re_referral(referral: Record, *, first: bool) -> bool:
    kind = referral.text("referral_type")
    return kind == "re_referral" or (not kind and not first)


def first_source(case: Case) -> str:
    """Return the source of the first referral as the reports name it, '' where it is not known."""
    source = case.referrals[0].text("source") if case.referrals else ""
    return "self" if source in SELF else source


def analysed(case: Case) -> bool:
    """Say whether the case is closed and its latest closure report has been coded."""
    report = max(case.of("closure"), key=lambda r: (r.text("date"), r.id), default=None)
    return report is not None and _coded(report) and not is_open(case)


def themes(case: Case, field: str) -> tuple[str, ...]:
    """Return the codes of `field`, 'outcomes' or 'barriers', in all her coded closure reports; each code once."""
    found = {code for r in case.of("closure") if _coded(r) for code in _codes(r, field)}
    return tuple(sorted(found))


def _coded(report: Record) -> bool:
    return report.answers.get("report_analysed") is True


def _codes(report: Record, field: str) -> tuple[str, ...]:
    answer = report.answers.get(field)
    return answer if isinstance(answer, tuple) else ()
