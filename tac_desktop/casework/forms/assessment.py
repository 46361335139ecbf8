"""The parenting assessment, by the three domains of the Assessment Framework.

The dimensions are those of the Framework for the Assessment of Children in Need and their Families (2000).
"""

from typing import Final

from tac_desktop.casework.fields import Day, Field, Links, Narrative, ShortText
from tac_desktop.casework.form import Form, Section

DOMAINS: Final = (
    ("capacity", "Parenting capacity", (
        ("basic_care", "Basic care"),
        ("ensuring_safety", "Ensuring safety"),
        ("emotional_warmth", "Emotional warmth"),
        ("stimulation", "Stimulation"),
        ("guidance", "Guidance and boundaries"),
        ("stability", "Stability"),
    )),
    ("needs", "The child’s developmental needs", (
        ("health", "Health"),
        ("education", "Education"),
        ("emotional", "Emotional and behavioural development"),
        ("identity", "Identity"),
        ("relationships", "Family and social relationships"),
        ("presentation", "Social presentation"),
        ("self_care", "Self-care skills"),
    )),
    ("environment", "Family and environmental factors", (
        ("history", "Family history and functioning"),
        ("wider_family", "Wider family"),
        ("housing", "Housing"),
        ("employment", "Employment"),
        ("income", "Income"),
        ("integration", "Family’s social integration"),
        ("resources", "Community resources"),
    )),
)  # fmt: skip
"""Each domain: its name, its title, and its dimensions with their labels."""

ASPECTS: Final = (("seen", "what has been seen"), ("strengths", "strengths"), ("work", "still to work on"))
"""What is written about each dimension: field `<domain>_<dimension>_<aspect>`."""


def _domain(name: str, dimensions: tuple[tuple[str, str], ...]) -> tuple[Field, ...]:
    return tuple(
        Narrative(f"{name}_{dimension}_{aspect}", f"{label}: {what}")
        for dimension, label in dimensions
        for aspect, what in ASPECTS
    )


ASSESSMENT = Form(
    name="assessment", title="Parenting assessment", several="Parenting assessments", about="mother", repeated=True,
    own_date="completed", row=("title", "completed"),
    sections=(
        Section("The assessment", (
            ShortText("title", "Title", required=True, can_be_unknown=False),
            Day("completed", "Completed", may_be_future=False),
            ShortText("assessed_by", "Assessed by"),
            Links("children", "Children", to="child"),
            Narrative("purpose", "Why it was written"),
            Narrative("sources", "What it rests on", hint="Sessions, observations, papers, whom was spoken to"),
        )),
        *(Section(title, _domain(name, dimensions)) for name, title, dimensions in DOMAINS),
        Section("What follows from it", (
            Narrative("analysis", "Analysis"),
            Narrative("mothers_view", "What she says about it", verbatim=True),
            Narrative("conclusion", "Conclusion"),
            Narrative("limits", "Limits of this assessment"),
        )),
    ),
)  # fmt: skip
