"""Work at a bench without a window: what is written down at one moment of one day."""

from datetime import datetime

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.ui.workbench import Workbench

NOW = "2026-03-12T14:05"
"""What the clock of the bench says."""
MOMENT = datetime.fromisoformat(NOW).astimezone()


def put(bench: Workbench, form: str, case_file: str = "", record_id: str = "", **answers) -> str:
    """Save a record as its form would, and return its id."""
    where = {"case_file": case_file, "record_id": record_id}
    return save_answers(bench.store, bench.person, forms.ALL[form], answers=answers, now=MOMENT, **where)
