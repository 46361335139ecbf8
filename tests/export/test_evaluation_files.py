"""The evaluation report as a paper and as a workbook."""

import io
import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tac_desktop.export.evaluation_pdf import evaluation_document
from tac_desktop.export.evaluation_xlsx import evaluation_workbook
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages

QUARTERS = tuple({"key": f"Q{n}", "label": f"Quarter {n}", "base": None} for n in range(8))
REPORT = {
    "as_of": "2022-05-31",
    "tables": [
        {
            "id": "R1.T1", "title": "Known as a child", "unit": "mothers", "base_rule": "all mothers", "report": 1,
            "multiple_response": False,
            "columns": [{"key": "EP", "label": "HMP Eastwood Park", "base": 19},
                        {"key": "S", "label": "Send", "base": 7}],
            "rows": [
                {"key": "yes", "label": "Yes", "cells": {"EP": {"n": 5, "pct": 26}, "S": {"n": 3, "pct": 43}}},
                {"key": "no", "label": '=HYPERLINK("x")', "cells": {"EP": {"n": 14, "pct": None},
                                                                   "S": {"n": None, "pct": None}}},
            ],
        },
        {
            "id": "R1.T3", "title": "Starts", "unit": "", "base_rule": "", "report": 1, "multiple_response": True,
            "columns": QUARTERS,
            "rows": [{"key": "EP", "label": "+44 EP",
                      "cells": {f"Q{n}": {"n": 100 + n, "pct": None} for n in range(8)}}],
        },
    ],
    "statements": [{"id": "R1.cases", "n": 35, "pct": None, "base": None, "value": None}],
}  # fmt: skip


def test_the_paper_shows_every_number_with_its_share_and_base():
    with PdfPages(draw_whole(evaluation_document(REPORT, "2022-06-30")).content) as pages:
        text = "".join(pages.text(page) for page in range(len(pages)))
    for shown in ("As known on 31 May 2022", "R1.T1", "5 (26%)", "3 (43%)", "Base (n)", "19", "R1.cases", "35",
                  "FOR INSIDE USE", "One may count in several rows"):  # fmt: skip
        assert shown in text
    assert all(str(100 + quarter) in text for quarter in range(8))


def test_a_number_that_is_held_back_is_a_star():
    with PdfPages(draw_whole(evaluation_document(REPORT, "2022-06-30", released=True)).content) as pages:
        text = pages.text(0)
    assert "*" in text
    assert "FOR INSIDE USE" not in text


def test_the_workbook_holds_numbers_and_no_formula():
    book = load_workbook(io.BytesIO(evaluation_workbook(REPORT)))
    assert book.sheetnames == ["About", "R1.T1", "R1.T3", "Statements"]
    sheet = book["R1.T1"]
    assert [cell.value for cell in sheet[5]] == ["Yes", 5, 26, 3, 43]
    assert sheet["A6"].value == '=HYPERLINK("x")'
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert book["R1.T3"]["A5"].data_type == "s"
    assert [cell.value for cell in book["Statements"][2]] == ["R1.cases", 35, None, None, None]


def test_no_table_goes_through_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    assert load_workbook(io.BytesIO(evaluation_workbook(REPORT))).sheetnames


def contested():
    """The report with two marked figures, one base among them."""
    first, *others = REPORT["tables"]
    column, *columns = first["columns"]
    row, *rows = first["rows"]
    cells = {**row["cells"], "EP": {"n": 5, "pct": 26, "contested": True}}
    marked = {**first, "columns": [{**column, "contested": True}, *columns], "rows": [{**row, "cells": cells}, *rows]}
    said = [{**REPORT["statements"][0], "contested": True}]
    told = {"open": 1200, "figures": 3, "untried": 7}
    return {**REPORT, "tables": [marked, *others], "statements": said, "contradictions": told}


def test_a_figure_that_rests_on_an_open_contradiction_is_marked_on_paper():
    with PdfPages(draw_whole(evaluation_document(contested(), "2022-06-30")).content) as pages:
        text = "".join(pages.text(page) for page in range(len(pages)))
    assert "5 (26%) †" in text
    assert "19 †" in text
    assert "R1.cases †" in text
    assert "3 (43%) †" not in text
    for words in ("1,200 questions have several answers", "3 figures rest on them", "7 of these questions"):
        assert words in " ".join(text.split())


def test_a_marked_figure_stays_a_number_in_the_workbook():
    book = load_workbook(io.BytesIO(evaluation_workbook(contested())))
    sheet = book["R1.T1"]
    assert (sheet["B5"].value, sheet["B5"].data_type) == (5, "n")
    assert "†" in sheet["B5"].number_format
    assert "†" in sheet["B7"].number_format
    assert "†" not in sheet["D5"].number_format
    assert book["Statements"]["A2"].value == "R1.cases †"
    assert "1,200 questions" in book["About"]["B3"].value
