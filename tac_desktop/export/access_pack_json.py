"""The subject access pack as data: the same answers as on paper, in a form that other programs read.

The format is docs/formats/access-pack.md.
"""

import json
from collections.abc import Sequence

from tac_desktop.casework.subject_access import Shown
from tac_desktop.export.documents.access_pack import Cover

FORMAT = "tac-access-1"


def access_pack_json(cover: Cover, shown: Sequence[Shown]) -> bytes:
    """Return the pack as one JSON document (UTF-8, sorted by form, record and question as on paper).

    Args:
        cover: What the first page of the paper says.
        shown: The answers.
    """
    records: dict[str, int] = {}
    answers = [
        {
            "form": one.item.kept.record.form,
            "record": records.setdefault(one.item.kept.record.id, len(records) + 1),
            "question": one.item.kept.question,
            "label": one.item.label,
            "answer": one.words,
            "replaced_on": one.item.kept.replaced_on or None,
            "left_out": one.reason or None if one.words != one.item.kept.words else None,
        }
        for one in shown
    ]
    told = {
        "format": FORMAT, "about": cover.subject, "asked_by": cover.asked_by, "received": cover.received,
        "made_on": cover.made_on, "made_by": cover.made_by, "gathered_from": cover.vault, "files": list(cover.files),
        "answers": answers,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
