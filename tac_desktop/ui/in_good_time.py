"""What is opened first is loaded before it is asked for: the first case file opens as quickly as the next."""

from importlib import import_module

from tac_desktop.ui.jobs import Steps

_OPENED_SOON = (
    "case_desk", "case_parts", "case_screen", "case_windows", "contact_desk", "log_warnings", "new_case_screen",
    "worklists_screen", "office_desk", "office_screen", "meeting_desk", "exchange_desk", "reports_desk", "tracker_desk",
    "vault_screen", "vault_audit_desk", "vault_backups_desk", "vault_checks_desk", "vault_people_desk",
    "vault_recovery_desk", "vault_retention_desk",
)  # fmt: skip


def load_pages() -> Steps:
    """Load the modules of the pages that a person opens soon after she has unlocked; a job for the lane.

    Before a vault is open: what a module takes of memory that held a page of a vault keeps remains of it for ever.
    Whoever is quicker loads them herself, as everything else is loaded when it is first needed.
    """
    for done, name in enumerate(_OPENED_SOON):
        yield done, len(_OPENED_SOON)
        import_module(f"tac_desktop.ui.{name}")
