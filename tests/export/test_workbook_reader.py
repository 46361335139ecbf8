"""The case tracker is read as people keep it, and what is wrong in it is told cell by cell."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tac_desktop import paths
from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.sheets import WrongCell
from tac_desktop.errors import MediumUnreadable, NotAWorkbook, NothingToImport, WorkbookTooLarge
from tac_desktop.export.workbook_reader import LARGEST_CONTENT, ReadWorkbook, read_workbook
from tests.export.workbooks import MOTHERS, Sheets, save

TODAY = "2026-11-21"
SAMPLE = paths.resources() / "sample" / "case-tracker-2022.xlsx"


def read(tmp_path: Path, sheets: Sheets, *, restricted: bool = True) -> ReadWorkbook:
    return read_workbook(save(tmp_path / "book.xlsx", sheets), TODAY, restricted=restricted)


def mother(tmp_path: Path, heading: str, value: object) -> ReadWorkbook:
    return read(tmp_path, {"Mothers": [(*MOTHERS[0], heading), (*MOTHERS[1], value)]})


def answer(book: ReadWorkbook, form: str, field: str) -> object:
    assert book.wrong == []
    return book.rows["Mothers"][0].answers[form].get(field)


def test_the_sample_is_read_without_a_wrong_cell():
    book = read_workbook(SAMPLE, TODAY, restricted=True)
    assert book.wrong == []
    assert book.unknown_columns == []
    assert len(book.rows["Mothers"]) == 35
    assert len(book.rows["Children"]) == 95


def test_headings_count_whatever_their_order_case_and_spaces(tmp_path: Path):
    book = read(tmp_path, {" mothers ": [("  PRISON", "name ", "Case  Reference"), ("send", "Teal Anchor", "A-1")]})
    assert book.rows["Mothers"][0].answers["mother"] == {"prison": "SEND", "name": "Teal Anchor", "reference": "A-1"}


def test_a_curly_apostrophe_in_a_heading_is_an_apostrophe(tmp_path: Path):
    book = read(
        tmp_path, {"Mothers": MOTHERS, "Mothers’ survey T1": [("Case reference", "Date"), ("A-1", "01/02/2022")]}
    )
    assert book.rows["Mothers' survey T1"][0].answers["mothers_survey_t1"] == {"date": "2022-02-01"}


def test_unknown_sheets_and_columns_are_reported_and_left_alone(tmp_path: Path):
    rows = [(*MOTHERS[0], "Shoe size"), (*MOTHERS[1], 38)]
    book = read(tmp_path, {"Mothers": rows, "Notes": [("anything",)]})
    assert book.unknown_sheets == ["Notes"]
    assert book.unknown_columns == [("Mothers", "Shoe size")]
    assert book.wrong == []


@pytest.mark.parametrize("value", [datetime(1990, 2, 1), "01/02/1990", "1/2/1990", "1990-02-01", " 1990-02-01 "])  # noqa: DTZ001 - spreadsheets know no zones
def test_a_date_is_a_spreadsheet_date_or_text(tmp_path: Path, value: object):
    assert answer(mother(tmp_path, "Date of birth", value), "mother", "date_of_birth") == "1990-02-01"


@pytest.mark.parametrize(
    "value", [32905, "32905", "30/02/1990", "1990-13-01", "1 Feb 1990", "01-02-1990", True, "31/12/1899"]
)
def test_what_is_no_date_is_a_wrong_cell(tmp_path: Path, value: object):
    (wrong,) = mother(tmp_path, "Date of birth", value).wrong
    assert (wrong.sheet, wrong.row, wrong.column) == ("Mothers", 2, "Date of birth")
    assert "DD/MM/YYYY" in wrong.expected


def test_a_day_in_the_future_is_wrong_where_it_must_have_come(tmp_path: Path):
    (wrong,) = mother(tmp_path, "Date of birth", "22/11/2026").wrong
    assert wrong == WrongCell("Mothers", 2, "Date of birth", "22/11/2026", "a day that is not in the future")


@pytest.mark.parametrize("text", ["White British", "white british", " WHITE_BRITISH "])
def test_a_coded_cell_holds_label_or_code_in_any_case(tmp_path: Path, text: str):
    assert answer(mother(tmp_path, "Ethnicity", text), "mother", "ethnicity") == "white_british"


def test_an_unknown_label_is_wrong_and_the_list_is_told(tmp_path: Path):
    (wrong,) = mother(tmp_path, "Ethnicity", "White Brittish").wrong
    assert wrong.found == "White Brittish"
    assert "White British" in wrong.expected


def test_several_values_stand_in_one_cell(tmp_path: Path):
    book = mother(tmp_path, "Orders known", "Care order ; placement_order;; Care order")
    assert answer(book, "baseline", "orders_known") == ("care_order", "placement_order")


def test_one_wrong_value_among_several_is_wrong_and_named(tmp_path: Path):
    (wrong,) = mother(tmp_path, "Orders known", "Care order; No such order").wrong
    assert wrong.expected.startswith("a value of the list ‘Orders’")
    assert wrong.expected.endswith("(‘No such order’ is none)")
    (wrong,) = mother(tmp_path, "McKenzie Friend dates", "01/02/2022; soon").wrong
    assert wrong.expected.endswith("(‘soon’ is none)")


def test_a_value_that_is_like_none_of_a_long_list_is_told_some_of_it(tmp_path: Path):
    (wrong,) = mother(tmp_path, "Orders known", "xyzzy").wrong
    assert "for example: " in wrong.expected
    assert wrong.expected.count(";") == 2


@pytest.mark.parametrize(("heading", "value", "wanted"), [
    ("Sentence in months", 5000, "a whole number from 0 to"), ("Prison number", "A\nB", "one line of at most"),
    ("Sentence in months", "18 months", "a whole number from 0"), ("Date of birth", "22/11/2026", "a day that is not"),
])  # fmt: skip
def test_a_wrong_cell_says_what_was_expected(tmp_path: Path, heading: str, value: object, wanted: str):
    (wrong,) = mother(tmp_path, heading, value).wrong
    assert wrong.expected.startswith(wanted)


def test_a_wrong_cell_of_several_lines_is_told_on_one(tmp_path: Path):
    (wrong,) = mother(tmp_path, "Prison number", "A\nB\u2028C").wrong
    assert wrong.found == "A B C"


@pytest.mark.parametrize(("heading", "form", "field"), [
    ("Ethnicity", "mother", "ethnicity"), ("Date of birth", "mother", "date_of_birth"), ("Name", "mother", "name"),
    ("Orders known", "baseline", "orders_known"), ("Sentence in months", "custody", "sentence_months"),
    ("Already known to Pact", "mother", "already_known_to_pact"),
    ("McKenzie Friend dates", "mckenzie_friend", "date"),
])  # fmt: skip
@pytest.mark.parametrize(("text", "state"), [("not known", NotKnown()), ("DECLINED ", Declined())])
def test_any_cell_may_hold_not_known_or_declined(tmp_path: Path, heading: str, form: str, field: str, text: str, state):
    rows = [("Case reference", heading), ("A-1", text)]
    assert answer(read(tmp_path, {"Mothers": rows}), form, field) == state


def test_the_list_s_own_word_for_not_known_is_the_same_state(tmp_path: Path):
    assert (
        answer(mother(tmp_path, "Sentence length", "Sentence length not recorded"), "custody", "sentence_length")
        == NotKnown()
    )


def test_a_reference_cannot_be_not_known(tmp_path: Path):
    assert read(tmp_path, {"Mothers": [MOTHERS[0], ("Not known", "Teal Anchor", "EP")]}).wrong


@pytest.mark.parametrize(("value", "expected"), [("Yes", True), ("no", False), (" YES ", True)])
def test_yes_and_no(tmp_path: Path, value: str, expected: object):
    assert answer(mother(tmp_path, "Already known to Pact", value), "mother", "already_known_to_pact") is expected


@pytest.mark.parametrize("value", ["y", "true", True, 1, "Perhaps"])
def test_anything_but_yes_and_no_is_wrong_in_a_yes_no_column(tmp_path: Path, value: object):
    assert mother(tmp_path, "Already known to Pact", value).wrong


@pytest.mark.parametrize("value", [18, 18.0, "18", " 18 "])
def test_a_number_may_have_been_kept_as_text(tmp_path: Path, value: object):
    assert answer(mother(tmp_path, "Sentence in months", value), "custody", "sentence_months") == 18


@pytest.mark.parametrize("value", [18.5, -1, "18 months", 5000, True])
def test_what_is_no_whole_number_in_range_is_wrong(tmp_path: Path, value: object):
    assert mother(tmp_path, "Sentence in months", value).wrong


def test_a_reference_typed_in_figures_is_text(tmp_path: Path):
    book = read(tmp_path, {"Mothers": [MOTHERS[0], (1001, "Teal Anchor", "EP")]})
    assert book.rows["Mothers"][0].reference == "1001"


def test_a_blank_cell_is_not_asked(tmp_path: Path):
    assert answer(mother(tmp_path, "Ethnicity", "   "), "mother", "ethnicity") is None


def test_an_open_list_takes_a_new_label_and_tells_it(tmp_path: Path):
    book = read(tmp_path, {"Mothers": [MOTHERS[0], ("A-1", "Teal Anchor", "HMP Styal")]})
    assert answer(book, "mother", "prison") == "HMP Styal"
    assert list(book.new_labels) == [("Prison", "HMP Styal")]


def test_a_new_label_is_one_label_in_any_case(tmp_path: Path):
    rows = [("A-1", "Teal Anchor", "HMP Styal"), ("A-2", "Puce Lantern", " hmp STYAL ")]
    book = read(tmp_path, {"Mothers": [MOTHERS[0], *rows]})
    assert [row.answers["mother"]["prison"] for row in book.rows["Mothers"]] == ["HMP Styal", "HMP Styal"]
    assert list(book.new_labels) == [("Prison", "HMP Styal")]


def test_the_spelling_of_a_new_label_is_the_same_for_readers_of_different_sheets(tmp_path: Path):
    staff = [("Response", "Prison"), ("S-1", "hmp styal")]
    sheets = {"Prison staff survey": staff, "Mothers": [MOTHERS[0], ("A-1", "Teal Anchor", "HMP Styal")]}
    for restricted in (True, False):
        book = read(tmp_path, sheets, restricted=restricted)
        assert answer(book, "mother", "prison") == "HMP Styal"


@pytest.mark.parametrize("text", ["=1+1", "+44 1632", "-", "@home", '=HYPERLINK("http://example.invalid")'])
def test_what_begins_like_a_formula_is_the_text_that_it_is(tmp_path: Path, text: str):
    assert answer(mother(tmp_path, "Prison number", text[:20]), "mother", "prison_number") == text[:20]


def test_an_error_of_the_spreadsheet_is_wrong_even_where_text_may_stand(tmp_path: Path):
    (wrong,) = mother(tmp_path, "Prison number", "#N/A").wrong
    assert wrong.found == "#N/A"


def test_every_wrong_cell_is_listed_not_only_the_first(tmp_path: Path):
    rows = [(*MOTHERS[0], "Ethnicity", "Date of birth")]
    rows += [(f"A-{n}", "Teal Anchor", "EP", "wrong", "wrong") for n in range(5)]
    assert len(read(tmp_path, {"Mothers": rows}).wrong) == 10


def test_a_row_without_case_reference_is_wrong(tmp_path: Path):
    book = read(tmp_path, {"Mothers": MOTHERS, "Referrals": [("Case reference", "Date"), (None, "01/02/2022")]})
    assert [(w.sheet, w.row, w.column) for w in book.wrong] == [("Referrals", 2, "Case reference")]


def test_a_sheet_without_the_column_of_references_is_wrong(tmp_path: Path):
    assert read(tmp_path, {"Mothers": MOTHERS, "Referrals": [("Date",), ("01/02/2022",)]}).wrong


def test_the_same_heading_twice_is_wrong(tmp_path: Path):
    rows = [("Case reference", "Name", "NAME"), ("A-1", "Teal Anchor", "Puce Anchor")]
    assert [w.found for w in read(tmp_path, {"Mothers": rows}).wrong] == ["the same heading twice"]


def test_the_same_sheet_twice_is_wrong(tmp_path: Path):
    assert read(tmp_path, {"Mothers": MOTHERS, "mothers ": MOTHERS}).wrong


def test_merged_cells_are_wrong_because_all_but_one_would_be_read_as_blank(tmp_path: Path):
    path = save(tmp_path / "book.xlsx", {"Mothers": [*MOTHERS, ("A-2", None, "EP")]})
    book = openpyxl.load_workbook(path)
    book["Mothers"].merge_cells("B2:B3")
    book.save(path)
    (wrong,) = read_workbook(path, TODAY, restricted=True).wrong
    assert (wrong.row, wrong.column, wrong.found) == (2, "B", "merged cells")


def test_a_worker_s_reader_does_not_look_at_the_manager_s_sheets(tmp_path: Path):
    sheets = {"Mothers": MOTHERS, "Mothers' survey T2": [("Case reference", "Date"), ("A-1", "no date")]}
    book = read(tmp_path, sheets, restricted=False)
    assert book.left_out == ["Mothers' survey T2"]
    assert book.wrong == []
    assert read(tmp_path, sheets).wrong


# --- files that are not what they should be ---


def test_a_workbook_without_any_of_our_sheets_is_not_taken_for_an_empty_one(tmp_path: Path):
    with pytest.raises(NothingToImport):
        read(tmp_path, {"Sheet1": MOTHERS})


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"Case reference,Name\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)]
)
def test_what_is_no_xlsx_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook):
        read_workbook(path, TODAY, restricted=True)


def test_a_missing_file_is_told_in_a_sentence(tmp_path: Path):
    with pytest.raises(MediumUnreadable, match="no such file"):
        read_workbook(tmp_path / "no.xlsx", TODAY, restricted=True)


@pytest.mark.parametrize("cut", [40, 1000, 20_000])
def test_a_truncated_workbook_is_refused(tmp_path: Path, cut: int):
    path = tmp_path / "book.xlsx"
    path.write_bytes(SAMPLE.read_bytes()[:-cut])
    with pytest.raises(NotAWorkbook):
        read_workbook(path, TODAY, restricted=True)


def test_any_flipped_byte_is_read_the_same_or_refused(tmp_path: Path):
    whole = bytearray(SAMPLE.read_bytes())
    path = tmp_path / "book.xlsx"
    for place in range(7, len(whole), 1777):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        path.write_bytes(damaged)
        try:
            book = read_workbook(path, TODAY, restricted=True)
        except (NotAWorkbook, NothingToImport, WorkbookTooLarge):
            continue
        assert book.rows


def changed_part(tmp_path: Path, name: str, content: bytes) -> Path:
    """Return the sample with one part of it replaced."""
    path, out = tmp_path / "book.xlsx", io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part))
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("listed", [True, False])
def test_a_workbook_whose_sheet_is_missing_from_the_file_is_refused(tmp_path: Path, listed: bool):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "[Content_Types].xml" and not listed:
                content = re.sub(rb'<Override[^>]*?/xl/worksheets/sheet2\.xml"[^>]*?/>', b"", content)
            if part.filename != "xl/worksheets/sheet2.xml":
                new.writestr(part.filename, content)
    with pytest.raises(NotAWorkbook, match="names a sheet that its file does not hold"):
        read_workbook(path, TODAY, restricted=True)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path):
    path = tmp_path / "book.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(LARGEST_CONTENT // (1 << 20) + 1):
            part.write(bytes(1 << 20))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(WorkbookTooLarge):
        read_workbook(path, TODAY, restricted=True)


def test_entities_that_expand_are_refused(tmp_path: Path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(NotAWorkbook):
        read_workbook(changed_part(tmp_path, "xl/worksheets/sheet1.xml", bomb), TODAY, restricted=True)


def test_a_file_of_another_person_s_computer_is_not_fetched(tmp_path: Path):
    inside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    with pytest.raises(NotAWorkbook):
        read_workbook(changed_part(tmp_path, "xl/worksheets/sheet1.xml", inside), TODAY, restricted=True)


def test_a_sheet_that_lies_about_its_size_is_read_by_its_cells(tmp_path: Path):
    cells = "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in zip("ABC", MOTHERS[0], strict=True)
    )
    last = "".join(
        f'<c r="{c}1048576" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in zip("ABC", MOTHERS[1], strict=True)
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        f'<sheetData><row r="1">{cells}</row><row r="1048576">{last}</row></sheetData></worksheet>'
    )
    book = read_workbook(changed_part(tmp_path, "xl/worksheets/sheet1.xml", sheet.encode()), TODAY, restricted=True)
    assert [row.number for row in book.rows["Mothers"]] == [1_048_576]
