"""Contradictions of two real vaults: told in words, decided in every way, put off, undone; never in silence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tac_desktop.actions import cards, conflicts, duplicates
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.conflict_sides import place_of
from tac_desktop.actions.documents import draw_document
from tac_desktop.actions.evaluation import evaluation_report
from tac_desktop.actions.known_case import case_as_known
from tac_desktop.actions.undeciding import undo
from tac_desktop.casework import forms
from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.journal import Change
from tac_desktop.casework.live import DELETED
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AnswersRefused, ConflictChanged, NotAllowed, NotTheSame, UnknownCase
from tac_desktop.storage.exchange import Origin
from tac_desktop.storage.store import Store

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CASE = case_file_id("Z-001")


def put(desk, form, record_id="", now=NOW, **answers):
    case = "" if form == "mother" and not record_id else CASE
    before = desk.store.record(record_id) if record_id else None
    return save_answers(
        desk.store, desk.person, forms.ALL[form], answers={**(before.answers if before else {}), **answers}, now=now,
        case_file=case, record_id=record_id,
    )  # fmt: skip


def send(sender, receiver, now=NOW):
    """Let all entries of the case file that one vault holds arrive at another, as a bundle would bring them."""
    here = sender.store.exchange
    reaches = [reach for reach in here.reaches() if reach.stream == CASE]
    origins = here.origins()
    with receiver.store.importing(now) as intake:
        intake.introduce(
            Origin(
                incarnation=origins[reach.incarnation].incarnation, own=False, nonce=origins[reach.incarnation].nonce,
                key=origins[reach.incarnation].key or cards.identity_of(sender.vault).signing_key,
            )
            for reach in reaches
            if not receiver.store.exchange.origins().get(reach.incarnation)
        )  # fmt: skip
        for reach in reaches:
            intake.apply(here.entries(reach.incarnation, {CASE: (0, reach.sseq)}))


def swap(one, other, now=NOW):
    send(one, other, now)
    send(other, one, now)


@pytest.fixture
def both(worker, make_desk, tmp_path):
    """Two vaults that know each other's cards and hold the same case file."""
    other = make_desk("manager")
    for desk, friend, name in ((worker, other, "a"), (other, worker, "b")):
        code = cards.hand_out_card(friend.vault, tmp_path / name, now=NOW)
        cards.trust_card(desk.vault, desk.store, tmp_path / name, code, now=NOW)
    put(worker, "mother", reference="Z-001", name="Puce Anchor", prison="EP", ethnicity="white_british")
    send(worker, other)
    return worker, other


def result_of(job):
    """Run a job to its end and return what it says."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def contested(both, form="mother", record_id=CASE, **answers):
    """Let two people answer the same question differently, and then exchange; return both vaults' contradictions."""
    (mine, theirs) = both
    for desk, place in ((mine, 0), (theirs, 1)):
        put(desk, form, record_id, NOW + timedelta(hours=1 + place), **{k: v[place] for k, v in answers.items()})
    swap(mine, theirs)
    return [conflicts.open_conflicts(desk.vault, desk.store, now=NOW + timedelta(days=1)) for desk in both]


def only(both, **answers):
    (one,), _ = contested(both, **answers)
    return one


# --- telling ---


def test_both_values_are_told_with_who_when_where_and_what_each_had_seen(both):
    (here,), (there,) = contested(both, ethnicity=("white_other", "black"))
    assert here.question == "Ethnicity"
    assert (here.case_name, here.title) == ("Puce Anchor", "Puce Anchor · Z-001")
    later, earlier = here.choices
    assert later.words.startswith("Black")
    assert earlier.words.startswith("White")
    assert (earlier.author, earlier.device_name, later.device_name) == ("Slate Kettle", "", "Slate Kettle")
    assert earlier.at.startswith("2026-11-21T10:30")
    assert earlier.saw.startswith("Written over ‘White British")
    assert not earlier.clock_uncertain
    assert [side.device_name for side in there.choices] == ["", "Slate Kettle"]


def test_a_person_in_another_vault_is_called_by_the_name_on_her_card(both, make_desk):
    mine, theirs = both
    assert theirs.person.id != mine.person.id
    (here,), _ = contested(both, ethnicity=("white_other", "black"))
    named = {side.author for side in here.choices}
    assert named == {"Slate Kettle"}
    mine.store.exchange.distrust(theirs.vault.device_id)
    (here,) = conflicts.open_conflicts(mine.vault, mine.store, now=NOW + timedelta(days=1))
    assert {side.author for side in here.choices} == {"Slate Kettle", "Somebody in another vault"}
    assert {place_of(side) for side in here.choices} == {"this vault", "a vault whose card is not known here"}


def test_an_answer_that_nobody_had_given_before_and_one_that_was_taken_back_are_told(both):
    first = only(both, known_as=("Puss", "Pip"))
    assert {side.saw for side in first.choices} == {"No answer stood there yet when it was written."}
    decided = conflicts.decide(both[0].store, both[0].person, first, keep=first.choices[0].cid, now=NOW)
    assert decided.words == "Pip"
    swap(*both)
    taken_back = only(both, known_as=("", "Pippin"))
    assert {side.words for side in taken_back.choices} == {"No answer: it was taken back", "Pippin"}


@pytest.mark.parametrize("wrong", [timedelta(days=1000), -timedelta(days=365 * 9)], ids=["ahead", "before the service"])
def test_a_clock_that_cannot_have_been_right_is_called_uncertain(both, wrong):
    mine, theirs = both
    put(mine, "mother", CASE, NOW, ethnicity="white_other")
    put(theirs, "mother", CASE, NOW + wrong, ethnicity="black")
    swap(mine, theirs)
    (here,) = conflicts.open_conflicts(mine.vault, mine.store, now=NOW + timedelta(hours=1))
    uncertain = {side.device_name: side.clock_uncertain for side in here.choices}
    assert uncertain == {"": False, "Slate Kettle": True}


def test_the_same_answer_given_twice_is_no_contradiction(both):
    assert contested(both, ethnicity=("white_other", "white_other")) == [[], []]


def test_ticks_on_different_boxes_do_not_contradict_each_other_and_one_box_is_told_by_its_name(both):
    mine, theirs = both
    baseline = put(mine, "baseline", first_meeting="2026-11-01", orders_known=("care_order",))
    send(mine, theirs)
    put(theirs, "baseline", baseline, orders_known=("care_order", "contact_order"))
    put(mine, "baseline", baseline, orders_known=())
    put(theirs, "baseline", baseline, orders_known=("contact_order",))
    put(theirs, "baseline", baseline, orders_known=("care_order", "contact_order"))
    swap(mine, theirs)
    (here,) = conflicts.open_conflicts(mine.vault, mine.store)
    assert here.field == "orders_known/care_order"
    assert sorted(side.words for side in here.choices) == [
        "‘Care order’ belongs to it", "‘Care order’ does not belong to it",
    ]  # fmt: skip
    keep = next(side for side in here.choices if side.value is False)
    conflicts.decide(mine.store, mine.person, here, keep=keep.cid, now=NOW)
    assert mine.store.record(baseline).answers["orders_known"] == ("contact_order",)


def test_those_of_one_case_file_can_be_asked_for_and_an_administrator_is_told_none(both, make_desk):
    mine, _ = both
    only(both, ethnicity=("white_other", "black"))
    assert len(conflicts.listed(mine.store, mine.person, CASE)) == 1
    assert conflicts.listed(mine.store, mine.person, case_file_id("Z-002")) == []
    admin = make_desk("admin")
    with pytest.raises(NotAllowed):
        conflicts.listed(admin.store, admin.person)


def open_on(store: Store, day: str) -> int:
    """Return how many contradictions wait for a decision on a day."""
    return sum(one.postponed_until <= day for one in store.contradictions.found())


# --- deciding ---


@pytest.mark.parametrize("number", [0, 1])
def test_keeping_one_settles_it_everywhere_whatever_the_clocks_say(both, number):
    mine, theirs = both
    one = only(both, ethnicity=("white_other", "black"))
    kept = one.choices[number]
    conflicts.decide(mine.store, mine.person, one, keep=kept.cid, now=NOW - timedelta(days=1))
    swap(mine, theirs)
    for desk in both:
        assert conflicts.open_conflicts(desk.vault, desk.store) == []
        assert desk.store.record(CASE).answers["ethnicity"] == kept.value


def test_another_answer_is_written_in_the_place_of_both(both):
    mine, theirs = both
    one = only(both, date_of_birth=("1990-01-02", "1990-02-01"))
    conflicts.decide(mine.store, mine.person, one, answer=NotKnown("two papers"), now=NOW)
    swap(mine, theirs)
    assert [desk.store.record(CASE).answers["date_of_birth"] for desk in both] == [NotKnown("two papers")] * 2
    assert open_on(theirs.store, "2026-11-21") == 0


def test_another_answer_that_cannot_stand_is_refused_and_decides_nothing(both):
    mine, _ = both
    one = only(both, date_of_birth=("1990-01-02", "1990-02-01"))
    for wrong in ("the other day", "2090-01-01", ""):
        with pytest.raises(AnswersRefused):
            conflicts.decide(mine.store, mine.person, one, answer=wrong, now=NOW)
    assert open_on(mine.store, "2026-11-21") == 1


def test_both_can_be_true_of_narratives_only_the_older_one_first(both):
    mine, theirs = both
    contact = put(mine, "contact", at="2026-11-20T10:00", kind="phone", summary="She rang.")
    send(mine, theirs)
    put(mine, "contact", contact, NOW + timedelta(hours=1), summary="She rang her son.")
    put(theirs, "contact", contact, NOW + timedelta(hours=2), summary="She rang; he was at school.", kind="letter")
    put(mine, "contact", contact, NOW + timedelta(hours=3), kind="video_call")
    swap(mine, theirs)
    found = {one.field: one for one in conflicts.open_conflicts(mine.vault, mine.store)}
    assert {name: one.both_possible for name, one in found.items()} == {"kind": False, "summary": True}
    conflicts.decide(mine.store, mine.person, found["summary"], both=True, now=NOW)
    assert mine.store.record(contact).text("summary") == "She rang her son.\n\nShe rang; he was at school."
    with pytest.raises(AnswersRefused):
        conflicts.decide(mine.store, mine.person, found["kind"], both=True, now=NOW)


def test_a_decision_about_a_past_period_is_known_in_that_period(both):
    mine, _ = both
    one = only(both, ethnicity=("white_other", "black"))
    conflicts.decide(mine.store, mine.person, one, keep=one.choices[1].cid, now=NOW + timedelta(days=90))
    then = mine.store.records("mother", CASE, "2026-12-01")[0]
    assert then.answers["ethnicity"] == "white_other"
    assert then.conflicts == ()


def test_an_answer_that_arrives_meanwhile_is_never_passed_over(both):
    mine, theirs = both
    one = only(both, ethnicity=("white_other", "black"))
    put(theirs, "mother", CASE, NOW + timedelta(hours=5), ethnicity="asian")
    send(theirs, mine)
    with pytest.raises(ConflictChanged):
        conflicts.decide(mine.store, mine.person, one, keep=one.choices[0].cid, now=NOW + timedelta(hours=6))
    assert mine.store.record(CASE).answers["ethnicity"] == "asian"
    assert conflicts.open_conflicts(mine.vault, mine.store) == []


def test_two_who_decide_differently_have_a_contradiction_again(both):
    mine, theirs = both
    only(both, ethnicity=("white_other", "black"))
    for desk, keep in zip(both, (0, 1), strict=True):
        (one,) = conflicts.open_conflicts(desk.vault, desk.store)
        conflicts.decide(desk.store, desk.person, one, keep=one.choices[keep].cid, now=NOW)
    swap(mine, theirs)
    assert [open_on(desk.store, "2026-11-22") for desk in both] == [1, 1]


def test_an_administrator_decides_nothing(both, make_desk):
    one = only(both, ethnicity=("white_other", "black"))
    admin = make_desk("admin")
    with pytest.raises(NotAllowed):
        conflicts.decide(both[0].store, admin.person, one, keep=one.choices[0].cid, now=NOW)


# --- later ---


def test_what_is_put_off_comes_back_on_its_day_or_with_another_answer(both):
    mine, theirs = both
    one = only(both, ethnicity=("white_other", "black"))
    assert conflicts.postpone(mine.store, one, "next_week", today="2026-11-21") == "2026-11-28"
    assert [open_on(mine.store, day) for day in ("2026-11-21", "2026-11-27", "2026-11-28")] == [0, 0, 1]
    assert open_on(theirs.store, "2026-11-21") == 1
    (row,) = conflicts.listed(mine.store, mine.person)
    assert row.postponed_until == "2026-11-28"
    put(theirs, "contact", at="2026-11-20T10:00", kind="phone", summary="She rang.")
    send(theirs, mine)
    assert open_on(mine.store, "2026-11-21") == 0
    (there,) = conflicts.open_conflicts(theirs.vault, theirs.store)
    conflicts.decide(theirs.store, theirs.person, there, keep=there.choices[1].cid, now=NOW)
    put(mine, "mother", CASE, NOW + timedelta(hours=8), ethnicity="asian")
    swap(mine, theirs)
    assert open_on(mine.store, "2026-11-21") == 1


# --- undone ---


@pytest.mark.parametrize("way", ["keep", "answer"])
def test_the_last_decision_can_be_taken_back_and_both_stand_there_as_their_authors_own(both, way):
    mine, theirs = both
    one = only(both, ethnicity=("white_other", "black"))
    how = {"keep": {"keep": one.choices[1].cid}, "answer": {"answer": "asian"}}[way]
    for _ in range(2):  # once more: what was put back can be decided and put back again
        (now,) = conflicts.open_conflicts(mine.vault, mine.store, now=NOW + timedelta(days=1))
        how = how if "answer" in how else {"keep": now.choices[1].cid}
        decision = conflicts.decide(mine.store, mine.person, now, **how, now=NOW + timedelta(days=1))
        undo(mine.store, mine.person, decision, now=NOW + timedelta(days=1))
    swap(mine, theirs)
    for desk in both:
        (again,) = conflicts.open_conflicts(desk.vault, desk.store, now=NOW + timedelta(days=2))
        told = {(side.words, side.author, side.at, side.saw, side.known_on) for side in again.choices}
        assert told == {(side.words, side.author, side.at, side.saw, side.known_on) for side in one.choices}
        assert [side.words for side in again.choices] == [side.words for side in one.choices]
        assert [step.findings for step in desk.store.upkeep.check() if step.findings] == []


def test_a_decision_over_which_was_written_since_is_not_taken_back(both):
    mine, _ = both
    one = only(both, ethnicity=("white_other", "black"))
    decision = conflicts.decide(mine.store, mine.person, one, keep=one.choices[0].cid, now=NOW)
    put(mine, "mother", CASE, NOW + timedelta(days=1), ethnicity="asian")
    with pytest.raises(ConflictChanged):
        undo(mine.store, mine.person, decision, now=NOW + timedelta(days=2))
    assert mine.store.record(CASE).answers["ethnicity"] == "asian"


def test_what_a_decision_wrote_beside_the_question_is_taken_back_too(both):
    mine, theirs = both
    baseline = put(mine, "baseline", first_meeting="2026-11-01", orders_known=("care_order",))
    send(mine, theirs)
    put(mine, "baseline", baseline, orders_known=())
    put(theirs, "baseline", baseline, orders_known=())
    put(theirs, "baseline", baseline, orders_known=("care_order",))
    swap(mine, theirs)
    (one,) = conflicts.open_conflicts(mine.vault, mine.store)
    decision = conflicts.decide(mine.store, mine.person, one, answer=("contact_order",), now=NOW)
    assert mine.store.record(baseline).answers["orders_known"] == ("contact_order",)
    undo(mine.store, mine.person, decision, now=NOW)
    (again,) = conflicts.open_conflicts(mine.vault, mine.store)
    assert {side.value for side in again.choices} == {True, False}
    assert "contact_order" not in mine.store.record(baseline).answers.get("orders_known", ())


# --- deleted by one, changed by another ---


def deleted(desk, record_id, now=NOW):
    record = desk.store.record(record_id)
    seen = [entry.cid for entry in desk.store.history(record_id)]
    change = Change(
        record_id=record_id, form=record.form, version=1, stream=record.stream, op="del",
        values={DELETED: {"reason": "entered twice", "seen": seen}}, known_on="2026-11-21",
    )  # fmt: skip
    desk.store.save([change], author=desk.person.id, now=now)


@pytest.fixture
def edit_against_delete(both):
    mine, theirs = both
    course = put(mine, "course", title="Baking", provider="Pact")
    send(mine, theirs)
    deleted(mine, course)
    put(theirs, "course", course, NOW + timedelta(hours=1), sessions=8)
    swap(mine, theirs)
    return course


def test_an_edit_against_a_deletion_is_told_in_words(both, edit_against_delete):
    for desk in both:
        (one,) = conflicts.open_conflicts(desk.vault, desk.store, now=NOW + timedelta(days=1))
        assert (one.field, one.question, one.asked) == (DELETED, "Does this record stay?", None)
        edited, gone = one.choices
        assert gone.words == "The record was deleted: entered twice"
        assert edited.words.endswith(": 8")
        assert not one.both_possible


def test_the_record_is_kept_or_deleted_as_the_person_says(both, edit_against_delete):
    mine, theirs = both
    (one,) = conflicts.open_conflicts(mine.vault, mine.store)
    decision = conflicts.decide(mine.store, mine.person, one, keep=one.choices[1].cid, now=NOW + timedelta(days=1))
    swap(mine, theirs)
    assert [desk.store.record(edit_against_delete) for desk in both] == [None, None]
    undo(mine.store, mine.person, decision, now=NOW + timedelta(days=1))
    (one,) = conflicts.open_conflicts(mine.vault, mine.store)
    conflicts.decide(mine.store, mine.person, one, keep=one.choices[0].cid, now=NOW + timedelta(days=1))
    swap(mine, theirs)
    assert [desk.store.record(edit_against_delete).answers["sessions"] for desk in both] == [8, 8]
    assert [conflicts.open_conflicts(desk.vault, desk.store) for desk in both] == [[], []]


# --- records that are one ---


@pytest.fixture
def twins(both):
    mine, theirs = both
    ids = [
        put(desk, "child", name="Mauve Anchor", date_of_birth=born)
        for desk, born in ((mine, "2019-03-27"), (theirs, "2019-03-28"))
    ]
    swap(mine, theirs)
    return ids


def test_records_that_are_joined_show_where_they_differ_and_one_decision_settles_both(both, twins):
    mine, theirs = both
    shown = duplicates.join(mine.store, mine.person, twins, now=NOW)
    assert shown == min(twins)
    assert duplicates.is_joined(mine.store, twins[0])
    (one,) = conflicts.open_conflicts(mine.vault, mine.store)
    assert (one.record_id, one.field) == (shown, "date_of_birth")
    decision = conflicts.decide(mine.store, mine.person, one, keep=one.choices[0].cid, now=NOW)
    swap(mine, theirs)
    for desk in both:
        (child,) = desk.store.records("child", CASE)
        assert (child.answers["date_of_birth"], child.conflicts) == (one.choices[0].value, ())
    undo(mine.store, mine.person, decision, now=NOW)
    (again,) = conflicts.open_conflicts(mine.vault, mine.store)
    assert {side.value for side in again.choices} == {"2019-03-27", "2019-03-28"}


def test_records_that_were_joined_by_mistake_stand_alone_again(both, twins):
    mine, theirs = both
    duplicates.join(mine.store, mine.person, twins, now=NOW)
    swap(mine, theirs)
    duplicates.separate(theirs.store, theirs.person, twins[1], now=NOW)
    swap(mine, theirs)
    for desk in both:
        assert {child.text("date_of_birth") for child in desk.store.records("child", CASE)} == {
            "2019-03-27",
            "2019-03-28",
        }
        assert conflicts.open_conflicts(desk.vault, desk.store) == []
    with pytest.raises(NotTheSame):
        duplicates.separate(mine.store, mine.person, twins[0], now=NOW)


def test_only_records_of_one_form_and_case_file_can_be_one(both, twins):
    mine, _ = both
    order = put(mine, "order", order_type="care_order", children=(twins[0],), made_on="2026-01-01")
    for several in ([twins[0], order], [twins[0]], [twins[0], twins[0]]):
        with pytest.raises(NotTheSame):
            duplicates.join(mine.store, mine.person, several, now=NOW)


# --- reports and papers ---


def counted_woman(both, **mother):
    """Let the woman be counted by the evaluation."""
    mine, theirs = both
    put(mine, "mother", CASE, evaluation_consent=True, evaluation_consent_date="2026-11-01", **mother)
    put(mine, "tracker_return", tracker_form="baseline", received="2026-11-10")
    put(mine, "referral", date="2026-11-02", referral_type="initial")
    swap(mine, theirs)


def marks(report):
    cells = [cell for table in report["tables"] for row in table["rows"] for cell in row["cells"].values()]
    return sum(cell.get("contested", False) for cell in cells)


def test_the_evaluation_says_which_figures_rest_on_an_open_contradiction_until_it_is_decided(both):
    mine, _ = both
    counted_woman(both)
    one = only(both, known_as_child=("yes", "no"))
    report = evaluation_report(mine.store, mine.person, "2026-11-21", now=NOW)
    assert report["contradictions"]["open"] == 1
    assert marks(report) > 0
    before = evaluation_report(mine.store, mine.person, "2026-11-20", now=NOW)
    assert (before["contradictions"]["open"], marks(before)) == (0, 0)
    conflicts.decide(mine.store, mine.person, one, keep=one.choices[1].cid, now=NOW + timedelta(days=30))
    after = evaluation_report(mine.store, mine.person, "2026-11-21", now=NOW)
    assert (after["contradictions"], marks(after)) == ({"open": 0, "figures": 0, "untried": 0}, 0)


def test_the_evaluation_marks_nothing_for_an_answer_that_it_does_not_count(both):
    mine, _ = both
    counted_woman(both)
    only(both, known_as=("Puss", "Pip"))
    report = evaluation_report(mine.store, mine.person, "2026-11-21", now=NOW)
    assert (report["contradictions"]["open"], marks(report)) == (1, 0)


def test_a_deletion_that_somebody_contests_is_tried_as_well(both):
    mine, theirs = both
    counted_woman(both)
    (tracker,) = mine.store.records("tracker_return", CASE)
    deleted(mine, tracker.id)
    put(theirs, "tracker_return", tracker.id, NOW + timedelta(hours=1), received="2026-11-11")
    swap(mine, theirs)
    report = evaluation_report(mine.store, mine.person, "2026-11-21", now=NOW)
    assert report["contradictions"]["open"] == 1
    assert marks(report) > 0


def test_a_case_for_a_paper_carries_what_was_not_settled_on_its_day(both, twins):
    mine, _ = both
    only(both, ethnicity=("white_other", "black"))
    shown = duplicates.join(mine.store, mine.person, twins, now=NOW)
    told = {
        (one.record_id, one.field): one.others for one in case_as_known(mine.store, CASE, "2026-11-21").contradictions
    }
    (other,) = told.pop((shown, "date_of_birth"))
    assert other in ("2019-03-27", "2019-03-28")
    assert told == {(CASE, "ethnicity"): ("white_other",)}
    assert case_as_known(mine.store, CASE, "2026-11-22").contradictions
    with pytest.raises(UnknownCase):
        case_as_known(mine.store, CASE, "2026-11-20")


def test_the_draft_of_a_paper_says_so_before_it_is_printed(both):
    mine, _ = both
    only(both, ethnicity=("white_other", "black"))
    drawn = result_of(draw_document(mine.store, mine.person, CASE, "dossier", now=NOW))
    assert any("‘Ethnicity’ (Mother)" in note for note in drawn.notes)


def test_nobody_is_asked_to_decide_what_her_role_may_not_write(both):
    mine, theirs = both
    made = put(mine, "assessment", title="Spring")
    swap(mine, theirs)
    put(mine, "assessment", made, title="Summer")
    put(theirs, "assessment", made, title="Autumn", now=NOW + timedelta(hours=1))
    swap(mine, theirs, NOW + timedelta(hours=2))
    [one] = conflicts.open_conflicts(mine.vault, mine.store, now=NOW + timedelta(hours=2))
    mine.vault.person = replace(mine.person, role="engagement_worker")
    assert conflicts.listed(mine.store, mine.person) == []
    with pytest.raises(NotAllowed):
        conflicts.decide(mine.store, mine.person, one, keep=one.choices[0].cid, now=NOW + timedelta(hours=2))
