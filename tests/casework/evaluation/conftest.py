"""Small populations, written down by hand, whose figures can be worked out by head."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.evaluation.evidence import FORMS, Evidence
from tac_desktop.casework.evaluation.report import EvaluationReport, evaluate
from tac_desktop.casework.record import Record, case_file_id, derived_id

AFTER_ALL = "2023-05-31"


@dataclass
class Counted:
    """A report, read by id."""

    report: EvaluationReport

    def table(self, table: str) -> Any:
        """Return one table."""
        return next(each for each in self.report["tables"] if each["id"] == table)

    def rows(self, table: str) -> dict[str, dict[str, int]]:
        """Return the counts of a table by row and column, rows of zeros left out."""
        counts = {r["key"]: {key: cell["n"] for key, cell in r["cells"].items()} for r in self.table(table)["rows"]}
        return {key: row for key, row in counts.items() if any(row.values())}

    def row(self, table: str, row: str) -> list[int]:
        """Return the counts of a row in the order of its columns."""
        return [cell["n"] for cell in self._row(table, row)["cells"].values()]

    def percentages(self, table: str, row: str) -> list[int | None]:
        """Return the percentages of a row in the order of its columns."""
        return [cell["pct"] for cell in self._row(table, row)["cells"].values()]

    def _row(self, table: str, row: str) -> Any:
        return next(each for each in self.table(table)["rows"] if each["key"] == row)

    def columns(self, table: str) -> list[str]:
        """Return the keys of a table's columns."""
        return [column["key"] for column in self.table(table)["columns"]]

    def bases(self, table: str) -> list[int | None]:
        """Return the bases of a table's columns."""
        return [column["base"] for column in self.table(table)["columns"]]

    def _statement(self, name: str) -> Any:
        return next(each for each in self.report["statements"] if each["id"] == name)

    def n(self, name: str) -> int:
        """Return the number of a statement."""
        return self._statement(name)["n"]

    def share(self, name: str) -> tuple[int, int, float | None]:
        """Return number, base and percentage of a statement."""
        said = self._statement(name)
        return said["n"], said["base"], said["pct"]

    def value(self, name: str) -> Any:
        """Return the value of a statement."""
        return self._statement(name)["value"]

    def not_known(self, name: str) -> int:
        """Return of how many mothers nobody knows it."""
        return self._statement(name)["not_known"]


@dataclass
class Population:
    """Records by form, added one by one."""

    records: dict[str, list[Record]] = field(default_factory=lambda: {form: [] for form in FORMS})

    def woman(
        self,
        *,
        prison: str = "EP",
        referred: str = "2021-09-01",
        received: str = "2021-09-20",
        consent: Answer = True,
        **mother: Answer,
    ) -> "Woman":
        """Add a woman who was referred, opened and returned her baseline tracker; '' leaves that out."""
        reference = f"{prison}-{len(self.records['mother']) + 1:03}"
        woman = Woman(self, case_file_id(reference))
        answers = {"reference": reference, "name": "Puce Anchor", "prison": prison, "evaluation_consent": consent}
        self.add("mother", woman.id, {**answers, **mother}, record_id=woman.id)
        if referred:
            woman.has("referral", date=referred, source="self", referral_type="initial")
            woman.has("episode", opened=referred, opened_because="initial")
        if received:
            woman.has("tracker_return", tracker_form="baseline", received=received)
        return woman

    def add(self, form: str, case_file: str, answers: dict[str, Answer], record_id: str = "") -> Record:
        """Add a record."""
        record_id = record_id or derived_id(form, str(len(self.records[form])))
        given = {name: answer for name, answer in answers.items() if answer != ""}
        record = Record(id=record_id, form=form, version=1, case_file=case_file, stream=case_file, answers=given)
        self.records[form].append(record)
        return record

    def office(self, form: str, **answers: Answer) -> None:
        """Add a record that belongs to no mother."""
        self.add(form, "", answers)

    def staff(self, prison: str, **answers: Answer) -> None:
        """Add a valid response of prison staff."""
        self.office("staff_survey", **{"valid": True, "prison": prison, "received": "2023-02-01", **answers})

    def counted(self, as_of: str = AFTER_ALL, prison: str = "", withdrawn: frozenset[str] = frozenset()) -> Counted:
        """Count everything as of a day."""
        evidence = Evidence(records=self.records, as_of=as_of, prison=prison, withdrawn=withdrawn)
        return Counted(evaluate(evidence))


@dataclass
class Woman:
    """One woman of a population; each method gives her back, so that her facts stand in one line."""

    population: Population
    id: str

    def has(self, form: str, **answers: Answer) -> "Woman":
        """Give her a record."""
        self.population.add(form, self.id, answers)
        return self

    def again(self, form: str, **answers: Answer) -> "Woman":
        """Change her last record of a form."""
        last = self.population.records[form].pop()
        self.population.add(form, self.id, {**last.answers, **answers}, record_id=last.id)
        return self

    def child(self, arrangement: Answer = "foster_care", household: str = "", **child: Answer) -> "Woman":
        """Give her a child and where it lived when she was referred."""
        made = self.population.add("child", self.id, child)
        placed = {"child": made.id, "at_referral": True, "arrangement": arrangement, "household": household}
        return self.has("placement", **placed)

    def answered(self, wave: str, **answers: Answer) -> "Woman":
        """Give her a completed questionnaire of a wave, 'T1' or 'T2'."""
        link: dict[str, Answer] = {"mother": self.id} if wave == "T2" else {}
        given = {"date": "2022-02-01", "survey_return": "complete", **link, **answers}
        self.population.add(f"mothers_survey_{wave.lower()}", "" if link else self.id, given)
        return self


@pytest.fixture
def population() -> Population:
    return Population()


@pytest.fixture(scope="session")
def new_population() -> type[Population]:
    """Give what makes populations, to tests that need many."""
    return Population
