"""Evidence of change: courses, what others have seen, photographs, papers, and documents that were issued."""

from tac_desktop.casework.fields import Attachment, Choice, Choices, Day, Links, Narrative, Number, ShortText, YesNo
from tac_desktop.casework.form import Form, Section

COURSE = Form(
    name="course", title="Course", several="Courses and groups", about="mother", repeated=True, own_date="completed",
    row=("title", "course", "completed"),
    sections=(
        Section("Course, workbook or group", (
            Choice("course", "Kind", codes="course"),
            ShortText("title", "Title", required=True),
            ShortText("provider", "Provider"),
            Day("started", "Started", may_be_future=False),
            Day("completed", "Completed", may_be_future=False),
            Number("sessions", "Sessions attended", most=500),
            Narrative("learned", "What she took from it", hint="What she says, and what others have seen"),
            Attachment("certificate", "Certificate", accepts=("pdf", "jpg", "jpeg", "png")),
        )),
    ),
)  # fmt: skip

EVIDENCE = Form(
    name="evidence", title="Evidence of change", several="Evidence of change", about="mother", repeated=True,
    own_date="date", row=("title", "date"),
    sections=(
        Section("Evidence of change", (
            Day("date", "Date", may_be_future=False, required=True, can_be_unknown=False),
            ShortText("title", "What it shows", required=True),
            ShortText("seen_by", "Seen by"),
            Narrative("account", "What was seen"),
            Attachment("paper", "Paper or picture", accepts=("pdf", "jpg", "jpeg", "png")),
        )),
    ),
)  # fmt: skip

STAFF_STATEMENT = Form(
    name="staff_statement", title="Staff statement", several="Staff statements", about="mother", repeated=True,
    own_date="date", row=("staff_name", "staff_role", "date"),
    sections=(
        Section("Statement of a member of staff", (
            Day("date", "Date", may_be_future=False, required=True, can_be_unknown=False),
            ShortText("staff_name", "Name", required=True),
            ShortText("staff_role", "Role"),
            Narrative("statement", "Statement", verbatim=True, required=True,
                      hint="In the first person; leave an empty line between paragraphs"),
            YesNo("agreed", "She or he agrees that the court may see it"),
        )),
    ),
)  # fmt: skip

PHOTO = Form(
    name="photo", title="Photograph", several="Photographs", about="child", repeated=True, own_date="date",
    row=("caption", "date"),
    sections=(
        Section("Photograph", (
            Attachment("image", "Picture", required=True, accepts=("jpg", "jpeg", "png"), can_be_unknown=False),
            ShortText("caption", "Caption", required=True, longest=300,
                      hint="What it shows, for someone who cannot see it"),
            Day("date", "Taken on", may_be_future=False, partial=True),
            ShortText("taken_by", "Taken by"),
            Links("children", "Children in it", to="child"),
            ShortText("consent", "Who agreed that it may be shown"),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

PAPER = Form(
    name="paper", title="Paper", several="Papers", about="mother", repeated=True, own_date="date",
    row=("title", "document_type", "date"),
    sections=(
        Section("Paper received or produced", (
            ShortText("title", "Title", required=True, can_be_unknown=False),
            Choice("document_type", "Kind", codes="document_type"),
            Day("date", "Date", may_be_future=False),
            ShortText("author", "From"),
            Attachment("file", "File", required=True, accepts=("pdf",), can_be_unknown=False),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

ISSUED_DOCUMENT = Form(
    name="issued_document", title="Issued document", several="Issued documents", about="mother", repeated=True,
    by_hand=False, own_date="issued_on", row=("title", "document_version", "issued_on"),
    sections=(
        Section("A document as it was issued", (
            Choice("document_kind", "Kind", codes="document_kind", required=True, can_be_unknown=False),
            ShortText("title", "Title", required=True, can_be_unknown=False),
            Number("document_version", "Version", least=1, most=9999, required=True, can_be_unknown=False),
            Day("issued_on", "Issued on", required=True, can_be_unknown=False, may_be_future=False),
            Day("known_on", "As known on", required=True, can_be_unknown=False, may_be_future=False),
            ShortText("prepared_by", "Prepared by"),
            Number("pages", "Pages", least=1, most=20_000),
            ShortText("about", "About which record", longest=60),
            ShortText("sha256", "SHA-256 of the file", required=True, can_be_unknown=False, longest=64),
            Attachment("file", "File", required=True, can_be_unknown=False, accepts=("pdf",)),
        )),
    ),
)  # fmt: skip
