"""Her way with the service as one story: referred, taken on, released, recalled, opened again, from three forms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework.codelists import label
from tac_desktop.casework.custody_history import event_in_words
from tac_desktop.casework.days import days_between
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import begun_small, counted, one_line

_FORMS: Final = ("custody", "referral", "episode")
"""In which order things of one day are told: she comes to prison, is referred, is taken on."""


@dataclass(frozen=True)
class Stage:
    """One thing that happened on her way. The day is an ISO date, '' for what held at her referral."""

    day: str
    what: str
    details: str
    form: str
    record_id: str


def her_way(records: RecordsByForm) -> list[Stage]:
    """Return what happened between her and the service, the earliest first; what has no day comes first."""
    told = (_referral, _custody, _episode)
    forms = ("referral", "custody", "episode")
    found = [
        stage for form, tell in zip(forms, told, strict=True) for one in records.get(form, ()) for stage in tell(one)
    ]
    return sorted(found, key=lambda stage: (stage.day, _FORMS.index(stage.form), stage.record_id, stage.what))


def _custody(custody: Record) -> Iterator[Stage]:
    event, prison = custody.text("event"), custody.text("prison")
    status = label("legal_status", custody.text("legal_status")) if custody.text("legal_status") else ""
    if not custody.text("from_date"):
        what = f"At referral: {begun_small(status)}" if status else "Custody at referral"
    else:
        what = event_in_words(event) or status or "Custody"
    until, release = custody.text("until"), custody.text("expected_release")
    parts = (
        label("prison", prison) if prison else "",
        begun_small(status) if event and status and status != what else "",
        f"until {day_in_words(until)}" if until else "",
        f"release expected on {day_in_words(release)}" if release else "",
    )
    yield Stage(custody.text("from_date"), what, _joined(parts), "custody", custody.id)


def _referral(referral: Record) -> Iterator[Stage]:
    source = referral.text("source")
    again = referral.text("referral_type") == "re_referral"
    by = _joined((label("referral_source", source) if source else "", referral.text("referred_by")))
    yield Stage(referral.text("date"), "Referred again" if again else "Referred", by, "referral", referral.id)
    pathway = referral.text("pathway")
    if pathway and referral.text("decided_on"):
        who = referral.text("decided_by")
        parts = (f"by {who}" if who else "", one_line(referral.text("decision_reason"), 90))
        yield Stage(
            referral.text("decided_on"),
            f"Decided: {label('pathway', pathway)}",
            _joined(parts),
            "referral",
            referral.id,
        )


def _episode(episode: Record) -> Iterator[Stage]:
    because = episode.text("opened_because")
    first = because in ("", "initial")
    why = "" if first else label("opening_reason", because)
    note = one_line(episode.text("note"), 90)
    closed = episode.text("closed")
    yield Stage(
        episode.text("opened"), "Case opened" if first else "Case opened again", _joined((why, "" if closed else note)),
        "episode", episode.id,
    )  # fmt: skip
    if closed:
        why = label("closure_reason", episode.text("closed_because")) if episode.text("closed_because") else ""
        yield Stage(closed, "Case closed", _joined((why, note)), "episode", episode.id)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def note_for_prison(referral: Record | None) -> str:
    """Return what may stand in the prison's own record of a decided referral: that, when and where to; nothing else.

    '' where nothing was decided yet (needs C14).
    """
    if referral is None or not referral.text("pathway"):
        return ""
    decided, told = referral.text("decided_on"), referral.text("referrer_told_on")
    parts = (
        f"Pact: referral of {day_in_words(referral.text('date'))}.",
        f"Outcome{f' on {day_in_words(decided)}' if decided else ''}: {label('pathway', referral.text('pathway'))}.",
        f"Referrer told on {day_in_words(told)}." if told else "",
    )
    return " ".join(part for part in parts if part)


def days_of_work(episodes: Sequence[Record], today: str) -> int:
    """Return for how many days the service was at work with her: all her episodes, an open one until today."""
    begun = (one for one in episodes if one.text("opened"))
    return sum(max(0, days_between(one.text("opened"), one.text("closed") or today)) for one in begun)


def length_in_words(episodes: Sequence[Record], today: str) -> str:
    """Return how long the service was at work with her, in words; '' where it was not."""
    begun = [one for one in episodes if one.text("opened")]
    if not begun:
        return ""
    days = counted(days_of_work(begun, today), "day")
    return days if len(begun) == 1 else f"{days} in {counted(len(begun), 'episode')}"


def predicted_in_words(baseline: Record | None) -> str:
    """Return how long the work was thought to take, as the baseline tracker says it; '' where it does not."""
    code = baseline.text("timescale") if baseline else ""
    if baseline is None or not code:
        return ""
    end = baseline.text("timescale_date")
    return f"{label('predicted_timescale', code)} ({day_in_words(end)})" if end else label("predicted_timescale", code)
