"""What is opened first is loaded before it is asked for: the first case file opens as quickly as the next.

Before a vault is open: what a module takes of memory that held a page of a vault keeps remains of it for ever. Whoever
is quicker loads them herself, as everything else is loaded when it is first needed.
"""

from collections.abc import Iterator
from importlib import import_module

from tac_desktop.ui.jobs import Steps

_DEEDS = (
    "actions.brought_back", "actions.caseload", "actions.conflicts", "actions.renewed", "actions.handing_over",
    "actions.recovery", "actions.same_woman", "actions.spelt_alike", "actions.seals", "actions.worklists",
    "actions.standing", "actions.service", "actions.beyond", "actions.cut_off", "actions.allowed_contact",
    "actions.contact_log", "actions.directory", "actions.drafts", "actions.duplicates", "actions.moving",
    "actions.removing", "actions.undoing", "casework.case_view", "casework.childs_voice", "casework.contact_matrix",
    "casework.contact_summary", "casework.contact_thread", "casework.evaluation.profile", "casework.family_words",
    "casework.her_way", "casework.plan", "casework.prison_record", "casework.retention", "casework.staff_contacts",
)  # fmt: skip
_PAGES = (
    "line_list", "today_screen", "renewed_note", "record_list", "table", "caseload_screen", "editors", "form_body",
    "form_screen", "log_questions", "case_overview", "case_desk", "contact_parts", "family_parts", "letterbox_parts",
    "permission_grid", "child_contact_parts", "way_parts", "farewell_parts", "case_parts", "record_pane",
    "beside_record", "case_screen", "case_windows", "contact_desk", "log_warnings", "new_case_screen",
    "worklists_screen", "office_desk", "office_screen", "meeting_desk", "print_screen", "exchange_screen",
    "service_desk", "exchange_desk", "reports_desk", "tracker_desk", "vault_screen", "vault_audit_desk",
    "vault_backups_desk", "vault_checks_desk", "vault_people_desk", "vault_recovery_desk", "vault_retention_desk",
)  # fmt: skip


def load_deeds() -> Steps:
    """Load what the pages that a person opens soon will ask for; a job for the lane."""
    for done, name in enumerate(_DEEDS):
        yield done, len(_DEEDS)
        import_module(f"tac_desktop.{name}")


def load_pages() -> Iterator[object]:
    """Load these pages, one module with each step, in the window's thread.

    Nothing of Qt may be loaded in another thread: PySide makes its classes when they are first named, and two threads
    that name some at once bring the program down (docs/decisions/0071-qt-in-one-thread.md).
    """
    for name in _PAGES:
        yield import_module(f"tac_desktop.ui.{name}")
