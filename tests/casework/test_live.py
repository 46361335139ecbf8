"""Which live answer is shown, and when several contradict each other."""

from tac_desktop.casework.live import Live, fold


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
