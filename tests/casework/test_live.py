"""Which live answer is shown, and when several contradict each other."""

from tac_desktop.casework.live import Live, contradictions, fold


def live(value, hlc=1, n=1) -> Live:
    """Return a live value of one field, written at `hlc` by computer number `n`."""
    return Live(hlc, bytes([n]) * 16, f"id{n}", n, "2026-01-01", 1, value)


def test_two_answers_that_do_not_know_of_each_other_are_a_conflict_and_the_later_is_shown():
    record = fold({"name": [live("Puce Anchor", 1, 1), live("Saffron Marble", 2, 2)]})
    assert record.answers == {"name": "Saffron Marble"}
    assert record.conflicts == ("name",)


def test_of_two_answers_of_one_moment_every_vault_shows_the_same():
    one, two = live("Puce Anchor", 1, 1), live("Saffron Marble", 1, 2)
    assert fold({"name": [one, two]}).answers == fold({"name": [two, one]}).answers


def test_the_same_answer_twice_is_no_conflict():
    assert fold({"name": [live("Puce Anchor", 1, 1), live("Puce Anchor", 2, 2)]}).conflicts == ()


def test_a_conflict_about_one_box_names_the_question():
    record = fold({"orders_known/care_order": [live(True, 1, 1), live(False, 2, 2)]})
    assert record.conflicts == ("orders_known",)


def test_editing_beats_deleting():
    seen, unseen = live("Puce Anchor", 1, 1), live("Saffron Marble", 3, 3)
    deletion = live({"reason": "twice", "seen": ["id1"]}, 2, 2)
    assert fold({"name": [seen], "_del": [deletion]}).deleted
    assert not fold({"name": [unseen], "_del": [deletion]}).deleted


def test_a_deletion_that_had_not_seen_all_is_asked_about():
    unseen, deletion = live("Saffron Marble", 3, 3), live({"reason": "twice", "seen": ["id1"]}, 2, 2)
    fields = {"name": [unseen], "_del": [deletion]}
    assert fold(fields).conflicts == ("_del",)
    assert contradictions([fields]) == {"_del": [deletion]}


def test_between_them_two_deletions_have_seen_what_both_have_seen():
    one, two = live({"seen": ["id1"]}, 2, 2), live({"seen": []}, 3, 3)
    assert fold({"name": [live("Puce Anchor", 1, 1)], "_del": [one, two]}).deleted


def test_who_says_that_a_record_stays_contests_its_deletion():
    deletion, stays = live({"seen": ["id1"]}, 2, 2), live(None, 1, 3)
    record = fold({"name": [live("Puce Anchor", 1, 1)], "_del": [deletion, stays]})
    assert (record.deleted, record.conflicts) == (False, ("_del",))


def test_a_deletion_that_tells_nonsense_of_what_it_saw_has_seen_nothing():
    assert not fold({"name": [live("Puce Anchor", 1, 1)], "_del": [live({"seen": 5}, 2, 2)]}).deleted


def test_what_is_no_answer_is_neither_shown_nor_hinders_a_deletion():
    deletion = live({"seen": ["id1"]}, 2, 2)
    fields = {"name": [live("Puce Anchor", 1, 1)], "_same/k2": [live(True, 9, 9)], "_again/x": [live(True, 9, 9)]}
    assert fold(fields).answers == {"name": "Puce Anchor"}
    assert fold(fields | {"_del": [deletion]}).deleted


def test_of_records_that_are_one_a_deleted_one_adds_nothing_unless_all_are():
    alive, gone = (
        {"name": [live("Puce Anchor", 1, 1)]},
        {"name": [live("Fern", 9, 4)], "_del": [live({"seen": ["id4"]}, 2)]},
    )
    assert fold(alive, gone).answers == fold(gone, alive).answers == {"name": "Puce Anchor"}
    assert fold(alive, gone).conflicts == ()
    assert fold(gone, gone).deleted
