"""What is true of a mother: the facts that the tables and statements ask for (counting rules, 3 and 4)."""

from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

from tac_desktop.casework.answers import Answer, Declined, NotKnown, chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.evaluation import arithmetic, children
from tac_desktop.casework.evaluation.case import Answered, Case
from tac_desktop.casework.record import Record

Holds: TypeAlias = Callable[[Case], bool]
"""Whether something is true of a case."""

NOT_THE_CHILDRENS: Final = frozenset({"fostering", "independent_sw"})
"""Social workers who are around a child without being the child's."""

WALES: Final = frozenset({
    "blaenau gwent", "bridgend", "caerphilly", "cardiff", "carmarthenshire", "ceredigion", "conwy", "denbighshire",
    "flintshire", "gwynedd", "isle of anglesey", "merthyr tydfil", "monmouthshire", "neath port talbot", "newport",
    "pembrokeshire", "powys", "rhondda cynon taf", "swansea", "torfaen", "vale of glamorgan", "wrexham",
})  # fmt: skip
"""The principal areas of Wales (Local Government (Wales) Act 1994, schedule 1), in lower case."""


def everyone(case: Case) -> bool:
    """Say yes to every case."""
    del case
    return True


def answers(read: Answered, *values: Answer) -> Holds:
    """Return whether an answer is one of `values`."""
    return lambda case: read(case) in values


def is_known(read: Answered) -> Holds:
    """Return whether a question has an answer with a value."""
    unknown = is_not_known(read)
    return lambda case: not unknown(case)


def is_not_known(read: Answered) -> Holds:
    """Return whether nobody knows the answer: not known, declined, or never asked."""
    return lambda case: read(case) in (None, "", (), Declined()) or isinstance(read(case), NotKnown)


def is_state(read: Answered) -> Holds:
    """Return whether the answer is 'not known' itself, not a question that nobody asked."""
    return lambda case: isinstance(read(case), NotKnown)


def age(case: Case) -> Answer:
    """Return her age in completed years on the day of her referral, not known where a date is missing."""
    born = case.mother.text("date_of_birth")
    known = born and case.referred and born <= case.referred
    return arithmetic.completed_years(born, case.referred) if known else NotKnown()


def aged(least: int, most: int) -> Holds:
    """Return whether she was between two ages, both included."""
    return lambda case: age(case) in range(least, most + 1)


Sentence: TypeAlias = Literal["remand", "recall", "shorter", "three_years_or_more", ""]


def sentence(case: Case) -> Sentence:
    """Return her one place in the sentence profile, '' where she has none (counting rules, 4).

    The months and the life flag tell the length, never the band.
    """
    custody = case.custody
    status = custody.text("legal_status") if custody else ""
    if status in ("remand", "recall"):
        return status
    if custody is None or not is_sentenced(case):
        return ""
    if status == "indeterminate" or custody.answers.get("life_or_indeterminate") is True:
        return "three_years_or_more"
    months = custody.answers.get("sentence_months")
    if not isinstance(months, int):
        return ""
    return "three_years_or_more" if months >= 36 else "shorter"


def is_sentenced(case: Case) -> bool:
    """Say whether she was sentenced, to whatever length."""
    return bool(case.custody) and case.custody.text("legal_status") in ("sentenced", "indeterminate")


def in_sentence_profile(case: Case) -> bool:
    """Say whether she has a place in the sentence profile."""
    return bool(sentence(case))


class InCourt(NamedTuple):
    """Where she stood in the Family Court."""

    standing: str
    """A code of the list 'proceedings_status', 'not_known', or '' where she never stood there."""
    started_by: str


_MOST_CURRENT: Final = ("ongoing", "application_sought", "completed", "not_known", "")


def court(case: Case, day: str) -> InCourt:
    """Return where she stood in the Family Court on a day, and who had started it.

    Of several proceedings the most current one counts. The proceedings tell, never the Family Court column.
    """
    stood = [InCourt(_standing(each, day), each.text("started_by")) for each in case.of("proceedings")]
    order = sorted(stood, key=lambda s: (_MOST_CURRENT.index(s.standing), s.started_by != "local_authority", s))
    return order[0] if order and order[0].standing else InCourt("", "")


def _standing(proceedings: Record, day: str) -> str:
    """Return the standing on a day: what ended later was still running, whatever the status says today."""
    status, ended = proceedings.text("status"), proceedings.text("ended")
    if proceedings.text("started") > day:
        return ""
    if status == "application_sought":
        return status
    if ended:
        return "completed" if ended <= day else "ongoing"
    return status if status in ("ongoing", "completed") else "not_known"


def court_at_referral(case: Case) -> str:
    """Return where she stood in the Family Court when she was referred."""
    return court(case, case.referred or case.as_of).standing


def court_now(case: Case) -> InCourt:
    """Return where she stands in the Family Court on the day of the report, and who started it."""
    return court(case, case.as_of)


def public_law(case: Case) -> bool:
    """Say whether a local authority started her proceedings, running or completed."""
    standing, origin = court_now(case)
    return origin == "local_authority" and standing in ("ongoing", "completed")


def no_known_order(case: Case) -> bool:
    """Say whether no order is recorded for any child."""
    named = set(chosen(case.baseline.answers, "orders_known")) if case.baseline else set[str]()
    made = {order.text("order_type") for order in case.of("order")}
    return not (named | made) - {"", "none_known"}


def needs(case: Case) -> Answer | None:
    """Return the needs that she named in her triage forms, each once; a state where there is nothing else."""
    given = [triage.answers.get("self_identified_needs") for triage in case.of("triage")]
    codes = {code for answer in given if isinstance(answer, tuple) for code in answer}
    states = (answer for answer in given if isinstance(answer, NotKnown | Declined))
    return tuple(sorted(codes)) if codes else next(states, None)


def names_need(code: str) -> Holds:
    """Return whether she named a need."""
    return lambda case: _holds_code(needs(case), code)


def worker_names_need(code: str) -> Holds:
    """Return whether the social worker named a need."""
    return lambda case: _holds_code(case.baseline.answers.get("worker_needs") if case.baseline else None, code)


def _holds_code(answer: Answer | None, code: str) -> bool:
    return isinstance(answer, tuple) and code in answer


def social_workers(case: Case) -> int:
    """Return how many different social workers of her children are linked to the case."""
    return len({worker.text("worker_reference") or worker.id for worker in _childrens(case)})


def has_social_workers(*numbers: int) -> Holds:
    """Return whether she has one of these numbers of social workers."""
    return lambda case: social_workers(case) in numbers


def has_social_worker(case: Case) -> bool:
    """Say whether at least one social worker of her children is linked to the case."""
    return social_workers(case) > 0


def has_infant(case: Case) -> bool:
    """Say whether she has a child who is unborn or under two."""
    return children.any_unborn(case.children) or children.any_younger_than(case.children, 2)


def authorities(cases: Iterable[Case]) -> set[str]:
    """Return the local authorities of the children's social workers, never those of the children's own column."""
    named = {worker.text("local_authority") for case in cases for worker in _childrens(case)}
    return named - {""}


def from_authority(authority: str) -> Holds:
    """Return whether she has a social worker from a local authority."""
    return lambda case: authority in authorities([case])


def is_welsh(authority: str) -> bool:
    """Say whether a local authority lies in Wales."""
    return label("local_authority", authority).casefold() in WALES


def _childrens(case: Case) -> Iterable[Record]:
    return (w for w in case.of("childrens_social_worker") if w.text("team") not in NOT_THE_CHILDRENS)


def met_challenge(code: str, *, supported: bool = False) -> Holds:
    """Return whether a challenge is recorded; `supported` asks for one in which the social worker supported her."""
    return lambda case: any(
        each.text("challenge") == code and (each.answers.get("supported") is True or not supported)
        for each in case.of("challenge")
    )
