"""The tables of the mothers' survey, which both reports print: one for each item, the waves side by side."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation.evidence import SURVEYS, Questionnaire, with_item
from tac_desktop.casework.evaluation.headings import by_answer, fixed, joined, total
from tac_desktop.casework.evaluation.table import Heading, Table

AGREE: Final = {
    "agree": "Strongly agree or agree",
    "not_sure": "Not sure",
    "disagree": "Strongly disagree or disagree",
}
SUPPORT: Final = {
    "supported": "Moderately or extremely",
    "somewhat": "Somewhat",
    "not_supported": "Not at all or slightly",
}
FREQUENCY: Final = {"often": "Always or often", "sometimes": "Sometimes", "rarely": "Rarely or never"}
VIEWS_LISTENED: Final = (
    "How often do you feel that your views about your children's care are listened to by professionals "
    "in the community?"
)

_Item: TypeAlias = tuple[str, str, str, str, Mapping[str, str]]
ITEMS: Final[tuple[_Item, ...]] = (
    ("4a", "willing_engage", "I am willing to engage with Children's Social Services.", "scale_agree5", AGREE),
    ("4b", "trust_csc", "I can trust Children's Social Services to help my family.", "scale_agree5", AGREE),
    ("4c", "confident_csc", "I am confident working with Children's Social Services.", "scale_agree5", AGREE),
    ("5a", "support_inside", "Feel supported by professionals inside the prison.", "scale_support5", SUPPORT),
    ("5b", "support_outside", "Feel supported by professionals outside the prison.", "scale_support5", SUPPORT),
    ("6a", "share_views", "How often able to share views in meetings about your children's care?", "scale_frequency5",
     FREQUENCY),
    ("6b", "views_listened", VIEWS_LISTENED, "scale_frequency5", FREQUENCY),
)  # fmt: skip
"""Number in the first report (ten less than in the second), item, title, scale, and the groups of its answers."""

WAVES = fixed(*(Heading[Questionnaire](wave, wave, lambda q, wave=wave: int(q.wave == wave)) for wave in SURVEYS))


def item_tables(report: int) -> tuple[Table[Questionnaire], ...]:
    """Return the item tables of report 1 (Tables 4 to 6) or report 2 (Tables 14 to 16)."""
    return tuple(_item_table(report, *item) for item in ITEMS)


def _item_table(
    report: int, number: str, item: str, title: str, scale: str, groups: Mapping[str, str]
) -> Table[Questionnaire]:
    def group(questionnaire: Questionnaire) -> Answer | None:
        answer = questionnaire.answer(item)
        code = code_list(scale).get(answer) if isinstance(answer, str) else None
        return code.groups["report_group"] if code else answer

    return Table(
        id=f"R{report}.T{number if report == 1 else '1' + number}", title=title,
        unit="questionnaires answering the item", base_rule="questionnaires with an answer to this item",
        units=lambda evidence: with_item(evidence.questionnaires, item), columns=WAVES,
        rows=joined(by_answer(group, groups), total()), share="column", needs=tuple(SURVEYS.values()),
    )  # fmt: skip
