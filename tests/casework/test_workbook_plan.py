"""Rows find their records whatever their order, and what was imported once is known for ever."""

from collections import Counter
from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.journal import from_journal
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.casework.sheets import Row, all_sheets
from tac_desktop.casework.workbook_matching import canonical
from tac_desktop.casework.workbook_plan import Recorded, changes, plan

TODAY = "2026-11-21"
SHEETS = {sheet.title: sheet for sheet in all_sheets()}
CASE = case_file_id("A-1")

MOTHER = Row(
    sheet=SHEETS["Mothers"], number=2, reference="A-1",
    answers={"mother": {"reference": "A-1", "name": "Teal Anchor", "prison": "EP"}},
)  # fmt: skip

Referral = dict[str, Answer]

referrals = st.lists(
    st.fixed_dictionaries(
        {"date": st.sampled_from(["2022-02-01", "2022-02-02", "2022-03-01", "2022-08-09"])},
        optional={"source": st.sampled_from(["self", "school", NotKnown(), Declined()]),
                  "referral_type": st.sampled_from(["initial", "re_referral"])},
    ),
    max_size=6,
)  # fmt: skip


def rows(several: Iterable[Referral]) -> dict[str, Sequence[Row]]:
    numbered = enumerate(several, start=2)
    sheet = SHEETS["Referrals"]
    return {
        "Mothers": [MOTHER],
        "Referrals": [Row(sheet=sheet, number=n, reference="A-1", answers={"referral": one}) for n, one in numbered],
    }


def taken_in(several: Iterable[Referral], before: Recorded) -> tuple[dict[str, list[Record]], int]:
    """Return the records after an import, and how many changes it wrote."""
    planned = plan(rows(several), before)
    assert planned.wrong == []
    after = {form: {record.id: record for record in records} for form, records in before.items()}
    written = 0
    for item in planned.items:
        change = changes(item, planned.first_days.get(item.case, ""), item.case, TODAY)
        if change:
            written += 1
            old = dict(item.before.answers) if item.before else {}
            answers = {**old, **from_journal({k: v for k, v in change.values.items() if v is not None})}
            after.setdefault(item.form, {})[item.record_id] = Record(
                id=item.record_id, form=item.form, version=1, case_file=CASE, stream=CASE, answers=answers
            )
    return {form: list(records.values()) for form, records in after.items()}, written


def content(records: Iterable[Record]) -> Counter[str]:
    return Counter(canonical(record.answers) for record in records)


@given(referrals)
def test_importing_again_changes_nothing(several: list[Referral]):
    once, _ = taken_in(several, {})
    assert content(once.get("referral", [])) == Counter(map(canonical, several))
    assert taken_in(several, once) == (once, 0)


@given(referrals, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_neither_records_nor_their_ids(several: list[Referral], chance):
    mixed = [*several]
    chance.shuffle(mixed)
    first, second = taken_in(several, {})[0], taken_in(mixed, {})[0]
    assert {r.id: r.answers for r in first.get("referral", [])} == {r.id: r.answers for r in second.get("referral", [])}


@given(referrals, referrals)
def test_a_later_state_is_held_completely_and_nothing_is_lost(first: list[Referral], later: list[Referral]):
    once, _ = taken_in(first, {})
    twice, _ = taken_in(later, once)
    kept = {record.id for record in once.get("referral", [])}
    assert kept <= {record.id for record in twice.get("referral", [])}
    assert len(twice.get("referral", [])) == max(len(first), len(later))
    dates = Counter(str(one["date"]) for one in later)
    assert dates <= Counter(record.text("date") for record in twice.get("referral", []))


@given(referrals, referrals)
def test_every_record_is_spoken_of_or_reported_as_gone(first: list[Referral], later: list[Referral]):
    once, _ = taken_in(first, {})
    planned = plan(rows(later), once)
    spoken_of = {item.record_id for item in planned.items}
    gone = {gone.record_id for gone in planned.gone}
    assert {record.id for records in once.values() for record in records} == (spoken_of | gone) - (spoken_of - {
        record.id for records in once.values() for record in records
    })  # fmt: skip
    assert not spoken_of & gone


def test_a_child_of_two_mothers_is_two_children():
    sheet = SHEETS["Children"]
    mothers = [MOTHER, Row(sheet=SHEETS["Mothers"], number=3, reference="A-2", answers={
        "mother": {"reference": "A-2", "name": "Plum Anchor", "prison": "EP"}})]  # fmt: skip
    children = [
        Row(
            sheet=sheet, number=n, reference=f"A-{n - 1}", answers={"child": {"child_reference": "C1"}, "placement": {}}
        )
        for n in (2, 3)
    ]
    planned = plan({"Mothers": mothers, "Children": children}, {})
    assert planned.wrong == []
    assert len({item.record_id for item in planned.items}) == 4
