"""What no interim report printed: what became of contact, of the closed cases in which it was an issue."""

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
