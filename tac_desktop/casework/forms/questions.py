"""What goes between her and the world outside: her questions, the news she was promised, what was explained to her."""

from typing import Final

from tac_desktop.casework.fields import Attachment, Choice, Choices, Day, Link, Links, Narrative, ShortText, YesNo
from tac_desktop.casework.form import Form, Section

_TOLD: Final = Section("She was told", (
    Day("told_on", "Told on", may_be_future=False, can_be_unknown=False),
    Choice("told_how", "How", codes="told_how", can_be_unknown=False),
    Narrative("her_reply", "What she said to it", verbatim=True, can_be_unknown=False),
))  # fmt: skip
_WITHHELD: Final = Section("Who may not see it", (
    Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
))  # fmt: skip

MOTHERS_QUESTION = Form(
    name="mothers_question", title="Her question", several="Her questions", about="mother", repeated=True,
    own_date="asked_on", row=("asked_on", "words", "passed_to"),
    sections=(
        Section("Her question", (
            Day("asked_on", "Asked on", required=True, may_be_future=False, can_be_unknown=False),
            Narrative("words", "Her question, in her own words", verbatim=True, required=True, can_be_unknown=False),
            Links("children", "About which children", to="child", can_be_unknown=False),
        )),
        Section("Passed on", (
            ShortText("passed_to", "Passed on to", is_name=True, hint="Name and agency", can_be_unknown=False),
            Day("passed_on", "Day on which it was passed on", may_be_future=False, can_be_unknown=False),
        )),
        Section("Answer", (
            Day("answered_on", "Answered on", may_be_future=False, can_be_unknown=False),
            Narrative("answer", "The answer", can_be_unknown=False),
            Narrative("unanswered", "Why it stays without an answer", can_be_unknown=False,
                      hint="Then it is no longer among the open ones"),
        )),
        _TOLD,
        _WITHHELD,
    ),
)  # fmt: skip

PROMISED_UPDATE = Form(
    name="promised_update", title="News she was promised", several="News she was promised", about="mother",
    repeated=True, own_date="agreed_on", row=("what", "who", "rhythm"),
    sections=(
        Section("What was agreed", (
            ShortText("what", "News of what", required=True, can_be_unknown=False,
                      hint="How Teal is, photographs, the school report"),
            Links("children", "About which children", to="child", can_be_unknown=False),
            ShortText("who", "Who sends it", is_name=True, hint="Name and agency"),
            Choice("rhythm", "How often", codes="update_rhythm", required=True, can_be_unknown=False),
            Day("first_due", "First due on", required=True, can_be_unknown=False),
            Day("agreed_on", "Agreed on", may_be_future=False),
            Day("ended_on", "Ended on", can_be_unknown=False),
            Narrative("why_ended", "Why it ended", can_be_unknown=False),
        )),
        _WITHHELD,
    ),
)  # fmt: skip

UPDATE_TOLD = Form(
    name="update_told", title="News that came", several="News that came", about="mother", repeated=True,
    own_date="received_on", row=("received_on", "update", "what"),
    sections=(
        Section("News that came", (
            Link("update", "Promised as", to="promised_update", required=True, can_be_unknown=False),
            Day("received_on", "Came on", required=True, may_be_future=False, can_be_unknown=False),
            Narrative("what", "What it says", can_be_unknown=False),
            Attachment("file", "Letter or photograph", accepts=("pdf", "jpg", "jpeg", "png")),
        )),
        _TOLD,
        _WITHHELD,
    ),
)  # fmt: skip

EXPLAINED = Form(
    name="explained", title="What was explained to her", several="What was explained to her", about="mother",
    repeated=True, own_date="on", row=("what", "on", "understood"),
    sections=(
        Section("What was explained to her", (
            ShortText("what", "What", required=True, can_be_unknown=False,
                      hint="The care plan, the consent to adoption, the letter of the court"),
            Day("on", "When", required=True, may_be_future=False, can_be_unknown=False),
            ShortText("by", "By whom", is_name=True),
            Link("paper", "Which paper", to="paper", can_be_unknown=False),
            Link("document", "Which issued document", to="issued_document", can_be_unknown=False),
            Choices("how", "How", codes="explained_how"),
            ShortText("needs", "What she needs to read and understand it",
                      hint="Her language, large print, help with reading, a break"),
            Choice("understood", "Whether she understood", codes="understood"),
            Narrative("her_words", "In her own words", verbatim=True, can_be_unknown=False),
            Day("signed_on", "She signed it on", may_be_future=False, can_be_unknown=False),
            Day("again_on", "To be explained again on", can_be_unknown=False),
            YesNo("done", "It was explained again", can_be_unknown=False),
        )),
        _WITHHELD,
    ),
)  # fmt: skip
