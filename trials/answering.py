"""Random answers that a form accepts: of every kind of question, with the letters that people really write."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import assert_never

from tac_desktop.casework.answers import Answer, Answers, Declined, NotKnown
from tac_desktop.casework.checks import order_problems
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Field,
    Link,
    Links,
    Moment,
    Money,
    Narrative,
    Number,
    ShortText,
    YesNo,
)
from tac_desktop.casework.form import Form

_TEXT = (
    "visit letter hearing review carer school nursery promised photo birthday phone plan order worried glad settled "
    "café naïve Zoë Seán Łucja 東京 نور 👩‍👧 e\u0301t\u00e9 ½ “so” – £12 <b> ' \" \\ % & ; -- {x} null"
)
WORDS = tuple(_TEXT.split())
NAMES = ("Puce Anchor", "Ivory Kettle", "Coral Feather", "Zaffre Ünder", "O'Ochre Needle", "Jade Thimble-Moss")


class Desk:
    """What answers may point to: records of the same case file, and kept files."""

    def __init__(self, records: Callable[[str], Sequence[str]], keep_file: Callable[[], str]) -> None:
        """Take what gives the ids of records of a form, and what keeps a file and gives its hash."""
        self.records = records
        self.keep_file = keep_file


def new_answers(form: Form, desk: Desk, rng: random.Random, today: str) -> dict[str, Answer]:
    """Return answers to a new record of a form."""
    return _accepted(form, {}, list(form.fields), desk, rng, today)


def changed_answers(
    form: Form, stands: Answers, desk: Desk, rng: random.Random, today: str, fields: Sequence[Field] = ()
) -> dict[str, Answer]:
    """Return the answers that stand, with some, or these, given anew, taken back, or answered for the first time.

    What the form holds to be one person's name for ever, the case reference, stays.
    """
    free = [field for field in form.fields if field.name != "reference"]
    some = fields or rng.sample(free, min(len(free), rng.randint(1, 3)))
    return _accepted(form, stands, some, desk, rng, today)


def _accepted(
    form: Form, stands: Answers, fields: Sequence[Field], desk: Desk, rng: random.Random, today: str
) -> dict[str, Answer]:
    answers = dict(stands)
    for field in fields:
        answers.pop(field.name, None)
        answer = answer_to(field, desk, rng, today)
        if answer is not None and (field.required or rng.random() < 0.6):
            answers[field.name] = answer
    for _ in range(len(form.fields)):
        unasked = answers.keys() - {field.name for field in form.asked(answers)}
        wrong = unasked or form.problems(answers, today) or order_problems(form.name, answers)
        if not wrong:
            break
        for name in wrong:
            answers.pop(name, None)
            answer = answer_to(form.by_name[name], desk, rng, today)
            if form.by_name[name].required and answer is not None:
                answers[name] = answer
    return answers


def answer_to(field: Field, desk: Desk, rng: random.Random, today: str) -> Answer | None:
    """Return an answer to a question; None where there is nothing that could be one."""
    if field.can_be_unknown and not field.required and rng.random() < 0.08:
        return rng.choice((NotKnown(), NotKnown(_words(rng, 3)), Declined()))
    match field:
        case ShortText():
            text = rng.choice(NAMES) if field.is_name else _words(rng, 4)
            return f"{text} {rng.randrange(10_000)}"[: field.longest].strip()
        case Narrative():
            return "\n".join(_words(rng, rng.randint(1, 40)) for _ in range(rng.randint(1, 3)))
        case Choice() | Choices():
            codes = [code.code for code in code_list(field.codes).codes]
            some = tuple(sorted(rng.sample(codes, rng.randint(1, min(3, len(codes))))))
            return some if isinstance(field, Choices) else some[0]
        case Link() | Links():
            there = desk.records(field.to)
            some = tuple(sorted(rng.sample(there, rng.randint(1, min(2, len(there)))))) if there else None
            return some and (some if isinstance(field, Links) else some[0])
        case Attachment():
            return desk.keep_file() if field.required or rng.random() < 0.2 else None
        case _:
            return _plain(field, rng, today)


def _plain(field: Day | Moment | Number | YesNo | Money, rng: random.Random, today: str) -> Answer:
    match field:
        case Day():
            day = _day(rng, today, future=field.may_be_future)
            return day[: rng.choice((4, 7, 10))] if field.partial else day
        case Moment():
            return f"{_day(rng, today, future=False)}T{rng.randrange(24):02d}:{rng.randrange(60):02d}"
        case Number():
            return rng.randint(field.least, min(field.most, field.least + 60))
        case YesNo():
            return rng.random() < 0.5
        case Money():
            return f"{rng.randrange(1000)}.{rng.randrange(100):02d}"
        case _:
            assert_never(field)


def _day(rng: random.Random, today: str, *, future: bool) -> str:
    ahead = rng.randint(1, 200) if future and rng.random() < 0.4 else 0
    return str(date.fromisoformat(today) + timedelta(days=ahead or -rng.randint(0, 900)))


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))
