"""A return is written from how the case stands on its day, and from what has changed since the one before."""

from tac_desktop.casework.record import Record
from tac_desktop.casework.tracker_state import as_text, changes_between, day_before, day_of, state_on

CASE = "case"


def record(form: str, key: str, /, **answers) -> Record:
    return Record(id=key, form=form, version=1, case_file=CASE, stream=CASE, answers=answers)


MAUVE, TEAL = (record("child", key, name=name, date_of_birth=born) for key, name, born in
               (("m", "Mauve Anchor", "2019-05-01"), ("t", "Teal Anchor", "2021-05-01")))  # fmt: skip
NAMES = {"m": "Mauve Anchor", "t": "Teal Anchor"}


def named(record_id: str) -> str:
    return NAMES.get(record_id, "")


def state(day: str, *records: Record) -> dict[str, tuple[str, ...]]:
    by_form: dict[str, list[Record]] = {}
    for one in records:
        by_form.setdefault(one.form, []).append(one)
    return {row.heading: row.lines for row in state_on(by_form, day, named)}


def test_each_child_stands_where_it_lived_on_the_day():
    homes = [
        record("placement", "a", child="m", arrangement="family_kinship", to_date="2026-02-28"),
        record("placement", "b", child="m", arrangement="foster_care", from_date="2026-03", carer="Grey Kettle"),
        record("placement", "c", child="m", arrangement="adopted", from_date="2026-07-01"),
    ]
    assert state("2026-02-01", MAUVE, TEAL, *homes)["Children and where they live"] == (
        "Mauve Anchor: With family or kinship carer", "Teal Anchor: not recorded",
    )  # fmt: skip
    assert state("2026-04-01", MAUVE, *homes)["Children and where they live"] == (
        "Mauve Anchor: Foster care, Grey Kettle, since March 2026",
    )


def test_orders_proceedings_and_custody_hold_on_the_day_or_not():
    orders = [
        record("order", "1", order_type="interim_care_order", made_on="2026-01-10", ended_on="2026-03-01"),
        record("order", "2", order_type="care_order", made_on="2026-03-01"),
    ]
    custody = [
        record("custody", "x", legal_status="remand"),
        record("custody", "y", legal_status="sentenced", from_date="2026-02-02"),
    ]  # fmt: skip
    hearing = record("hearing", "h", at="2026-05-02T10:00")
    before, after = (state(day, *orders, *custody, hearing) for day in ("2026-01-20", "2026-05-01"))
    assert before["Orders"] == ("Interim care order · 10 January 2026",)
    assert after["Orders"] == ("Care order · 1 March 2026",)
    assert state("2026-03-01", *orders)["Orders"] == ("Care order · 1 March 2026",), "the one ends the other that day"
    assert "2 February 2026" not in before["Custody"][0]
    assert "Sentenced" in after["Custody"][0]
    assert after["Court"] == ("Next hearing: 2 May 2026",)
    assert state("2026-05-02", hearing)["Court"] == ()


def test_contact_is_the_latest_level_of_each_child_else_the_one_at_referral():
    baseline = record("baseline", "b", contact_level="indirect_only", worker_needs=("contact",))
    assert state("2026-03-01", MAUVE, baseline)["Contact with the children"] == ("At referral: Indirect only",)
    levels = [record("contact_state", day, child="m", level=level, date=day)
              for day, level in (("2026-01-01", "none"), ("2026-02-01", "direct"), ("2026-04-01", "none"))]  # fmt: skip
    assert state("2026-03-01", MAUVE, baseline, *levels)["Contact with the children"] == ("Mauve Anchor: Direct",)


def test_what_is_new_changed_or_removed_is_told_and_contacts_are_counted():
    then = {
        "child": [MAUVE], "order": [record("order", "1", order_type="interim_care_order", made_on="2026-01-10")],
        "challenge": [record("challenge", "c", challenge="acct", recorded="2026-01-01")],
        "baseline": [record("baseline", "b", worker_needs=("contact", "family_court"))],
    }  # fmt: skip
    now = {
        "child": [MAUVE, TEAL],
        "order": [record("order", "1", order_type="interim_care_order", made_on="2026-01-10", ended_on="2026-03-01")],
        "challenge": [],
        "baseline": [record("baseline", "b", worker_needs=("contact", "adoption_transition"), plan="Letters.")],
    }  # fmt: skip
    told = {(change.form, change.record_id): change.words for change in changes_between(then, now, named, (1, 1))}
    assert told["child", "t"].startswith("Teal Anchor")
    assert told["order", "1"].endswith("Ended on: 1 March 2026")
    assert told["challenge", "c"].startswith("Removed: ACCT")
    assert "now also" in told["baseline", "b"]
    assert "no longer" in told["baseline", "b"]
    assert "Plan: Letters." in told["baseline", "b"]
    assert told["contact", ""] == "1 contact and 1 attempt without success"
    assert ("child", "m") not in told
    assert changes_between(now, now, named) == []
    assert "Contact log: 1 contact" in as_text(changes_between(then, now, named, (1, 0)))


def test_a_return_is_compared_with_the_one_before_it_else_with_the_baseline():
    baseline = record("baseline", "b", first_meeting="2025-09-01", sent="2025-09-20")
    first = record("tracker_return", "1", received="2026-03-01", period_to="2026-02-27")
    second = record("tracker_return", "2", received="2026-09-01")
    returns = {"baseline": [baseline], "tracker_return": [first, second]}
    assert day_of(first, "2026-11-01") == "2026-02-27"
    assert day_of(record("tracker_return", "3"), "2026-11-01") == "2026-11-01"
    assert day_before(returns, second, "2026-09-01") == "2026-02-27"
    assert day_before(returns, first, "2026-02-27") == "2025-09-20"
    assert day_before(returns, None, "2026-11-22") == "2026-09-01"
    assert day_before({}, None, "2026-11-22") == ""
    assert day_before(returns, None, "2026-09-01") == "2026-02-27", "a return of the same day is not the one before"


def test_a_child_that_is_on_its_way_is_said_to_be_so_and_what_was_completed_runs_no_more():
    umber = record("child", "u", name="Umber Anchor", unborn=True, due_date="2026-06-01")
    told = state(
        "2026-04-01", umber,
        record("proceedings", "p", started_by="local_authority", status="completed", started="2025-01-01"),
        record("order", "o", order_type="none_known"), record("order", "c", order_type="care_order"),
    )  # fmt: skip
    assert told["Children and where they live"] == ("Umber Anchor: not born yet",)
    assert told["Court"] == ()
    assert told["Orders"] == ("Care order",)
    assert state("2026-04-01", record("order", "o", order_type="none_known"))["Orders"] == ("No known order",)
