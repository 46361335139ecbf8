"""The process that is cut short: it saves, types and imports, and prints each thing once it is done.

Usage: python -m trials.at_work VAULT SCRATCH FIRST_STEP SEED [STEPS]    (without end where no number is given)
"""

import itertools
import random
import sys
from pathlib import Path

from tac_desktop.actions.drafts import keep_draft, new_record
from tac_desktop.actions.workbook import import_workbook
from tac_desktop.casework.record import case_file_id
from trials.desks import MOTHERS, NOW, Desk, desk_at, write_contact, write_tracker

IMPORTED_AT_ONCE = 40
DRAFTED = "EP-000"


def draft_text(number: int) -> str:
    """Return what is typed as draft `number`."""
    return f"{number} " + "and she waited for the letter " * 100


def main() -> None:
    folder, scratch, first, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    rng = random.Random(seed)
    steps = range(first, first + int(sys.argv[5])) if len(sys.argv) > 5 else itertools.count(first)
    with desk_at(folder) as desk:
        _say("at work")
        for step in steps:
            match rng.choices(("save", "draft", "import"), (6, 3, 1))[0]:
                case "save":
                    _say("saved", write_contact(desk, rng.randrange(MOTHERS), f"Call {step}. " * 30))
                case "draft":
                    _draft(desk, step)
                    _say("drafted", str(step))
                case "import":
                    _import(desk, scratch, f"K{step}-")


def _draft(desk: Desk, number: int) -> None:
    case = case_file_id(DRAFTED)
    typed = {"summary": draft_text(number)}
    keep_draft(
        desk.drafts, desk.person, case_file=case, form="contact", record_id=new_record(case), typed=typed,
        at="2026-11-21T09:30",
    )  # fmt: skip


def _import(desk: Desk, scratch: Path, prefix: str) -> None:
    book = write_tracker(scratch / "tracker.xlsx", prefix, IMPORTED_AT_ONCE)
    _say("importing", prefix)
    import_workbook(desk.vault, desk.store, book, now=NOW)
    _say("imported", prefix)


def _say(*words: str) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    main()
