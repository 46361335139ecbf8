from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.fields import is_day
from tac_desktop.casework.typed_dates import (
    day_in_words,
    moment_in_words,
    typed_day,
    typed_parts,
    typed_time,
)

TODAY = "2026-03-12"  # a Thursday
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-03-12"),
        (" T ", "2026-03-12"),
        ("y", "2026-03-11"),
        ("yesterday", "2026-03-11"),
        ("tomorrow", "2026-03-13"),
        ("-2", "2026-03-10"),
        ("+14", "2026-03-26"),
        ("12/3", "2026-03-12"),
        ("13/3", "2025-03-13"),
        ("27 mar 19", "2019-03-27"),
        ("27mar19", "2019-03-27"),
        ("27mar 19", "2019-03-27"),
        ("27th March 2019", "2019-03-27"),
        ("27.3.2019", "2019-03-27"),
        ("27-3-19", "2019-03-27"),
        ("4 july 94", "1994-07-04"),
        ("270319", "2019-03-27"),
        ("27032019", "2019-03-27"),
        ("2019-03-27", "2019-03-27"),
        ("mon", "2026-03-09"),
        ("thursday", "2026-03-12"),
        ("fri", "2026-03-06"),
        ("29 feb", "2024-02-29"),
    ],
)
def test_a_log_date_is_understood_however_it_is_typed(text, day):
    assert typed_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "31/2", "31/2/19", "32 mar", "13/13/19", "soon", "m", "1234567", "2019-02-30", "27/3/1850", "-99999"]
)
def test_what_means_no_day_is_not_guessed(text):
    assert typed_day(text, TODAY) == ""


def test_a_day_that_may_lie_ahead_is_the_next_one():
    assert typed_day("13/3", TODAY, ahead=True) == "2026-03-13"
    assert typed_day("11/3", TODAY, ahead=True) == "2027-03-11"
    assert typed_day("mon", TODAY, ahead=True) == "2026-03-16"
    assert typed_day("thu", TODAY, ahead=True) == "2026-03-19"
    assert typed_day("29 feb", TODAY, ahead=True) == "2028-02-29"


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("27", "3", "2019"), "2019-03-27"),
        (("27", "mar", "19"), "2019-03-27"),
        (("", "3", "2019"), "2019-03"),
        (("", "", "2019"), "2019"),
        (("", "", "91"), "1991"),
        (("27", "", "2019"), ""),
        (("31", "2", "2019"), ""),
        (("27", "3", ""), ""),
        (("27", "foo", "2019"), ""),
        (("x", "3", "2019"), ""),
        (("27", "3", "201"), ""),
        (("0", "3", "2019"), ""),
    ],
)
def test_three_boxes_make_a_whole_or_a_partial_date(parts, day):
    assert typed_parts(*parts, TODAY) == day


@pytest.mark.parametrize(
    ("text", "time"),
    [("9", "09:00"), ("9.30", "09:30"), ("14:05", "14:05"), ("1405", "14:05"), ("930", "09:30"), ("2pm", "14:00"),
     ("12am", "00:00"), ("12 pm", "12:00"), ("2.30 pm", "14:30"), ("24:00", ""), ("9:60", ""), ("13pm", ""),
     ("0am", ""), ("noonish", ""), ("", "")],
)  # fmt: skip
def test_a_time_is_understood_however_it_is_typed(text, time):
    assert typed_time(text) == time


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d%m%Y", "%Y-%m-%d"]))
def test_every_day_written_out_in_full_is_understood(day, pattern):
    assert typed_day(day.strftime(pattern), TODAY) == day.isoformat()


@given(DAYS)
def test_every_day_comes_back_from_its_words_and_its_boxes(day):
    iso = day.isoformat()
    assert typed_day(day_in_words(iso), TODAY) == iso
    assert typed_parts(str(day.day), str(day.month), str(day.year), TODAY) == iso


@given(st.text(max_size=12) | st.from_regex(r"[0-9/. a-z-]{1,12}", fullmatch=True), st.booleans())
def test_whatever_is_typed_gives_a_real_day_or_nothing(text, ahead):
    day = typed_day(text, TODAY, ahead=ahead)
    assert day == "" or is_day(day)
    assert typed_time(text) == "" or len(typed_time(text)) == len("14:05")
    parts = typed_parts(text[:4], text[4:8], text[8:], TODAY)
    assert parts == "" or is_day(parts, partial=True)


def test_dates_are_read_in_words():
    assert day_in_words("2019-03-27", weekday=True) == "Wednesday 27 March 2019"
    assert day_in_words("2019-03") == "March 2019"
    assert day_in_words("2019") == "2019"
    assert day_in_words("nonsense") == "nonsense"
    assert moment_in_words("2019-03-07T14:05") == "7 March 2019, 14:05"
