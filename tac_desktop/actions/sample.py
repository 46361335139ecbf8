"""Loads the story of one fictitious mother, and two who wait, through the same actions as a person at the screen."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.attaching import keep_file
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.paths import resources

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

REFERENCE = "EP-2026-01"
"""The case reference of the mother of the story."""
WORKBOOK = "case-tracker-2022.xlsx"


def sample_folder() -> Path:
    """Return the folder of the sample workbook and the sample story."""
    return resources() / "sample"


@permitted(Deed.WRITE_CASES)
def load_story(store: "Store", person: Person, now: datetime) -> int:
    """Write the sample story into a vault; return how many forms were saved.

    Args:
        store: The store of the open vault; it must not hold the story yet.
        person: The worker or manager at work.
        now: The time, with its zone; the story ends in November 2026.

    Raises:
        ReferenceTaken: the story is there already.
    """
    story = json.loads((sample_folder() / "story.json").read_text("utf-8"))
    known: dict[str, str] = {}
    case_file = ""
    for left, entry in zip(range(len(story["records"]), 0, -1), story["records"], strict=True):
        form, changed = forms.ALL[entry["form"]], known[entry["changes"]] if "changes" in entry else ""
        before = store.record(changed, form.name, case_file) if changed else None
        told = {name: _answer(store, value, known) for name, value in entry["answers"].items()}
        made = save_answers(
            store, person, form, now=now - timedelta(milliseconds=left), record_id=changed,
            case_file=case_file if form.keeping == "case" and form.name != "mother" else "", known_on=entry["known_on"],
            answers={**(before.answers if before else {}), **told},
        )  # fmt: skip
        case_file = made if form.name == "mother" else case_file
        known[entry.get("as", "")] = made
    return len(story["records"])


def _answer(store: "Store", value: Any, known: Mapping[str, str]) -> Answer:  # noqa: ANN401 - from JSON
    """Return an answer as the story tells it: '@name' is another record of it, 'file:name' a file beside it."""
    match value:
        case list():
            elements = cast("list[str]", value)
            return tuple(str(_answer(store, each, known)) for each in elements)
        case str() if value.startswith("@"):
            return known[value[1:]]
        case str() if value.startswith("file:"):
            return run_to_end(keep_file(store, sample_folder() / value[5:]))
        case _:
            return value
