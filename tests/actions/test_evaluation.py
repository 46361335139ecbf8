"""The report of a real vault into which the sample workbook was imported, against what was printed in 2022."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tac_desktop.actions.evaluation import evaluation_report
from tac_desktop.actions.vaults import create
from tac_desktop.actions.workbook import import_workbook
from tac_desktop.casework.journal import Change
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import NotAllowed, UnknownPrison
from tac_desktop.paths import resources
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store

WORKBOOK = resources() / "sample" / "case-tracker-2022.xlsx"
PUBLISHED: Any = json.loads((Path(__file__).parent.parent / "reference" / "published-2022.json").read_text("utf-8"))
PRINTED_ON = PUBLISHED["as_of"]
IMPORTED = datetime(2026, 11, 21, 12, tzinfo=UTC)
OURS = {(each["id"], each["measure"]): each["recomputed"] for each in PUBLISHED["documented_exceptions"]}
"""Where the report contradicts itself and we print what the cases say."""


class Sample(NamedTuple):
    """A vault with the sample in it."""

    store: Store
    person: Person


def vault_with_sample(folder: Path, role: Any, prison: str = "") -> Iterator[Sample]:
    """Make a vault, import the sample workbook and close it afterwards."""
    vault, _ = create(folder, name="Teal Lantern", role=role, prison=prison, passphrase="sable paddle ochre",
                      profile=CHEAPEST)  # fmt: skip
    store = Store(vault)
    assert import_workbook(vault, store, WORKBOOK, now=IMPORTED).imported
    yield Sample(store, vault.person)
    store.close()
    vault.close()


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    yield from vault_with_sample(tmp_path_factory.mktemp("manager") / "vault", "manager")


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    yield from vault_with_sample(tmp_path_factory.mktemp("worker") / "vault", "worker", "EP")


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Sample]:
    yield from vault_with_sample(tmp_path / "vault", "manager")


@pytest.fixture(scope="module")
def report(manager: Sample) -> Any:
    return evaluation_report(manager.store, manager.person, PRINTED_ON, now=IMPORTED)


def by_id(things: list[Any]) -> dict[str, Any]:
    """Return things by their id, or by their key."""
    return {thing.get("id") or thing["key"]: thing for thing in things}


@pytest.mark.parametrize("printed", PUBLISHED["tables"], ids=lambda table: table["id"])
def test_a_table_of_the_first_report_is_counted_as_it_was_printed(report, printed):
    ours = by_id(report["tables"])[printed["id"]]
    assert (ours["report"], ours["title"], ours["unit"]) == (1, printed["title"], printed["unit"])
    assert ours["multiple_response"] is printed["multiple_response"]
    assert [{k: c[k] for k in ("key", "label")} for c in ours["columns"]] == [
        {k: c[k] for k in ("key", "label")} for c in printed["columns"]
    ]
    bases = {c["key"]: c["base"] for c in printed["columns"] if c.get("base") is not None}
    assert {c["key"]: c["base"] for c in ours["columns"] if c["key"] in bases} == bases
    assert [(row["key"], row["label"]) for row in ours["rows"]] == [(r["key"], r["label"]) for r in printed["rows"]]
    for row in printed["rows"]:
        for column, cell in row["cells"].items():
            counted = by_id(ours["rows"])[row["key"]]["cells"][column]
            assert {measure: counted[measure] for measure in cell or {"n": 0}} == (cell or {"n": 0})


@pytest.mark.parametrize(
    "printed", [s for s in PUBLISHED["statements"] if s["checked_from_cases"]], ids=lambda statement: statement["id"]
)
def test_a_statement_of_the_first_report_is_counted_as_it_was_printed(report, printed):
    ours = by_id(report["statements"])[printed["id"]]
    measures = [m for m in ("n", "pct", "base", "value") if printed.get(m) is not None]
    expected = {measure: OURS.get((printed["id"], measure), printed[measure]) for measure in measures}
    assert {measure: ours[measure] for measure in measures} == expected


def told(text: str) -> str:
    """Return a heading or title without the numbers and months that belong to one day."""
    for of_its_day in ("May 2022", "May 2023", " 81 ", " 35 ", " 1 ", "(n=11)", "(n=7)", "(n=4)", "(n=0)"):
        text = text.replace(of_its_day, "…")
    return text


@pytest.mark.parametrize("wanted", PUBLISHED["report_2_tables"], ids=lambda table: table["id"])
def test_a_table_of_the_second_report_has_its_rows_and_columns(report, wanted):
    ours = by_id(report["tables"])[wanted["id"]]
    assert told(ours["title"]) == told(wanted["title"])
    assert (ours["report"], ours["unit"], ours["multiple_response"]) == (2, wanted["unit"], wanted["multiple_response"])
    for axis in ("columns", "rows"):
        assert [(each["key"], told(each["label"])) for each in ours[axis]] == [
            (each["key"], told(each["label"])) for each in wanted[axis]
        ]


def test_every_statement_of_the_second_report_is_there_with_its_measures(report):
    ours = by_id(report["statements"])
    for wanted in PUBLISHED["report_2_statements"]:
        blank = {measure for measure in wanted["measure"] if ours[wanted["id"]][measure] is None}
        assert not blank or (blank == {"pct"} and ours[wanted["id"]]["base"] == 0), wanted["id"]


def test_every_row_has_a_cell_in_every_column(report):
    for table in report["tables"]:
        columns = [column["key"] for column in table["columns"]]
        assert len(set(columns)) == len(columns)
        assert all(list(row["cells"]) == columns for row in table["rows"]), table["id"]
    assert len(by_id(report["tables"])) == len(report["tables"])
    assert len(by_id(report["statements"])) == len(report["statements"])


def test_the_report_is_plain_json_and_names_nobody(report):
    text = json.dumps(report, allow_nan=False)
    assert json.loads(text) == report
    assert not [name for name in ("Puce", "Anchor", "EP-001", "Z1000ZZ") if name in text]


def test_the_report_of_an_earlier_day_counts_who_was_known_then(manager):
    statements = by_id(evaluation_report(manager.store, manager.person, "2021-09-30", now=IMPORTED)["statements"])
    assert statements["R1.cases"]["n"] == 15
    assert statements["R2.open"]["n"] == 15
    assert statements["R1.t2_questionnaires"]["n"] == 0
    assert statements["R1.practitioner_n"]["n"] == 0


def test_before_the_service_began_nobody_is_counted(manager):
    statements = by_id(evaluation_report(manager.store, manager.person, "2020-01-01", now=IMPORTED)["statements"])
    assert statements["R1.cases"]["n"] == 0
    assert statements["R1.white_british"]["pct"] is None


def test_one_prison_is_found_by_its_code_or_its_label(manager):
    by_code = evaluation_report(manager.store, manager.person, PRINTED_ON, "SEND", now=IMPORTED)
    assert by_code == evaluation_report(manager.store, manager.person, PRINTED_ON, " hmp send ", now=IMPORTED)
    assert by_id(by_code["tables"])["R1.T1"]["columns"] == [
        {"key": "SEND", "label": "HMP Send", "base": 16}, {"key": "TOTAL", "label": "Total", "base": 16},
    ]  # fmt: skip
    with pytest.raises(UnknownPrison):
        evaluation_report(manager.store, manager.person, PRINTED_ON, "HMP Nowhere", now=IMPORTED)


def test_a_worker_is_told_nothing_of_what_only_a_manager_may_read(worker, report):
    hers = evaluation_report(worker.store, worker.person, PRINTED_ON, now=IMPORTED)
    assert by_id(hers["tables"])["R1.T1"] == by_id(report["tables"])["R1.T1"]
    missing = set(by_id(report["tables"])) - set(by_id(hers["tables"]))
    assert {"R2.T8", "R2.T13", "R1.T4a", "R2.T14r", "R2.T1"} <= missing
    assert "R1.t2_questionnaires" not in by_id(hers["statements"])


def test_an_administrator_counts_nothing(manager):
    with pytest.raises(NotAllowed):
        evaluation_report(manager.store, Person(id="a", name="Opal Key", role="admin"), PRINTED_ON, now=IMPORTED)


def change(sample: Sample, field: str, value: Any, known_on: str, reference: str = "EP-001") -> None:
    """Change an answer of a mother."""
    mother = case_file_id(reference)
    changed = Change(
        record_id=mother, form="mother", version=1, stream=mother, values={field: value}, known_on=known_on
    )
    sample.store.save([changed], author=sample.person.id, now=IMPORTED)


def test_an_answer_counts_from_the_day_on_which_it_was_known(changing):
    change(changing, "known_as_child", "yes", "2022-06-15")
    for day, yes in ((PRINTED_ON, 8), ("2022-06-15", 9)):
        statements = by_id(evaluation_report(changing.store, changing.person, day, now=IMPORTED)["statements"])
        assert statements["R1.known_child_yes"]["n"] == yes


def test_a_further_prison_is_one_whoever_wrote_it_and_in_whatever_case(changing):
    change(changing, "prison", "HMP Styal", "2022-01-01")
    change(changing, "prison", "hmp styal", "2022-01-01", "EP-002")
    tables = by_id(evaluation_report(changing.store, changing.person, PRINTED_ON, now=IMPORTED)["tables"])
    (further,) = tables["R1.T1"]["columns"][2:3]
    assert (further["key"].casefold(), further["base"]) == ("hmp styal", 2)
    alone = evaluation_report(changing.store, changing.person, PRINTED_ON, "HMP STYAL", now=IMPORTED)
    assert [column["base"] for column in by_id(alone["tables"])["R1.T1"]["columns"]] == [2, 2]


def test_who_withdraws_consent_is_in_no_later_run(changing):
    change(changing, "evaluation_consent", False, "2026-11-20")
    statements = by_id(evaluation_report(changing.store, changing.person, PRINTED_ON, now=IMPORTED)["statements"])
    assert statements["R1.cases"]["n"] == 34
