"""Proceedings, hearings, and going to court with her."""

from tac_desktop.casework.fields import Choice, Day, Link, Links, Moment, Narrative, ShortText
from tac_desktop.casework.form import Form, Section

PROCEEDINGS = Form(
    name="proceedings", title="Proceedings", several="Proceedings", about="mother", repeated=True, own_date="started",
    row=("started_by", "status", "started"), sheet="Proceedings",
    sections=(
        Section("Proceedings", (
            Choice("started_by", "Started by", column="Started by", codes="proceedings_origin"),
            Choice("status", "Status", column="Status", codes="proceedings_status"),
            Day("started", "Started", column="Started", may_be_future=False),
            Day("ended", "Ended", column="Ended", may_be_future=False),
            ShortText("court", "Court"),
            ShortText("case_number", "Case number", longest=60),
            Links("children", "Children", to="child"),
            ShortText("solicitor", "Her solicitor"),
            ShortText("guardian", "Children’s guardian"),
        )),
    ),
)  # fmt: skip

HEARING = Form(
    name="hearing", title="Hearing", several="Hearings", about="mother", repeated=True, own_date="at",
    row=("at", "hearing_type", "court"),
    sections=(
        Section("Hearing", (
            Moment("at", "Date and time", required=True, can_be_unknown=False),
            Choice("hearing_type", "Kind of hearing", codes="hearing_type"),
            Link("proceedings", "Proceedings", to="proceedings"),
            ShortText("court", "Court"),
            ShortText("judge", "Judge"),
            Choice("attendance", "How she takes part", codes="hearing_attendance_mode"),
            Narrative("preparation", "Preparation with her", withheld_from=frozenset({"court", "other_party"})),
            Narrative("outcome", "What the court decided"),
        )),
    ),
)  # fmt: skip

MCKENZIE_FRIEND = Form(
    name="mckenzie_friend", title="McKenzie Friend", several="McKenzie Friend", about="mother", repeated=True,
    own_date="date", row=("date", "note"), sheet="Mothers",
    sections=(
        Section("Support at court as McKenzie Friend", (
            Day("date", "Date", column="McKenzie Friend dates", required=True, may_be_future=False,
                can_be_unknown=False),
            Link("hearing", "Hearing", to="hearing"),
            Narrative("note", "Note"),
        )),
    ),
)  # fmt: skip
