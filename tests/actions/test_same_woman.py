"""Two case files of one woman: joined by a person, followed by everything, and parted again as they were."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tac_desktop.actions import caseload, duplicates, handing_over, reading, subject_access, vaults
from tac_desktop.actions.allocation import note_told
from tac_desktop.actions.disposal import disposals, dispose
from tac_desktop.actions.disposal_plan import plan_disposal
from tac_desktop.actions.evaluation import evaluation_report
from tac_desktop.actions.known_case import case_as_known
from tac_desktop.actions.restriction import lift, restrict
from tac_desktop.actions.retention import retention_now, set_retention
from tac_desktop.actions.same_woman import beside, join_cases, joined_in, part_cases, woman_of
from tac_desktop.actions.tracker_returns import standing
from tac_desktop.actions.workbook import export_workbook, import_workbook
from tac_desktop.casework.evaluation.report import EvaluationReport
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AnswersRefused, CaseRestricted, NotPermitted, NotTheSame, UnknownCase
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import acquainted, result_of, save, send
from tests.actions.conftest import NOW, PASSPHRASE, Desk, MakeDesk, made_desks

FIRST, SECOND, THIRD = (case_file_id(reference) for reference in ("Z-1", "Z-2", "Z-3"))
TODAY = NOW.date().isoformat()
OCHRE = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")


def a_case(desk: Desk, reference: str, name: str) -> str:
    case = case_file_id(reference)
    answers = {"reference": reference, "name": name, "prison": "EP", "evaluation_consent": True}
    save(desk, "mother", answers, known_on="2026-01-05")
    save(desk, "baseline", {"first_meeting": "2026-01-05"}, case_file=case, known_on="2026-01-05")
    received = {"tracker_form": "baseline", "received": "2026-01-05"}
    save(desk, "tracker_return", received, case_file=case, known_on="2026-01-05")
    save(desk, "referral", {"date": "2026-01-02", "pathway": "tac"}, case_file=case, known_on="2026-01-05")
    save(desk, "episode", {"opened": "2026-01-02"}, case_file=case, known_on="2026-01-05")
    save(desk, "child", {"name": f"Mauve {reference}"}, case_file=case, known_on="2026-01-05")
    return case


def join(desk: Desk, second: str = SECOND, first: str = FIRST) -> str:
    return join_cases(desk.store, desk.person, second, first, first=first, reason="Same number, same face.", now=NOW)


def part(desk: Desk, case: str = FIRST) -> str:
    [said] = joined_in(desk.store, case)
    return part_cases(desk.store, desk.person, said.record_id, reason="They are sisters.", now=NOW)


@pytest.fixture(scope="module")
def closed_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A manager's vault with two case files, of which tests get copies."""
    makes = made_desks(tmp_path_factory.mktemp("template"))
    desk = next(makes)("manager")
    a_case(desk, "Z-1", "Puce Anchor")
    a_case(desk, "Z-2", "Puce Bell")
    folder = desk.vault.folder
    next(makes, None)
    return folder


@pytest.fixture
def two(closed_vault: Path, tmp_path: Path) -> Iterator[Desk]:
    folder = shutil.copytree(closed_vault, tmp_path / "copy")
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    desk = Desk(vault, Store(vault))
    yield desk
    desk.store.close()
    vault.close()


def rows(desk: Desk) -> list[str]:
    return [row.reference for row in caseload.all_cases(desk.store, desk.person, now=NOW)]


def test_one_row_one_case_file_and_what_the_other_says_beside_it(two: Desk):
    assert join(two) == FIRST
    assert rows(two) == ["Z-1"]
    records = reading.case_records(two.store, two.person, SECOND)
    assert [one.text("name") for one in records["mother"]] == ["Puce Anchor"]
    assert [one.text("name") for one in records["child"]] == ["Mauve Z-1", "Mauve Z-2"]
    assert {one.form: one.stream for one in beside(two.store, FIRST)} == {"mother": SECOND, "baseline": SECOND}
    [said] = joined_in(two.store, SECOND)
    assert (said.case_file, said.first, said.name) == (SECOND, FIRST, two.person.name)
    assert said.reason == "Same number, same face."


def test_the_evaluation_counts_one_woman_and_as_before_when_it_is_taken_back(two: Desk):
    before = evaluation_report(two.store, two.person, TODAY, now=NOW)
    earlier = evaluation_report(two.store, two.person, "2026-11-20", now=NOW)
    join(two)
    joined = evaluation_report(two.store, two.person, TODAY, now=NOW)
    assert population(before) == 2
    assert population(joined) == 1
    assert evaluation_report(two.store, two.person, "2026-11-20", now=NOW) == earlier
    part(two)
    assert evaluation_report(two.store, two.person, TODAY, now=NOW) == before


def population(report: EvaluationReport) -> int:
    return max(column["base"] or 0 for table in report["tables"] for column in table["columns"])


def test_what_is_written_goes_into_the_first_and_into_the_stream_of_what_is_changed(two: Desk):
    join(two)
    child = next(one for one in two.store.records("child", FIRST) if one.stream == SECOND)
    save(two, "child", {**child.answers, "known_as": "Teal"}, case_file=FIRST, record_id=child.id)
    said = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "Called.", "children": (child.id,)}
    made = save(two, "contact", said, case_file=SECOND)
    changed, contact = two.store.record(child.id), two.store.record(made)
    assert changed is not None
    assert contact is not None
    assert (changed.stream, changed.text("known_as"), contact.stream) == (SECOND, "Teal", FIRST)
    part(two)
    assert [one.text("known_as") for one in two.store.records("child", SECOND)] == ["Teal"]
    assert [one.id for one in two.store.records("contact", FIRST)] == [made]


def test_a_page_that_was_opened_before_they_were_joined_still_writes_that_she_was_told(two: Desk):
    worker = save(two, "childrens_social_worker", {"name": "Teal Compass", "from_date": "2026-11-01"}, case_file=SECOND)
    join(two)
    note_told(two.store, two.person, SECOND, worker, now=NOW)
    told = two.store.record(worker)
    assert told is not None
    assert told.text("mother_told") == TODAY


def test_a_child_that_stands_in_both_is_joined_too_and_counted_once(two: Desk):
    join(two)
    one, other = (child.id for child in two.store.records("child", FIRST))
    shown = duplicates.join(two.store, two.person, [one, other], now=NOW)
    assert [child.id for child in two.store.records("child", SECOND)] == [shown]
    assert duplicates.is_joined(two.store, shown)
    part(two)
    assert not duplicates.is_joined(two.store, shown)
    assert len(two.store.records("child", FIRST)) == len(two.store.records("child", SECOND)) == 1
    join(two)
    duplicates.separate(two.store, two.person, shown, now=NOW)
    assert len(two.store.records("child", FIRST)) == 2


def test_who_says_so_says_why_and_may_open_both(two: Desk):
    with pytest.raises(AnswersRefused):
        join_cases(two.store, two.person, SECOND, FIRST, first=FIRST, reason="  ", now=NOW)
    for other, first in ((THIRD, FIRST), (FIRST, THIRD)):
        with pytest.raises(UnknownCase):
            join_cases(two.store, two.person, SECOND, other, first=first, reason="So.", now=NOW)
    join(two)
    with pytest.raises(NotTheSame, match="already"):
        join(two, FIRST, SECOND)
    [said] = joined_in(two.store, FIRST)
    with pytest.raises(AnswersRefused):
        part_cases(two.store, two.person, said.record_id, reason="", now=NOW)
    part(two)
    with pytest.raises(NotTheSame, match="any more"):
        part_cases(two.store, two.person, said.record_id, reason="So.", now=NOW)
    assert join(two) == FIRST  # and once more
    assert rows(two) == ["Z-1"]


def test_a_family_engagement_worker_does_not_join(make_desk: MakeDesk):
    desk = make_desk("engagement_worker")
    with pytest.raises(NotPermitted):
        join(desk)


def test_the_stricter_restriction_holds_and_opens_nothing_by_the_other_id(two: Desk):
    restrict(two.store, two.person, SECOND, people=[], reason="A colleague's sister.", now=NOW)
    manager = two.person
    two.vault.person = OCHRE
    for action in (
        lambda: join_cases(two.store, OCHRE, FIRST, SECOND, first=FIRST, reason="So.", now=NOW),
        lambda: woman_of(two.store, SECOND),
    ):
        with pytest.raises(CaseRestricted):
            action()
    two.vault.person = manager
    join(two)
    two.vault.person = OCHRE
    for case in (FIRST, SECOND):
        for refused in (
            lambda case=case: reading.case_records(two.store, OCHRE, case),
            lambda case=case: joined_in(two.store, case),
            lambda case=case: beside(two.store, case),
            lambda case=case: woman_of(two.store, case),
        ):
            with pytest.raises(CaseRestricted):
                refused()
    assert not caseload.numbers(two.store, OCHRE, TODAY, "all", typed="Puce")
    two.vault.person = manager
    lift(two.store, manager, FIRST, now=NOW)
    assert two.store.restrictions() == {}


def test_a_restriction_said_of_the_one_holds_for_each_after_they_are_parted(two: Desk):
    join(two)
    restrict(two.store, two.person, FIRST, people=[], reason="Known in the prison.", now=NOW)
    part(two)
    assert two.store.restrictions().keys() == {FIRST, SECOND}


def test_what_is_restricted_since_they_were_parted_is_told_on_no_earlier_day(two: Desk):
    then, joined = (NOW - timedelta(days=3)), {"first": FIRST, "reason": "Same number.", "now": NOW - timedelta(days=4)}
    join_cases(two.store, two.person, SECOND, FIRST, **joined)
    [said] = joined_in(two.store, FIRST)
    part_cases(two.store, two.person, said.record_id, reason="They are sisters.", now=NOW - timedelta(days=1))
    day, manager = then.date().isoformat(), two.person
    names = {"Mauve Z-1", "Mauve Z-2"}

    def told() -> Iterator[set[str]]:
        yield {one.text("name") for one in reading.case_records(two.store, two.vault.person, FIRST, day)["child"]}
        yield {one.text("name") for one in reading.records_of(two.store, two.vault.person, "child", FIRST, day)}
        yield {one.text("name") for one in case_as_known(two.store, FIRST, day).of("child")}
        yield {name for name in names if name in repr(standing(two.store, FIRST, day=day))}

    two.vault.person = OCHRE
    assert list(told()) == [names] * 4
    two.vault.person = manager
    restrict(two.store, manager, SECOND, people=[], reason="A colleague's sister.", now=NOW)
    two.vault.person = OCHRE
    assert list(told()) == [{"Mauve Z-1"}] * 4


def test_the_longer_keeping_holds_and_a_legal_hold_of_either(two: Desk):
    set_retention(two.store, two.person, FIRST, retention_class="advice", legal_hold=False, now=NOW)
    set_retention(two.store, two.person, SECOND, retention_class="advice", legal_hold=True, reason="A claim", now=NOW)
    join(two)
    assert retention_now(two.store, FIRST, today=TODAY).state == "held"
    set_retention(two.store, two.person, SECOND, retention_class="advice", legal_hold=False, now=NOW)
    assert retention_now(two.store, FIRST, today=TODAY).state != "held"
    part(two)
    assert retention_now(two.store, SECOND, today=TODAY).legal_hold is False


def test_disposing_of_one_leaves_nothing_of_the_other(two: Desk):
    for case in (FIRST, SECOND):
        [episode] = two.store.records("episode", case)
        save(two, "episode", {**episode.answers, "closed": "2026-02-01"}, case_file=case, record_id=episode.id)
        for child in two.store.records("child", case):
            answers = {**child.answers, "date_of_birth": "2001-01-01"}
            save(two, "child", answers, case_file=case, record_id=child.id)
        set_retention(two.store, two.person, case, retention_class="advice", legal_hold=False, now=NOW)
    join(two)
    plan = plan_disposal(two.vault, two.store, SECOND, now=NOW)
    assert (plan.reference, plan.with_it) == ("Z-1", ((SECOND, "Z-2"),))
    result_of(dispose(
        two.vault, two.store, FIRST, typed="Z-1", basis="Retention schedule", now=NOW, early=True
    ))  # fmt: skip
    assert rows(two) == []
    assert {one.text("disposed_case") for one in disposals(two.store)} == {FIRST, SECOND}
    assert two.store.disposal.emptied() == {FIRST, SECOND}


def test_what_is_kept_about_her_is_told_from_both(two: Desk):
    join(two)
    asked = {"received": TODAY, "about": "mother", "asked_by": "Herself"}
    request = save(two, "access_request", asked, case_file=FIRST)
    told = {(one.kept.record.form, one.kept.words) for one in subject_access.gather(two.store, request).items}
    assert {("mother", "Puce Anchor"), ("mother", "Puce Bell"), ("child", "Mauve Z-2")} <= told


def test_a_workbook_knows_both_references_and_changes_nothing_when_it_comes_back(two: Desk, tmp_path: Path):
    join(two)
    assert export_workbook(two.vault, two.store, tmp_path / "w.xlsx", now=NOW) == 2
    report = import_workbook(two.vault, two.store, tmp_path / "w.xlsx", now=NOW)
    assert (report.imported, report.new, report.changed) == (False, {}, {})


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk, list, Path]]:
    """Two managers' vaults that both hold three case files."""
    folder = tmp_path_factory.mktemp("between")
    makes = made_desks(folder)
    make = next(makes)
    mine, theirs = make("manager"), make("manager")
    cards = acquainted(folder, mine, theirs)
    for number in (1, 2, 3):
        a_case(mine, f"Z-{number}", f"Puce {number}")
    send(mine, cards[1], theirs, folder / "first.tacb")
    yield mine, theirs, cards, folder
    next(makes, None)


SAID = st.lists(st.tuples(st.sampled_from(list(permutations((FIRST, SECOND, THIRD), 2))), st.booleans()), max_size=3)


@given(SAID, SAID)
@settings(
    max_examples=int(os.environ.get("TAC_EXAMPLES", "4")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_two_vaults_say_of_their_case_files_they_read_the_same_once_they_know_it(three, ours, hers):
    mine, theirs, cards, folder = three
    for desk, said in ((mine, ours), (theirs, hers)):
        for (second, first), back in said:
            try:
                join(desk, second, first)
                if back:
                    said_last = joined_in(desk.store, first)[0].record_id
                    part_cases(desk.store, desk.person, said_last, reason="No.", now=NOW)
            except NotTheSame:
                pass
    number = len(list(folder.glob("*.tacb")))
    send(mine, cards[1], theirs, folder / f"{number}a.tacb", now=NOW + timedelta(minutes=number))
    send(theirs, cards[0], mine, folder / f"{number}b.tacb", now=NOW + timedelta(minutes=number))
    assert mine.store.joined_cases.known() == theirs.store.joined_cases.known()
    assert rows(mine) == rows(theirs)
    for desk in (mine, theirs):
        assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]
    while said := joined_in(mine.store, rows_case(mine)):
        part_cases(mine.store, mine.person, said[0].record_id, reason="Begin again.", now=NOW)
    send(mine, cards[1], theirs, folder / f"{number}c.tacb", now=NOW + timedelta(minutes=number))


def rows_case(desk: Desk) -> str:
    joined = desk.store.joined_cases.known()
    return next(iter(joined.values()), FIRST)


def test_who_receives_one_receives_both_and_each_ends_with_the_other(make_desk: MakeDesk, tmp_path: Path):
    mine, theirs = make_desk("manager"), make_desk("worker")
    cards = acquainted(tmp_path, mine, theirs)
    for number in (1, 2):
        a_case(mine, f"Z-{number}", f"Puce {number}")
    join(mine)
    given = handing_over.hand_over(mine.vault, mine.store, SECOND, cards[1], kind="cover", now=NOW)
    send(mine, cards[1], theirs, tmp_path / "over.tacb", cases=[SECOND])
    assert rows(theirs) == ["Z-1"]
    assert [one.text("name") for one in theirs.store.records("child", FIRST)] == ["Mauve Z-1", "Mauve Z-2"]
    [one] = handing_over.handovers(mine.vault, mine.store, FIRST, today=TODAY)
    assert (one.record_id, one.case_file) == (given, FIRST)
    handing_over.end_hand_over(mine.vault, mine.store, given, now=NOW)
    assert all(record.text("ended") for record in mine.store.records("handover"))
    assert len(mine.store.records("handover")) == 2
