"""What no interim report printed: what became of contact where it was an issue, and which forms came in when."""

from tac_desktop.casework.answers import NotKnown

CLOSED = {"closed": "2022-04-28", "closed_because": "released"}


def closed(population, prison="EP", **closure):
    return population.woman(prison=prison).again("episode", **CLOSED).has("closure", date="2022-04-28", **closure)


def test_contact_at_closure_is_counted_of_the_closed_cases_that_had_an_issue(population):
    for _ in range(7):
        closed(population, contact_issue="resolved")
    closed(population, prison="SEND", contact_issue="not_resolved")
    closed(population, contact_issue=NotKnown("She had left."))
    closed(population)  # says nothing: not in the base
    closed(population, contact_issue="no_issue")  # nothing was to be resolved
    population.woman().has("closure", date="2022-04-28", contact_issue="resolved")  # is open
    closed(population, contact_issue="partly").has("closure", date="2022-05-01", contact_issue="resolved")
    counted = population.counted()
    assert counted.table("A.T1")["report"] == 0
    assert counted.table("A.T1")["title"] == "Contact issue at closure, 10 closed cases with one"
    assert counted.bases("A.T1") == [9, 1, 10]
    assert counted.row("A.T1", "resolved") == [8, 0, 8]
    assert counted.percentages("A.T1", "resolved") == [89, 0, 80]
    assert counted.row("A.T1", "not_known") == [1, 0, 1]
    assert counted.row("A.T1", "partly") == [0, 0, 0]


def test_the_forms_that_came_in_are_counted_by_type_and_quarter(population):
    woman = population.woman(received="2022-04-30")
    for received in ("2022-07-01", "2022-09-30", "2023-06-01"):  # the last one after the day
        woman.has("tracker_return", tracker_form="follow_up", received=received)
    woman.has("tracker_return", tracker_form="closure")  # nobody knows when
    other = population.woman(prison="SEND", received="2022-05-01")
    other.has("tracker_return", tracker_form="follow_up", received="2022-08-01")
    counted = population.counted()
    assert counted.table("A.T2")["title"] == "Case tracker forms received, 5 in all"
    assert counted.columns("A.T2") == ["baseline", "follow_up", "closure", "reopening", "TOTAL"]
    assert list(counted.rows("A.T2")) == ["Y2Q1", "Y2Q2"]
    assert counted.row("A.T2", "Y2Q1") == [2, 0, 0, 0, 2]
    assert counted.row("A.T2", "Y2Q2") == [0, 3, 0, 0, 3]
