"""What the evaluation counts: the records as known on a day, and who and what of them is counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation import arithmetic
from tac_desktop.casework.evaluation.case import Case
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record

FORMS: Final = (
    "mother", "custody", "referral", "episode", "child", "placement", "childrens_social_worker", "order", "triage",
    "baseline", "tracker_return", "proceedings", "mckenzie_friend", "challenge", "closure", "mothers_survey_t1",
    "mothers_survey_t2", "staff_survey", "practitioner_survey", "evaluation_activity",
)  # fmt: skip
"""The forms whose records are counted."""

PRISONS: Final = ("EP", "SEND")
"""The prisons of the pilot, which have their columns even where nobody is counted."""

Wave: TypeAlias = Literal["T1", "T2"]
SURVEYS: Final[Mapping[Wave, str]] = {"T1": "mothers_survey_t1", "T2": "mothers_survey_t2"}


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire that a mother gave back: T1 at the start, T2 six months later."""

    wave: Wave
    record: Record

    @property
    def complete(self) -> bool:
        """Whether it was completed, not returned mostly blank."""
        return self.record.text("survey_return") == "complete"

    @property
    def year(self) -> str:
        """The year of data collection, '' where it has no date."""
        return arithmetic.collection_year(self.record.text("date"))

    def answer(self, item: str) -> Answer | None:
        """Return the answer to an item."""
        return self.record.answers.get(item)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The records of all forms as known on a day.

    Args:
        records: The records by form, of answers known on the day. A form that the reader may not see is absent, and
            what would count it is left out of the report.
        as_of: The ISO date. What is dated after it is not looked at.
        prison: Count only this prison's cases and staff; '' counts all.
        withdrawn: The case files of women whose consent does not hold any more when the report is made.
    """

    records: Mapping[str, Sequence[Record]]
    as_of: str
    prison: str = ""
    withdrawn: frozenset[str] = frozenset()

    def of(self, form: str) -> Iterator[Record]:
        """Yield the records of a form that are not dated after the day."""
        own_date = ALL[form].own_date
        return (r for r in self.records.get(form, ()) if not own_date or r.text(own_date)[:10] <= self.as_of)

    @cached_property
    def cases(self) -> Sequence[Case]:
        """The population: women who consent and whose baseline tracker was received by the day."""
        return tuple(
            case
            for case in self._cases()
            if case.consents and case.baseline_received and case.mother.id not in self.withdrawn
            and self.prison in ("", case.prison)
        )  # fmt: skip

    def with_cases(self, records: Mapping[str, Sequence[Record]], cases: Sequence[Case]) -> "Evidence":
        """Return the evidence with other records, of which the population is known already: nothing is read twice."""
        found = replace(self, records=records)
        found.__dict__["cases"] = tuple(cases)
        return found

    def _cases(self) -> Iterator[Case]:
        hung: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for form in FORMS:
            for record in self.of(form):
                hung[record.text("mother") or record.case_file][form].append(record)
        return (Case(mother, hung[mother.id], self.as_of) for mother in self.of("mother"))

    @cached_property
    def prisons(self) -> Sequence[str]:
        """The prisons that get columns: the two of the pilot first, then every other one that the records name."""
        if self.prison:
            return (self.prison,)
        named = {r.text("prison") for form in ("mother", "staff_survey") for r in self.of(form)} - {"", *PRISONS}
        return (*PRISONS, *sorted(named, key=lambda prison: (code_list("prison").get(prison) is None, prison)))

    @cached_property
    def questionnaires(self) -> Sequence[Questionnaire]:
        """The questionnaires of the mothers who are counted."""
        return tuple(
            Questionnaire(wave, record)
            for case in self.cases
            for wave, form in SURVEYS.items()
            for record in case.of(form)
        )

    @cached_property
    def staff(self) -> Sequence[Record]:
        """The valid responses of prison staff."""
        valid = (r for r in self.of("staff_survey") if r.answers.get("valid") is True)
        return tuple(r for r in valid if self.prison in ("", r.text("prison")))

    @cached_property
    def practitioners(self) -> Sequence[Record]:
        """The responses of community practitioners that had been given by the day."""
        after_year_1 = self.as_of > arithmetic.YEAR_1_ENDS
        return tuple(r for r in self.of("practitioner_survey") if after_year_1 or practitioner_year(r) != "Y2")


def practitioner_year(response: Record) -> str:
    """Return the year of a practitioner's response: that of its receipt, else the year that it names, else ''."""
    received = response.text("received")
    year = response.answers.get("year")
    if received or not isinstance(year, int):
        return arithmetic.collection_year(received)
    return "Y1" if year == 1 else "Y2"


def with_item(questionnaires: Iterable[Questionnaire], item: str) -> Sequence[Questionnaire]:
    """Return the questionnaires that answered an item; 'Not known' and 'Declined' are no answers to one."""
    return tuple(q for q in questionnaires if isinstance(q.answer(item), str | int))
