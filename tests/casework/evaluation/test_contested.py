"""A figure is marked exactly where another live answer would change it: compared with counting everything anew."""

from dataclasses import replace

import pytest

from tac_desktop.casework.alternatives import Alternative
from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.report import evaluate

DAY = "2023-05-31"


@pytest.fixture
def service(population):
    """Five women of three prisons, with something in most forms."""
    for number, prison in enumerate(("EP", "EP", "SEND", "SEND", "HMP Styal")):
        woman = population.woman(
            prison=prison, referred=f"2022-0{number + 2}-03", received=f"2022-0{number + 3}-20",
            date_of_birth=f"199{number}-05-04", ethnicity=("white_british", "white_other")[number % 2],
        )  # fmt: skip
        woman.has("custody", legal_status=("sentenced", "remand")[number % 2], sentence_months=12 + 12 * number)
        woman.child(("foster_care", "family_kinship")[number % 2], date_of_birth=f"201{number}-02-03")
        woman.has(
            "childrens_social_worker", local_authority=("devon", "bridgend", "oxfordshire", "kent", "devon")[number],
            worker_reference=f"W{number}",
        )  # fmt: skip
        woman.has("proceedings", status="ongoing", started_by="local_authority", started=f"2022-0{number + 1}-01")
        woman.has("baseline", first_meeting=f"2022-0{number + 3}-01", orders_known=("care_order",))
        woman.has("challenge", challenge="distance", supported=bool(number % 2))
    population.staff("EP", role="officer")
    return population


def printed(report):
    """Every figure of a report by its place."""
    found = {}
    for table in report["tables"]:
        for column in table["columns"]:
            found[table["id"], "", column["key"]] = column["base"]
        for row in table["rows"]:
            for key, cell in row["cells"].items():
                found[table["id"], row["key"], key] = (cell["n"], cell["pct"])
    for said in report["statements"]:
        found[said["id"], "", ""] = tuple(said[key] for key in ("n", "pct", "base", "value", "not_known"))
    return found


def differs(figure, after, place):
    if place not in after:  # its row or column is gone: nobody stands there
        return bool(figure[0] if isinstance(figure, tuple) else figure)
    return after[place] != figure


def marked(report):
    found = set()
    for table in report["tables"]:
        found |= {(table["id"], "", column["key"]) for column in table["columns"] if column.get("contested")}
        for row in table["rows"]:
            found |= {(table["id"], row["key"], key) for key, cell in row["cells"].items() if cell.get("contested")}
    return found | {(said["id"], "", "") for said in report["statements"] if said.get("contested")}


def others(record):
    """The same record with each of its answers in another way."""
    for name, answer in record.answers.items():
        known = {other: replace(record, answers={**record.answers, name: other})
                 for other in _other_answers(name, answer)}  # fmt: skip
        for otherwise in known.values():
            yield Alternative(record, name, otherwise)
    yield Alternative(record, "", None)


def _other_answers(name, answer):
    match answer:
        case bool():
            return (not answer, NotKnown())
        case int():
            return (answer + 30,)
        case tuple():
            return ((), ("sgo",))
        case str() if answer[:2] in ("20", "19"):
            return (f"2021{answer[4:]}", "2023-05-30")
        case _:
            return ("devon", "sentenced", NotKnown())


def evidence_of(population):
    return Evidence(records=population.records, as_of=DAY)


def test_what_is_marked_is_what_counting_everything_anew_finds_other(service):
    evidence = evidence_of(service)
    before = printed(evaluate(evidence))
    tried = changed = 0
    for records in list(service.records.values()):
        for record in records[::2]:
            for one in others(record):
                anew = [one.otherwise if r is record else r for r in service.records[record.form]]
                found = replace(evidence, records={**service.records, record.form: [r for r in anew if r]})
                after = printed(evaluate(found))
                wanted = {place for place, figure in before.items() if differs(figure, after, place)}
                assert marked(evaluate(evidence, [one])) == wanted, (record.form, one.field)
                tried += 1
                changed += bool(wanted)
    assert tried > 100
    assert tried > changed > 50


def test_a_report_without_contradictions_marks_nothing_and_says_so(service):
    report = evaluate(evidence_of(service))
    assert marked(report) == set()
    assert report["contradictions"] == {"open": 0, "figures": 0, "untried": 0}


def test_two_answers_to_one_question_are_one_contradiction_and_both_are_tried(service):
    record = service.records["mother"][0]
    named = [Alternative(record, "ethnicity", replace(record, answers={**record.answers, "ethnicity": other}))
             for other in ("white_other", "black")]  # fmt: skip
    both = evaluate(evidence_of(service), named)
    assert both["contradictions"]["open"] == 1
    assert marked(both) == marked(evaluate(evidence_of(service), named[:1])) | marked(
        evaluate(evidence_of(service), named[1:])
    )
    assert both["contradictions"]["figures"] == len(marked(both)) > 0


def test_an_answer_that_is_counted_nowhere_marks_nothing(service):
    record = service.records["mother"][0]
    other = replace(record, answers={**record.answers, "name": "Mauve Anchor"})
    report = evaluate(evidence_of(service), [Alternative(record, "name", other)])
    assert report["contradictions"] == {"open": 1, "figures": 0, "untried": 0}


def test_the_work_is_bounded_and_what_was_not_tried_is_told(service):
    alternatives = [Alternative(r, "ethnicity", replace(r, answers={**r.answers, "ethnicity": "black"}))
                    for r in service.records["mother"]]  # fmt: skip
    told = evaluate(evidence_of(service), alternatives, most_work=1)["contradictions"]
    assert (told["open"], told["untried"]) == (5, 4)
