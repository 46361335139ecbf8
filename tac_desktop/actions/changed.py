"""What of a form a person changed: what she left as it was is not written, so that what arrived meanwhile stays."""

from tac_desktop.casework.answers import Answer, Answers
from tac_desktop.casework.form import Form
from tac_desktop.casework.journal import JsonValue, differences, to_journal
from tac_desktop.casework.record import Record
from tac_desktop.errors import AnswersMoved


def changed_values(
    form: Form, answers: Answers, before: Record | None, based_on: Answers | None
) -> dict[str, JsonValue]:
    """Return what the person changed, as journal fields; null takes an answer back.

    Args:
        form: The form.
        answers: All its answers as they shall be.
        before: The record as it stands; None for a new one.
        based_on: The answers from which the person began; None for those that stand.

    Raises:
        AnswersMoved: somebody else has changed the same question meanwhile.
    """
    stands: Answers = before.answers if before else {}
    begun = stands if based_on is None else based_on
    then, now = to_journal(form, begun), to_journal(form, stands)
    values = differences(then, to_journal(form, _with_unasked(form, answers, begun)))
    gone = {name for name, value in values.items() if value is False and "/" in name}
    wanted = {name: None if name in gone else value for name, value in values.items()}
    moved = [name for name in values if now.get(name) not in (then.get(name), wanted[name])]
    if moved:
        words = "This was answered anew meanwhile, by somebody else. Yours is still here: save again to put it instead."
        raise AnswersMoved(dict.fromkeys([name.partition("/")[0] for name in moved], words))
    return values


def _with_unasked(form: Form, answers: Answers, begun: Answers) -> dict[str, Answer]:
    asked = {field.name for field in form.asked(answers)}
    given = {name: answer for name, answer in answers.items() if answer not in ("", ())}
    return {name: answer for name, answer in begun.items() if name not in asked} | given
