"""What must hold between the answers of one form: which day cannot come before which."""

from typing import Final

from tac_desktop.casework.answers import Answers, text_of

ORDER_OF_DAYS: Final = (
    ("episode", "opened", "closed", "It cannot have been closed before it was opened."),
    ("proceedings", "started", "ended", "They cannot have ended before they started."),
    ("child", "date_of_birth", "due_date", "A child cannot have been born after its due date of record."),
    ("placement", "from_date", "to_date", "It cannot have ended before it began."),
    ("childrens_social_worker", "from_date", "to_date", "It cannot have ended before it began."),
    ("order", "made_on", "ended_on", "It cannot have ended before it was made."),
    ("course", "started", "completed", "It cannot have been completed before it was started."),
)
"""Form, the earlier day, the later day, and what is wrong if they stand the other way round.

The child's is a rule of the case tracker (workbook.md): the due date of record is corrected first.
"""

_BLAMED: Final = {"child": "date_of_birth"}
"""Where it is the earlier day that is more likely mistyped."""


def order_problems(form: str, answers: Answers) -> dict[str, str]:
    """Return a sentence for each field whose day stands before one that it must follow; empty if all is well.

    Partial days ('2019-03') are compared as far as they go.

    Args:
        form: The form's name.
        answers: All its answers.
    """
    found: dict[str, str] = {}
    for name, first, then, sentence in ORDER_OF_DAYS:
        if name == form:
            early, late = text_of(answers, first), text_of(answers, then)
            shared = min(len(early), len(late))
            if early[:shared] > late[:shared]:
                found[_BLAMED.get(form, then)] = sentence
    return found
