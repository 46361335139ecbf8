"""The statements of the second interim report on the survey of prison staff."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from tac_desktop.casework.answers import Answer, chosen
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.statement import Figure, Statement, number, share
from tac_desktop.casework.record import Record

STAFF: Final = ("staff_survey",)


def _staff_of(evidence: Evidence, prison: str) -> Sequence[Record]:
    return [response for response in evidence.staff if prison in ("", response.text("prison"))]


def _answered(name: str, text: str, field: str, wanted: Answer, prison: str = "") -> Statement:
    """Declare a share of the responses that answered a question."""

    def figure(evidence: Evidence) -> Figure:
        base = [r for r in _staff_of(evidence, prison) if isinstance(r.answers.get(field), str | int)]
        return share(base, base, lambda response: response.answers.get(field) == wanted)

    return Statement(id=name, label=text, figure=figure, prison=prison, needs=STAFF)


def _weekly(prison: str) -> Callable[[Evidence], int]:
    return lambda evidence: sum(r.text("contact_frequency") == "weekly" for r in _staff_of(evidence, prison))


def _themes(evidence: Evidence) -> Figure:
    mentions = Counter(theme for response in evidence.staff for theme in chosen(response.answers, "themes"))
    return Figure(base=len(evidence.staff), value=dict(sorted(mentions.items())))


STAFF_STATEMENTS: Final = (
    number("R2.staff_n", "Prison staff who gave a valid response", lambda e: len(e.staff), needs=STAFF),
    _answered("R2.staff_acct_pct", "Contact included the ACCT process", "acct_involvement", wanted=True),
    number("R2.staff_weekly.SEND", "In contact every week, HMP Send", _weekly("SEND"), prison="SEND", needs=STAFF),
    number("R2.staff_weekly.EP", "In contact every week, HMP Eastwood Park", _weekly("EP"), prison="EP", needs=STAFF),
    _answered("R2.staff_qualified.SEND", "Qualified social worker wanted, HMP Send", "qualification_view", "qualified",
              "SEND"),
    _answered("R2.staff_qualified.EP", "Qualified social worker wanted, HMP Eastwood Park", "qualification_view",
              "qualified", "EP"),
    number("R2.staff_based_in_prison", "The social worker should be based in the prison",
           lambda e: sum(r.answers.get("based_in_prison") is True for r in e.staff), needs=STAFF),
    Statement(id="R2.staff_themes", label="Themes mentioned, by respondents", figure=_themes, needs=STAFF),
)  # fmt: skip
"""In the order of the report."""
