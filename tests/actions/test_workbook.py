"""A case tracker goes into a real vault, comes again in a later state, and comes out as it went in."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tac_desktop import paths
from tac_desktop.actions import addenda, seals
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.workbook import ImportReport, export_workbook, import_workbook
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.casework.sheets import WrongCell
from tac_desktop.errors import CannotWrite, NotAllowed, UnknownPrison
from tests.actions.conftest import NOW, Desk, MakeDesk
from tests.export.workbooks import MOTHERS, Sheets, save

SAMPLE = paths.resources() / "sample" / "case-tracker-2022.xlsx"
A1 = case_file_id("A-1")
LATER = NOW + timedelta(days=40)

REFERRALS = ("Case reference", "Date", "Source", "Type")
EPISODES = ("Case reference", "Opened", "Opened because", "Closed", "Closed because")


def take_in(desk: Desk, tmp_path: Path, sheets: Sheets, now=NOW, **how: Any) -> ImportReport:
    return import_workbook(desk.vault, desk.store, save(tmp_path / "book.xlsx", sheets), now=now, **how)


def everything(desk: Desk) -> dict[str, Mapping[str, Any]]:
    return {record.id: record.answers for form in forms.ALL for record in desk.store.records(form)}


def only(desk: Desk, form: str) -> Record:
    (record,) = desk.store.records(form)
    return record


# --- the sample ---


def test_a_manager_takes_in_every_row_of_the_sample(manager: Desk):
    report = import_workbook(manager.vault, manager.store, SAMPLE, now=NOW)
    assert report.imported
    assert (report.rows, sum(report.new.values()), report.wrong, report.disagreements) == (414, 619, (), ())
    assert len(manager.store.records("mothers_survey_t2", manager.store.records("mother")[-1].id)) <= 1
    assert len(manager.store.records("practitioner_survey")) == 5


def test_the_same_workbook_again_changes_nothing_and_says_so(manager: Desk):
    import_workbook(manager.vault, manager.store, SAMPLE, now=NOW)
    before = everything(manager)
    report = import_workbook(manager.vault, manager.store, SAMPLE, now=LATER)
    assert (report.imported, report.new, report.changed, report.known, report.gone) == (False, {}, {}, 619, ())
    assert everything(manager) == before


def test_a_worker_s_vault_leaves_out_what_only_a_manager_may_read(worker: Desk):
    report = import_workbook(worker.vault, worker.store, SAMPLE, now=NOW)
    assert report.left_out == ("Mothers' survey T2", "Practitioner survey", "Evaluation activities")
    for form in ("mothers_survey_t2", "practitioner_survey", "evaluation_activity"):
        assert worker.store.records(form) == []


def test_one_prison_s_mothers_come_with_what_hangs_on_them(worker: Desk):
    report = import_workbook(worker.vault, worker.store, SAMPLE, now=NOW, prison="hmp eastwood park")
    assert {mother.text("prison") for mother in worker.store.records("mother")} == {"EP"}
    assert {r.text("reference")[:3] for r in worker.store.records("mother")} == {"EP-"}
    cases = {mother.id for mother in worker.store.records("mother")}
    assert {record.case_file for form in forms.ALL for record in worker.store.records(form)} == cases
    assert report.other_prisons == 178


def test_a_prison_that_nobody_knows_is_refused(worker: Desk):
    with pytest.raises(UnknownPrison):
        import_workbook(worker.vault, worker.store, SAMPLE, now=NOW, prison="HMP Nowhere")


def test_a_dry_run_tells_the_same_and_writes_nothing(worker: Desk):
    dry = import_workbook(worker.vault, worker.store, SAMPLE, now=NOW, dry_run=True)
    assert everything(worker) == {}
    real = import_workbook(worker.vault, worker.store, SAMPLE, now=NOW)
    assert (dry.new, dry.imported, real.imported) == (real.new, False, True)


def test_two_vaults_that_import_the_same_workbook_make_the_same_records(manager: Desk, worker: Desk):
    import_workbook(manager.vault, manager.store, SAMPLE, now=NOW)
    import_workbook(worker.vault, worker.store, SAMPLE, now=LATER, prison="SEND")
    for record, answers in everything(worker).items():
        assert everything(manager)[record] == answers


def test_an_administrator_takes_in_no_cases(make_desk: MakeDesk):
    admin = make_desk("admin")
    with pytest.raises(NotAllowed):
        import_workbook(admin.vault, admin.store, SAMPLE, now=NOW)


# --- known on ---


def test_first_answers_are_known_from_their_own_date_and_a_mother_s_from_her_first_referral(
    worker: Desk, tmp_path: Path
):
    take_in(worker, tmp_path, {
        "Mothers": [(*MOTHERS[0], "Legal status", "Needs identified by the mother", "First meeting date"),
                    (*MOTHERS[1], "Sentenced", None, "20/02/2022")],
        "Children": [("Case reference", "Child reference"), ("A-1", "C1")],
        "Referrals": [REFERRALS, ("A-1", "10/03/2022", None, "Re-referral"), ("A-1", "01/02/2022", None, "Initial")],
        "Proceedings": [("Case reference", "Started by", "Status", "Started"),
                        ("A-1", "Local authority (public law)", "Ongoing", "05/06/2021"),
                        ("A-1", "Mother", "Application sought", None)],
    })  # fmt: skip
    known = {form: sorted(r.known_on for r in worker.store.records(form)) for form in forms.ALL}
    for form in ("mother", "custody", "baseline", "child"):
        assert known[form] == ["2022-02-01"]
    assert known["referral"] == ["2022-02-01", "2022-03-10"]
    assert known["proceedings"] == ["2021-06-05", "2022-02-01"]


def test_later_changes_are_known_from_the_day_of_the_import(worker: Desk, tmp_path: Path):
    sheets = {"Mothers": MOTHERS, "Episodes": [EPISODES, ("A-1", "01/02/2022", "Initial", None, None)]}
    take_in(worker, tmp_path, sheets)
    later = {**sheets, "Episodes": [EPISODES, ("A-1", "01/02/2022", "Initial", "01/09/2022", "Released from prison")]}
    report = take_in(worker, tmp_path, later, LATER)
    assert (report.new, report.changed) == ({}, {"episode": 1})
    assert only(worker, "episode").text("closed") == "2022-09-01"
    assert worker.store.records("episode", known_on=NOW.date().isoformat())[0].text("closed") == ""


# --- matching ---


def dates(desk: Desk) -> dict[str, str]:
    return {record.text("date"): record.id for record in desk.store.records("referral")}


def referrals(*days: str) -> Sheets:
    return {"Mothers": MOTHERS, "Referrals": [REFERRALS, *(("A-1", day, None, None) for day in days)]}


def test_a_row_put_in_between_is_new_and_the_others_stay_what_they_were(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, referrals("01/02/2022", "01/08/2022"))
    before = dates(worker)
    report = take_in(worker, tmp_path, referrals("01/08/2022", "01/05/2022", "01/02/2022"))
    assert (report.new, report.changed) == ({"referral": 1}, {})
    assert before.items() <= dates(worker).items()


def test_a_corrected_date_changes_the_row_that_stands_in_its_place(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, referrals("01/02/2022", "01/08/2022"))
    before = dates(worker)
    report = take_in(worker, tmp_path, referrals("03/02/2022", "01/08/2022"))
    assert (report.new, report.changed) == ({}, {"referral": 1})
    assert dates(worker) == {"2022-02-03": before["2022-02-01"], "2022-08-01": before["2022-08-01"]}


def test_a_row_that_was_changed_is_known_by_its_date_even_if_an_earlier_one_is_gone(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, referrals("01/02/2022", "01/08/2022"))
    before = dates(worker)
    report = take_in(worker, tmp_path, {"Referrals": [REFERRALS, ("A-1", "01/08/2022", "school", None)]})
    assert (report.changed, [gone.day for gone in report.gone]) == ({"referral": 1}, ["2022-02-01"])
    assert dates(worker) == before
    assert worker.store.record(before["2022-08-01"]).text("source") == "school"


def test_equal_rows_are_told_apart_by_their_count(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, referrals("01/02/2022", "01/02/2022"))
    assert len(worker.store.records("referral")) == 2
    report = take_in(worker, tmp_path, referrals(*["01/02/2022"] * 3))
    assert (report.new, report.changed, report.known) == ({"referral": 1}, {}, 3)


def test_a_row_that_is_gone_is_reported_and_kept(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, referrals("01/02/2022", "01/08/2022"))
    report = take_in(worker, tmp_path, referrals("01/08/2022"))
    assert [(gone.sheet, gone.reference, gone.day) for gone in report.gone] == [("Referrals", "A-1", "2022-02-01")]
    assert (report.imported, len(worker.store.records("referral"))) == (False, 2)


def test_the_order_of_the_rows_does_not_matter(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, referrals("01/02/2022", "01/08/2022", "02/08/2022"))
    assert not take_in(worker, tmp_path, referrals("02/08/2022", "01/02/2022", "01/08/2022")).imported


def test_a_referral_written_by_hand_is_the_same_as_its_row(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, {"Mothers": MOTHERS})
    save_answers(
        worker.store, worker.person, forms.ALL["referral"], answers={"date": "2022-02-01", "reason": "x"}, now=NOW,
        case_file=A1,
    )  # fmt: skip
    assert not take_in(worker, tmp_path, referrals("01/02/2022")).imported


def test_a_blank_cell_takes_nothing_back(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, {"Mothers": [(*MOTHERS[0], "Ethnicity"), (*MOTHERS[1], "black")]})
    assert not take_in(worker, tmp_path, {"Mothers": MOTHERS}).imported
    assert only(worker, "mother").text("ethnicity") == "black"


def test_a_label_that_the_vault_holds_in_another_case_changes_nothing(manager: Desk, tmp_path: Path):
    take_in(manager, tmp_path, {"Mothers": [MOTHERS[0], ("A-1", "Teal Anchor", "HMP Styal")]})
    report = take_in(manager, tmp_path, {"Mothers": [MOTHERS[0], ("A-1", "Teal Anchor", "hmp styal")]}, now=LATER)
    assert (report.imported, report.changed) == (False, {})
    assert only(manager, "mother").text("prison") == "HMP Styal"


def test_a_set_becomes_what_the_cell_says(worker: Desk, tmp_path: Path):
    column = (*MOTHERS[0], "Orders known")
    take_in(worker, tmp_path, {"Mothers": [column, (*MOTHERS[1], "Care order; Placement order")]})
    take_in(worker, tmp_path, {"Mothers": [column, (*MOTHERS[1], "Placement order")]})
    assert only(worker, "baseline").answers["orders_known"] == ("placement_order",)
    take_in(worker, tmp_path, {"Mothers": [column, (*MOTHERS[1], "Not known")]})
    take_in(worker, tmp_path, {"Mothers": [column, (*MOTHERS[1], "Care order")]})
    assert only(worker, "baseline").answers["orders_known"] == ("care_order",)


def test_each_mckenzie_friend_date_is_a_record_of_its_own(worker: Desk, tmp_path: Path):
    column = (*MOTHERS[0], "McKenzie Friend dates")
    take_in(worker, tmp_path, {"Mothers": [column, (*MOTHERS[1], "01/02/2022; 03/03/2022")]})
    report = take_in(worker, tmp_path, {"Mothers": [column, (*MOTHERS[1], "03/03/2022; 01/02/2022; 04/04/2022")]})
    assert report.new == {"mckenzie_friend": 1}
    assert [r.text("date") for r in worker.store.records("mckenzie_friend")] == [
        "2022-02-01",
        "2022-03-03",
        "2022-04-04",
    ]


def test_a_child_is_tied_to_its_social_worker_by_reference(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, {
        "Mothers": MOTHERS,
        "Children": [("Case reference", "Child reference", "Social worker reference", "Care arrangement at referral"),
                     ("A-1", "C1", "SW1", "Foster care")],
        "Social workers": [("Case reference", "Social worker reference", "Local authority"), ("A-1", "SW1", "Kent")],
    })  # fmt: skip
    assert only(worker, "child").text("social_worker") == only(worker, "childrens_social_worker").id
    home = only(worker, "placement")
    assert (home.text("child"), home.answers["at_referral"]) == (only(worker, "child").id, True)


def test_rows_of_a_mother_who_is_in_the_vault_need_no_row_on_the_first_sheet(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, {"Mothers": MOTHERS})
    assert take_in(worker, tmp_path, {"Referrals": [REFERRALS, ("A-1", "01/02/2022", None, None)]}).imported


# --- all or nothing ---


def wrong(desk: Desk, tmp_path: Path, sheets: Sheets) -> tuple[WrongCell, ...]:
    report = take_in(desk, tmp_path, sheets)
    assert not report.imported
    assert everything(desk) == {}
    return report.wrong


def test_a_reference_to_no_mother_is_wrong(worker: Desk, tmp_path: Path):
    rows = [REFERRALS, ("A-2", "01/02/2022", None, None)]
    (cell,) = wrong(worker, tmp_path, {"Mothers": MOTHERS, "Referrals": rows})
    assert (cell.sheet, cell.row, cell.column, cell.found) == ("Referrals", 2, "Case reference", "A-2")


def test_two_mothers_with_one_reference_are_wrong(worker: Desk, tmp_path: Path):
    cells = wrong(worker, tmp_path, {"Mothers": [*MOTHERS, ("A-1", "Puce Kettle", "EP")]})
    assert (cells[0].row, cells[0].column) == (3, "Case reference")


def test_a_child_born_after_its_due_date_is_wrong(worker: Desk, tmp_path: Path):
    head = ("Case reference", "Child reference", "Date of birth", "Due date")
    (cell,) = wrong(
        worker, tmp_path, {"Mothers": MOTHERS, "Children": [head, ("A-1", "C1", "03/02/2022", "01/02/2022")]}
    )
    assert (cell.sheet, cell.row, cell.column) == ("Children", 2, "Date of birth")


def test_the_recorded_due_date_counts_where_the_cell_is_blank(worker: Desk, tmp_path: Path):
    head = ("Case reference", "Child reference", "Date of birth", "Due date")
    take_in(worker, tmp_path, {"Mothers": MOTHERS, "Children": [head, ("A-1", "C1", None, "01/02/2022")]})
    report = take_in(worker, tmp_path, {"Children": [head, ("A-1", "C1", "03/02/2022", None)]})
    assert [cell.column for cell in report.wrong] == ["Date of birth"]


@pytest.mark.parametrize(("sheet", "rows", "column"), [
    ("Episodes", [EPISODES, ("A-1", "01/02/2022", "Initial", "31/01/2022", None)], "Closed"),
    ("Proceedings", [("Case reference", "Started", "Ended"), ("A-1", "01/02/2022", "31/01/2022")], "Ended"),
    ("Referrals", [REFERRALS, ("A-1", None, None, "Initial")], "Date"),
    ("Children", [("Case reference", "Child reference"), ("A-1", "C1"), ("A-1", "C1")], "Child reference"),
    ("Social workers", [("Case reference", "Social worker reference"), ("A-1", "S"), ("A-1", "S")],
     "Social worker reference"),
])  # fmt: skip
def test_rows_that_contradict_themselves_or_each_other_are_wrong(
    worker: Desk, tmp_path: Path, sheet: str, rows: list, column: str
):
    (cell,) = wrong(worker, tmp_path, {"Mothers": MOTHERS, sheet: rows})
    assert (cell.sheet, cell.column) == (sheet, column)


def test_a_social_worker_s_reference_that_leads_nowhere_is_wrong(worker: Desk, tmp_path: Path):
    (cell,) = wrong(worker, tmp_path, {
        "Mothers": MOTHERS,
        "Children": [("Case reference", "Child reference", "Social worker reference"), ("A-1", "C1", "SW2")],
        "Social workers": [("Case reference", "Social worker reference"), ("A-1", "SW1")],
    })  # fmt: skip
    assert (cell.sheet, cell.column, cell.found) == ("Children", "Social worker reference", "SW2")


def test_without_a_sheet_of_social_workers_their_references_are_taken_at_their_word(worker: Desk, tmp_path: Path):
    take_in(worker, tmp_path, {
        "Mothers": MOTHERS,
        "Children": [("Case reference", "Child reference", "Social worker reference"), ("A-1", "C1", "SW2")],
    })  # fmt: skip
    assert only(worker, "childrens_social_worker").text("worker_reference") == "SW2"


def test_one_wrong_cell_anywhere_keeps_everything_out(worker: Desk, tmp_path: Path):
    path = tmp_path / "sample.xlsx"
    book = openpyxl.load_workbook(SAMPLE)
    book["Tracker returns"]["B40"] = "Baselin"
    book.save(path)
    report = import_workbook(worker.vault, worker.store, path, now=NOW)
    assert [(cell.sheet, cell.row, cell.column, cell.found) for cell in report.wrong] == [
        ("Tracker returns", 40, "Form", "Baselin")
    ]
    assert everything(worker) == {}


# --- columns that disagree ---


@pytest.mark.parametrize(("sheets", "column"), [
    ({"Mothers": [(*MOTHERS[0], "Sentence in months", "Sentence length"), (*MOTHERS[1], 40, "1_lt3y")]},
     "Sentence length"),
    ({"Mothers": [(*MOTHERS[0], "Family Court involvement"), (*MOTHERS[1], "No involvement")],
      "Proceedings": [("Case reference", "Started by", "Status"), ("A-1", "Local authority (public law)", "Ongoing")]},
     "Family Court involvement"),
    ({"Mothers": [(*MOTHERS[0], "Mother and Baby Unit"), (*MOTHERS[1], "On MBU with child at referral")],
      "Children": [("Case reference", "Child reference", "Care arrangement at referral"),
                   ("A-1", "C1", "foster_care")]},
     "Mother and Baby Unit"),
    ({"Mothers": MOTHERS,
      "Children": [("Case reference", "Child reference", "Social worker reference", "Local authority"),
                   ("A-1", "C1", "S", "Kent")],
      "Social workers": [("Case reference", "Social worker reference", "Local authority"), ("A-1", "S", "Devon")]},
     "Local authority"),
])  # fmt: skip
def test_columns_that_disagree_are_a_warning_and_no_error(worker: Desk, tmp_path: Path, sheets: Sheets, column: str):
    report = take_in(worker, tmp_path, sheets)
    assert report.imported
    assert [(d.reference, d.column) for d in report.disagreements] == [("A-1", column)]


def test_what_cannot_be_beside_the_rest_of_a_case_file_is_taken_in_and_told(worker: Desk, tmp_path: Path):
    sheets = {
        "Mothers": MOTHERS,
        "Children": [("Case reference", "Child reference", "Unborn", "Household"), ("A-1", "C1", "Yes", "H1")],
        "Episodes": [("Case reference", "Opened"), ("A-1", date(2022, 1, 3)), ("A-1", date(2022, 3, 1))],
    }
    report = take_in(worker, tmp_path, sheets)
    assert report.imported
    told = [(one.sheet, one.row, one.sentence.partition(".")[0]) for one in report.unlikely]
    assert told == [
        ("Children", 2, "It is recorded in the household H1: take that back first, or it was born"),
        ("Children", 2, "C1 is recorded as not born yet, and has no household of its own"),
        ("Episodes", 2, "There is an episode that was opened on 1 March 2022 and is not closed"),
        ("Episodes", 3, "There is an episode that was opened on 3 January 2022 and is not closed"),
    ]
    assert take_in(worker, tmp_path, sheets).unlikely == ()


# --- out again ---


def test_what_is_written_is_read_again_without_any_change(manager: Desk, tmp_path: Path):
    import_workbook(manager.vault, manager.store, SAMPLE, now=NOW)
    assert export_workbook(manager.vault, manager.store, tmp_path / "out.xlsx", now=NOW) == 35
    report = import_workbook(manager.vault, manager.store, tmp_path / "out.xlsx", now=LATER)
    assert (report.imported, report.known, report.wrong, report.gone) == (False, 619, (), ())
    assert (report.unknown_columns, report.unknown_sheets, report.new_labels) == ((), (), ())


def test_a_worker_s_workbook_lacks_the_manager_s_sheets(worker: Desk, tmp_path: Path):
    import_workbook(worker.vault, worker.store, SAMPLE, now=NOW)
    export_workbook(worker.vault, worker.store, tmp_path / "out.xlsx", now=NOW)
    assert "Mothers' survey T2" not in openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames


def test_for_the_evaluation_who_has_not_consented_by_today_is_left_out_with_all_that_hangs_on_her(
    manager: Desk, tmp_path: Path
):
    import_workbook(manager.vault, manager.store, SAMPLE, now=NOW)
    mothers = manager.store.records("mother")
    refusing = {one.text("reference") for one in mothers[:2]}
    changes = [
        Change(record_id=one.id, form="mother", version=1, stream=one.stream, known_on=NOW.date().isoformat(),
               values={"evaluation_consent": answer})
        for one, answer in zip(mothers[:2], (False, None), strict=True)
    ]  # fmt: skip
    manager.store.save(changes, author=manager.person.id, now=NOW)
    written = export_workbook(manager.vault, manager.store, tmp_path / "out.xlsx", now=NOW, for_evaluation=True)
    assert written == len(mothers) - len(refusing)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    said = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert said.isdisjoint(refusing)
    assert {one.text("reference") for one in mothers} - refusing <= said


def test_addenda_go_into_the_workbook_and_not_into_that_for_the_evaluation_and_come_in_from_none(
    worker: Desk, tmp_path: Path
):
    mother = save_answers(worker.store, worker.person, forms.ALL["mother"], now=NOW, answers={
        "reference": "A-1", "name": "Teal Anchor", "prison": "EP", "evaluation_consent": True,
        "evaluation_consent_date": "2026-11-01",
    })  # fmt: skip
    answers = {"tracker_form": "follow_up", "received": "2026-11-20"}
    record = save_answers(
        worker.store, worker.person, forms.ALL["tracker_return"], answers=answers, now=NOW, case_file=mother
    )
    seals.seal_record(worker.vault, worker.store, worker.person, record, now=NOW)
    addenda.add(worker.store, worker.person, record, "She moved on the 19th.", kind="addition", now=NOW)
    before = everything(worker)
    for for_evaluation in (False, True):
        path = tmp_path / f"{for_evaluation}.xlsx"
        export_workbook(worker.vault, worker.store, path, now=NOW, for_evaluation=for_evaluation)
        book = openpyxl.load_workbook(path)
        said = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
        assert ("She moved on the 19th." in said) is not for_evaluation
        assert "A-1" in said
        report = import_workbook(worker.vault, worker.store, path, now=LATER)
        assert (report.imported, report.wrong, report.unknown_sheets) == (False, (), ())
        assert report.only_read == (() if for_evaluation else ("Addenda",))
    assert everything(worker) == before


def test_writing_leaves_no_readable_trace_beside_the_file(
    worker: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import_workbook(worker.vault, worker.store, SAMPLE, now=NOW)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "there is no such folder"))
    folder = tmp_path / "out"
    folder.mkdir()
    export_workbook(worker.vault, worker.store, folder / "out.xlsx", now=NOW)
    assert [file.name for file in folder.iterdir()] == ["out.xlsx"]


def test_a_folder_that_does_not_exist_is_told_in_a_sentence(worker: Desk, tmp_path: Path):
    with pytest.raises(CannotWrite):
        export_workbook(worker.vault, worker.store, tmp_path / "no" / "out.xlsx", now=NOW)
