"""Of several decisions about contact the strictest holds, none outlives its last day, and silence is no decision."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.contact_channels import CHANNELS, GROUPS, STRICTNESS, level_says
from tac_desktop.casework.permitted_contact import NOTHING_SAID, WEIGHT, Permission, permission_on
from tac_desktop.casework.record import Record

_LEVELS = [code.code for code in code_list("contact_permission_level").codes]
_SOURCES = [code.code for code in code_list("contact_permission_source").codes]
_DAY = date(2026, 6, 1)
_DAYS = st.one_of(st.just(""), st.integers(-60, 60).map(lambda n: (_DAY + timedelta(n)).isoformat()))


def decision(number: int = 1, **answers: Answer) -> Record:
    """Return a decision about Mauve from a court, unless other answers are given."""
    given: dict[str, Answer] = {"children": ("mauve",), "level": "allowed", "source": "court_order"}
    kept = {name: answer for name, answer in (given | answers).items() if answer != ""}
    return Record(
        id=f"decision-{number}", form="contact_permission", version=1, case_file="c", stream="c", answers=kept
    )


def _numbered(found: list[dict[str, Answer]]) -> list[Record]:
    return [decision(number, **answers) for number, answers in enumerate(found)]


_DECISIONS = st.lists(
    st.fixed_dictionaries({
        "children": st.sampled_from([("mauve",), ("teal",), ("mauve", "teal")]),
        "level": st.sampled_from(_LEVELS),
        "channels": st.one_of(st.just(()), st.sets(st.sampled_from(CHANNELS), min_size=1, max_size=4).map(tuple)),
        "source": st.sampled_from(_SOURCES),
        "since": _DAYS,
        "until": _DAYS,
        "status": st.sampled_from(["", "decided", "asked", "appealed"]),
    }),
    max_size=6,
).map(_numbered)  # fmt: skip


def _on(decisions: list[Record], channel: str = "phone", day: str = _DAY.isoformat()) -> Permission:
    return permission_on(decisions, "mauve", channel, day)


@given(_DECISIONS, st.sampled_from(CHANNELS))
def test_one_more_decision_never_loosens_what_holds_and_their_order_does_not_matter(
    decisions: list[Record], channel: str
) -> None:
    for fewer, more in pairwise([decisions[:n] for n in range(len(decisions) + 1)]):
        assert STRICTNESS[_on(more, channel).standing] >= STRICTNESS[_on(fewer, channel).standing]
    assert _on(decisions[::-1], channel).standing == _on(decisions, channel).standing
    assert _on(decisions[::-1], channel).source == _on(decisions, channel).source


@given(_DECISIONS, st.sampled_from(CHANNELS))
def test_the_decision_that_is_named_holds_that_day_says_so_and_is_the_weightiest_that_does(
    decisions: list[Record], channel: str
) -> None:
    found, day = _on(decisions, channel), _DAY.isoformat()
    if found == NOTHING_SAID:
        return
    named = next(one for one in decisions if one.id == found.record_id)
    assert named.text("since") <= day <= (named.text("until") or "9999")
    assert named.text("status") != "asked"
    assert level_says(named.text("level"), channel) == found.standing
    for other in decisions:
        alone = _on([other], channel)
        if alone.standing == found.standing:
            assert WEIGHT[alone.source] <= WEIGHT[found.source]


@given(_DECISIONS, st.sampled_from(CHANNELS))
def test_what_has_expired_has_not_begun_or_was_only_asked_for_changes_nothing(
    decisions: list[Record], channel: str
) -> None:
    day = _DAY.isoformat()
    living = [
        one for one in decisions
        if one.text("status") != "asked" and one.text("since") <= day and (one.text("until") or "9999") >= day
    ]  # fmt: skip
    assert _on(living, channel) == _on(decisions, channel)
    assert _on([one for one in decisions if one not in living], channel) == NOTHING_SAID


def test_every_kind_of_contact_has_a_place_and_every_level_and_source_is_reckoned_with() -> None:
    kinds = {code.code for code in code_list("child_contact_type").codes}
    assert kinds - {"none"} == set(CHANNELS)
    assert len(CHANNELS) == len(set(CHANNELS))
    assert all(level_says(level, "phone") != "not_said" for level in _LEVELS)
    assert set(_SOURCES) == set(WEIGHT)


def test_where_nothing_was_said_contact_is_neither_allowed_nor_forbidden() -> None:
    assert _on([]).words() == "Nothing said"
    assert _on([decision(channels=("letterbox",))]).words() == "Nothing said"
    assert not _on([]).forbids


def test_an_agreement_does_not_lift_what_public_protection_or_a_court_forbids() -> None:
    forbidden = decision(1, source="public_protection", level="written_only")
    agreed = decision(2, source="family_agreement", level="allowed")
    assert _on([forbidden, agreed]).words() == "Not allowed (Public protection)"
    assert _on([forbidden, agreed], "letters_cards").words() == "Allowed (Public protection)"


def test_a_carer_who_says_no_against_a_court_order_is_told_beside_it() -> None:
    found = _on([decision(1), decision(2, source="carer_decision", level="not_allowed")])
    assert (found.source, found.against) == ("carer_decision", "court_order")
    assert found.forbids


def test_conditions_of_every_decision_that_holds_are_told_the_named_ones_first() -> None:
    found = _on(
        [
            decision(1, level="supervised"),
            decision(2, source="la_decision", level="conditional", conditions="Not on a school day"),
        ]
    )
    assert found.standing == "conditional"
    assert found.conditions == "Supervised only\nNot on a school day"


def test_conditions_of_what_another_decision_forbids_are_not_told() -> None:
    held = decision(1, level="supervised", source="la_decision", conditions="Her aunt is there")
    assert _on([held, decision(2, level="not_allowed", conditions="Until the trial is over")]).conditions == (
        "Until the trial is over"
    )


def test_levels_allow_what_they_name_and_forbid_the_rest_and_siblings_only_where_named() -> None:
    both = decision(level="written_and_phone")
    kinds = ("phone", "letterbox", "video", "social_visit", "sibling")
    found = [_on([both], channel).standing for channel in kinds]
    assert found == ["allowed", "allowed", "not_allowed", "not_allowed", "not_said"]
    assert all(_on([decision(level="not_allowed")], one).forbids for one in GROUPS["Visits"])
    assert _on([decision(channels=("sibling",))], "sibling").standing == "allowed"


def test_a_decision_holds_on_its_first_and_on_its_last_day() -> None:
    short = decision(since="2026-06-01", until="2026-06-30")
    days = ("2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01")
    assert [_on([short], day=day).standing for day in days] == ["not_said", "allowed", "allowed", "not_said"]


def test_public_protection_that_forbids_what_a_court_allows_is_told_alone() -> None:
    found = _on([decision(1), decision(2, source="public_protection", level="not_allowed")])
    assert (found.source, found.against) == ("public_protection", "")
