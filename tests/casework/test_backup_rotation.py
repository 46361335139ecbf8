"""Which backups stay, for any life of a vault."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.backup_rotation import DAYS, LATEST, MONTHS, WEEKS, is_due, is_stale, kept

START = datetime(2024, 1, 1, 9, 0)  # noqa: DTZ001 - the clock on the wall
moments = st.integers(0, 3 * 365 * 24).map(lambda hours: START + timedelta(hours=hours))
lives = st.lists(moments, max_size=120).map(lambda found: {f"b{n}": made for n, made in enumerate(sorted(found))})


@given(lives)
def test_the_latest_backup_always_stays(made):
    if made:
        assert max(made, key=lambda name: (made[name], name)) in kept(made)


@given(lives)
def test_only_backups_that_are_there_stay_and_never_more_than_the_rule_allows(made):
    assert kept(made) <= made.keys()
    assert len(kept(made)) <= LATEST + DAYS + WEEKS + MONTHS


@given(lives)
def test_what_stays_once_stays_when_it_is_asked_again(made):
    stay = kept(made)
    assert kept({name: made[name] for name in stay}) == stay


@given(lives, st.sets(st.integers(0, 119)))
def test_what_stays_does_not_depend_on_how_often_older_ones_were_removed(made, removals):
    """Removing after some backups and not after others comes to the same as removing once at the end."""
    shelf: dict[str, datetime] = {}
    for number, (name, moment) in enumerate(made.items()):
        shelf[name] = moment
        if number in removals:
            shelf = {name: shelf[name] for name in kept(shelf)}
    assert kept(shelf) == kept(made)


@given(lives)
def test_each_of_the_last_days_weeks_and_months_keeps_its_latest(made):
    stay = [made[name] for name in kept(made)]
    for count, stretch in (
        (DAYS, lambda moment: moment.date()),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    ):
        latest = {stretch(moment): moment for moment in made.values()}
        for moment in sorted(latest.values())[-count:]:
            assert moment in stay


def test_a_year_of_daily_backups_comes_down_to_a_score():
    made = {f"b{day:03}": START + timedelta(days=day) for day in range(366)}
    stay = sorted(made[name] for name in kept(made))
    assert len(stay) == 20  # 7 days, 3 weeks more and 10 months more
    assert stay[-7:] == [START + timedelta(days=day) for day in range(359, 366)]
    assert stay[0].date().isoformat() == "2024-01-31"


def test_a_vault_that_rested_for_a_year_keeps_what_it_has():
    made = {"old": START, "new": START + timedelta(days=400)}
    assert kept(made) == {"old", "new"}


def test_a_backup_is_due_when_today_has_none():
    now = datetime(2026, 3, 3, 8, 0)  # noqa: DTZ001
    assert is_due([], now)
    assert is_due([datetime(2026, 3, 2, 23, 59)], now)  # noqa: DTZ001
    assert not is_due([datetime(2026, 3, 3, 0, 1)], now)  # noqa: DTZ001


@given(st.integers(-100, 100))
def test_a_warning_is_due_without_a_good_backup_of_the_last_seven_days(hours):
    now = datetime(2026, 3, 3, 8, 0)  # noqa: DTZ001
    assert is_stale([], now)
    assert is_stale([now - timedelta(days=7, hours=abs(hours))], now)
    assert not is_stale([now - timedelta(days=7, hours=-abs(hours) - 1), now - timedelta(days=30)], now)


def test_a_backup_from_a_future_that_a_wrong_clock_told_hides_no_warning():
    now = datetime(2026, 3, 3, 8, 0)  # noqa: DTZ001
    assert is_stale([now + timedelta(days=900)], now)
    assert not is_stale([now + timedelta(hours=20)], now)
