import pytest

from tac_desktop.ui.words import due_words

TODAY = "2026-03-12"


@pytest.mark.parametrize(("day", "words", "tone"), [
    ("", "Nothing due", ""),
    ("2026-03-11", "1 day overdue", "danger"),
    ("2025-03-13", "364 days overdue", "danger"),
    ("2025-03-12", "1 year overdue", "danger"),
    ("2024-03-13", "1 year overdue", "danger"),
    ("2022-02-28", "4 years overdue", "danger"),
    ("2026-03-12", "today", "warn"),
    ("2026-03-19", "in 7 days", "warn"),
    ("2026-03-20", "20 Mar 2026", ""),
])  # fmt: skip
def test_how_far_away_a_day_is_stands_in_words_that_fit_a_column(day: str, words: str, tone: str):
    assert due_words(day, TODAY) == (words, tone)
