"""What leaves as a workbook is text, dates and numbers, never a formula, and reads back the same."""

import io
from pathlib import Path

import openpyxl
import pytest

from tac_desktop.casework.answers import Answers, Declined, NotKnown
from tac_desktop.casework.codelists import label
from tac_desktop.casework.record import Record, case_file_id, derived_id
from tac_desktop.export.workbook_reader import read_workbook
from tac_desktop.export.workbook_writer import write_workbook

CASE = case_file_id("A-1")
TODAY = "2026-11-21"


def record(form: str, answers: Answers, name: str = "") -> Record:
    made = CASE if form == "mother" else derived_id("test", form, name)
    return Record(id=made, form=form, version=1, case_file=CASE, stream=CASE, answers=answers)


def mother(**more) -> Record:
    return record("mother", {"reference": "A-1", "name": "Teal Anchor", "prison": "EP"} | more)


NASTY = [
    "=1+1", "+44 1632 960", "-5", "@home", "=cmd|' /C calc'!A0", "#N/A", "#DIV/0!", "007", "1e5", "TRUE", "31/12/2020",
    "'apostrophe", "_x000D_", "_x0041_", "a;b", "<b>&amp;", '"quoted"', "Ŵynne-Gŷfon", "日本語", "😀", "trailing.",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_text_stays_the_text_that_it_is(tmp_path: Path, text: str):
    path = tmp_path / "out.xlsx"
    path.write_bytes(write_workbook({"mother": [mother(name=text)]}, restricted=False))
    cell = openpyxl.load_workbook(path)["Mothers"]["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
    book = read_workbook(path, TODAY, restricted=False)
    assert book.wrong == []
    assert book.rows["Mothers"][0].answers["mother"]["name"] == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_what_looks_like_a_formula_stays_text_when_somebody_edits_it(text: str):
    content = write_workbook({"mother": [mother(name=text)]}, restricted=False)
    assert openpyxl.load_workbook(io.BytesIO(content))["Mothers"]["B2"].quotePrefix


def test_dates_are_dates_numbers_numbers_and_states_words():
    custody = record("custody", {"sentence_months": 18, "life_or_indeterminate": False, "legal_status": "sentenced"})
    content = write_workbook(
        {"mother": [mother(date_of_birth="1990-02-01", ethnicity=NotKnown("why"), prison_number=Declined())],
         "custody": [custody]}, restricted=False,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Mothers"]
    cells = {sheet.cell(1, column).value: sheet.cell(2, column) for column in range(1, sheet.max_column + 1)}
    assert cells["Date of birth"].is_date
    assert cells["Date of birth"].number_format == "DD/MM/YYYY"
    wanted = {"Sentence in months": 18, "Life or indeterminate": "No", "Legal status": "Sentenced",
              "Ethnicity": "Not known", "Prison number": "Declined", "Prison": "HMP Eastwood Park"}  # fmt: skip
    assert {heading: cells[heading].value for heading in wanted} == wanted


def test_the_first_custody_is_the_one_at_referral():
    later = record("custody", {"from_date": "2022-05-01", "legal_status": "recall"}, "later")
    first = record("custody", {"legal_status": "remand"}, "first")
    content = write_workbook({"mother": [mother()], "custody": [later, first]}, restricted=False)
    assert "On remand" in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content))["Mothers"][2]]


def test_a_child_s_row_tells_where_it_lived_at_referral():
    child = record("child", {"child_reference": "C1", "social_worker": "w"})
    worker = Record(id="w", form="childrens_social_worker", version=1, case_file=CASE, stream=CASE,
                    answers={"worker_reference": "SW1"})  # fmt: skip
    homes = [
        record("placement", {"child": child.id, "at_referral": at_referral, "arrangement": home}, home)
        for at_referral, home in ((False, "adopted"), (True, "foster_care"))
    ]
    content = write_workbook(
        {"mother": [mother()], "child": [child], "placement": homes, "childrens_social_worker": [worker]},
        restricted=False,
    )
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content))["Children"][2]]
    assert row[:2] == ["A-1", "C1"]
    assert "SW1" in row
    assert "Foster care" in row
    assert label("care_arrangement", "adopted") not in row


def test_a_vault_without_cases_gives_the_sheets_with_their_headings():
    book = openpyxl.load_workbook(io.BytesIO(write_workbook({}, restricted=True)))
    assert len(book.sheetnames) == 14
    assert [sheet.max_row for sheet in book] == [1] * 14


def test_what_was_added_to_a_tracker_stands_on_a_sheet_of_its_own_that_is_only_read(tmp_path: Path):
    came = record("tracker_return", {"tracker_form": "follow_up", "received": "2026-11-02"})
    baseline = record("baseline", {"first_meeting": "2026-05-02"})
    added = [
        record("addendum", {"record": to.id, "kind": "correction", "at": at, "name": "Sage Beacon", "text": text}, text)
        for to, at, text in (
            (came, "2026-11-21T09:30", "=She moved on the 19th."), (baseline, "2026-06-01T10:00", "It was the 3rd.")
        )
    ]  # fmt: skip
    lost = record("addendum", {"record": derived_id("nowhere"), "kind": "correction", "text": "Of a paper."}, "lost")
    recorded = {"mother": [mother()], "tracker_return": [came], "baseline": [baseline], "addendum": [*added, lost]}
    path = tmp_path / "out.xlsx"
    path.write_bytes(write_workbook(recorded, restricted=False))
    rows = list(openpyxl.load_workbook(path)["Addenda"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[3], row[5], row[6]) for row in rows] == [
        ("A-1", "Baseline tracker", label("addendum_kind", "correction"), "Sage Beacon", "It was the 3rd."),
        ("A-1", label("tracker_form_type", "follow_up"), label("addendum_kind", "correction"), "Sage Beacon",
         "=She moved on the 19th."),
    ]  # fmt: skip
    assert [str(cell)[:10] for cell in rows[1][2::2]] == ["2026-11-02", "2026-11-21", "=She moved"]
    book = read_workbook(path, TODAY, restricted=False)
    assert (book.wrong, book.unknown_sheets, book.only_read) == ([], [], ["Addenda"])
    assert "Addenda" not in openpyxl.load_workbook(
        io.BytesIO(write_workbook({"mother": [mother()], "addendum": [lost]}, restricted=False))
    )
