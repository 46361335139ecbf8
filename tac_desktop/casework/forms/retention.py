"""How long a case file is kept, and that one was disposed of. A verb writes them, nobody fills them in by hand."""

from tac_desktop.casework.fields import Attachment, Day, Narrative, Number, ShortText, YesNo
from tac_desktop.casework.form import Form, Section

RETENTION = Form(
    name="retention", title="Retention", several="Retention", about="mother", repeated=False, by_hand=False,
    row=("retention_class",),
    sections=(
        Section("How long the case file is kept", (
            ShortText("retention_class", "Class", hint="A class of resources/retention.toml", can_be_unknown=False,
                      longest=40),
            YesNo("legal_hold", "Legal hold", hint="Nothing is disposed of while it holds", required=True,
                  can_be_unknown=False),
            Narrative("reason", "Reason", can_be_unknown=False),
            ShortText("decided_by", "Decided by", required=True, can_be_unknown=False),
        )),
    ),
)  # fmt: skip

DISPOSAL = Form(
    name="disposal", title="Disposal of a case file", several="Disposals", about="office", repeated=True,
    by_hand=False, own_date="disposed_on", row=("reference", "disposed_on"), keeping="office",
    sections=(
        Section("A case file was disposed of", (
            ShortText("reference", "Case reference", required=True, can_be_unknown=False),
            ShortText("disposed_case", "Case file", hint="The id of the case file", required=True,
                      can_be_unknown=False, longest=36),
            ShortText("retention_class", "Class", can_be_unknown=False, longest=40),
            Narrative("basis", "Basis", required=True, can_be_unknown=False),
            Day("due", "Due from", can_be_unknown=False),
            Day("disposed_on", "Disposed of on", required=True, can_be_unknown=False, may_be_future=False),
            ShortText("disposed_by", "By", required=True, can_be_unknown=False),
            Number("erased_entries", "Entries erased", can_be_unknown=False),
            Number("erased_records", "Records erased", can_be_unknown=False),
            Number("erased_files", "Attachments erased", can_be_unknown=False),
            Attachment("certificate", "Certificate", can_be_unknown=False),
            Narrative("text", "What was signed", can_be_unknown=False, verbatim=True),
            Narrative("signature", "Signature", can_be_unknown=False, verbatim=True),
        )),
    ),
)  # fmt: skip
