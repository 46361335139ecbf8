"""What the weekly meeting decides about a mother who waits: questions of her referral, who works with her, a minute."""

from dataclasses import replace
from typing import Final

from tac_desktop.casework.fields import Narrative
from tac_desktop.casework.form import Form, Section
from tac_desktop.casework.forms.service import CASE_WORKER, MEETING_MINUTE, REFERRAL

WORKER, SAID = "worker", "said"
"""The questions that are no part of the referral."""

_OF_THE_REFERRAL: Final = tuple(field for section in REFERRAL.sections[1:] for field in section.fields)

DECISION: Final = Form(
    name="meeting_decision", title="Decision", several="Decisions", about="mother", repeated=True,
    sections=(
        Section("What was decided", (
            *REFERRAL.sections[1].fields,
            replace(CASE_WORKER.by_name["name"], name=WORKER, label=CASE_WORKER.title, required=False, hint=""),
        )),
        Section("Minute", (
            Narrative(SAID, "What was said and agreed", can_be_unknown=False, hint=f"Kept as ‘{MEETING_MINUTE.title}’"),
        )),
        *REFERRAL.sections[2:],
    ),
)  # fmt: skip
"""It is no form of the case file: its answers are kept in the referral, the minute and who works with her."""

REFERRAL_QUESTIONS: Final = frozenset(field.name for field in _OF_THE_REFERRAL)
"""The questions of DECISION whose answers the referral keeps."""
