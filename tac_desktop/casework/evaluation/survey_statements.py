"""The statements that both reports make of the mothers' survey and of the practitioners' survey."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.evaluation.arithmetic import mean
from tac_desktop.casework.evaluation.evidence import SURVEYS, Evidence, Questionnaire, Wave
from tac_desktop.casework.evaluation.statement import Statement, Value, completed, number, questionnaires, valued
from tac_desktop.casework.forms.surveys import STATEMENTS

_T1, _T2 = (SURVEYS["T1"],), (SURVEYS["T2"],)
_BOTH: Final = (*_T1, *_T2)
PRACTITIONERS: Final = ("practitioner_survey",)


def mothers_survey(report: int) -> tuple[Statement, ...]:
    """Return the statements of a report on the mothers' questionnaires."""
    r = f"R{report}"
    return (
        number(f"{r}.t1_questionnaires", "Questionnaires completed at T1", _completed("T1"), needs=_T1),
        number(f"{r}.t2_questionnaires", "Questionnaires completed at T2", _completed("T2"), needs=_T2),
        _t2(f"{r}.t2_very_satisfied", "Very satisfied with the TaC Social Worker", "tac_satisfaction",
            "very_satisfied"),
        _t2(f"{r}.t2_practical", "Received practical support", "tac_practical"),
        _t2(f"{r}.t2_emotional", "Received emotional support", "tac_emotional"),
        _t2(f"{r}.t2_listened", "Felt listened to", "tac_listened"),
        _t2(f"{r}.t2_confident_plan", "More confident planning for the family’s future", "tac_confident_plan"),
        questionnaires(f"{r}.wai_t1", "Working Alliance completed at T1", "T1", _has_alliance, _T1),
        questionnaires(f"{r}.wai_t2", "Working Alliance completed at T2", "T2", _has_alliance, _T2),
        valued(f"{r}.mean_involved", "Mean rating: involved in decisions (1 to 10)", _means("involved_decisions"),
               needs=_BOTH),
        valued(f"{r}.mean_sw_relationship", "Mean rating: relationship with the children’s social worker (1 to 10)",
               _means("sw_relationship"), needs=_BOTH),
    )  # fmt: skip


def practitioner_items(name: str) -> Statement:
    """Declare how many practitioners agreed with each statement."""
    return valued(name, "Practitioners who agreed, by statement", _agreed, whole_service=True, needs=PRACTITIONERS)


def _completed(wave: Wave) -> Callable[[Evidence], int]:
    return lambda evidence: len(completed(evidence, wave))


def _t2(name: str, text: str, item: str, wanted: Answer = True) -> Statement:  # noqa: FBT002  # the answer 'yes'
    return questionnaires(name, text, "T2", lambda q: q.answer(item) == wanted, _T2)


def _has_alliance(questionnaire: Questionnaire) -> bool:
    return isinstance(questionnaire.answer("wai_total"), int)


def _means(item: str) -> Callable[[Evidence], Value]:
    return lambda evidence: {wave: mean(_ratings(evidence, wave, item)) for wave in SURVEYS}


def _ratings(evidence: Evidence, wave: Wave, item: str) -> list[int]:
    answers = (q.answer(item) for q in evidence.questionnaires if q.wave == wave)
    return [answer for answer in answers if isinstance(answer, int)]


def _agreed(evidence: Evidence) -> Value:
    return {
        item: sum(r.answers.get(item) is True for r in evidence.practitioners) for item, _ in STATEMENTS
    }  # fmt: skip


def heard_from(evidence: Evidence) -> Value:
    """Return how practitioners had first heard of the service: the published codes, and others that were given."""
    given = Counter(r.text("heard_from") for r in evidence.practitioners if r.text("heard_from"))
    return {"tac_contacted": 0, "colleague": 0} | dict(sorted(given.items()))
