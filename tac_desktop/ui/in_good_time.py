"""What is opened first is loaded before it is asked for: the first case file opens as quickly as the next."""

from importlib import import_module

from tac_desktop.ui.jobs import Steps

_OPENED_SOON = (
    "ui.today_screen", "ui.renewed_note", "actions.brought_back", "actions.caseload", "actions.conflicts",
    "actions.renewed", "actions.handing_over", "actions.recovery", "ui.caseload_screen", "ui.case_desk",
    "ui.case_parts", "ui.case_screen", "ui.case_windows", "ui.contact_desk", "ui.log_warnings", "ui.new_case_screen",
    "ui.worklists_screen", "ui.office_desk", "ui.office_screen", "ui.meeting_desk", "ui.exchange_desk",
    "ui.reports_desk", "ui.tracker_desk", "ui.vault_screen", "ui.vault_audit_desk", "ui.vault_backups_desk",
    "ui.vault_checks_desk", "ui.vault_people_desk", "ui.vault_recovery_desk", "ui.vault_retention_desk",
    "actions.same_woman", "actions.spelt_alike", "actions.seals", "actions.worklists", "actions.standing",
    "actions.service", "actions.beyond", "actions.cut_off",
)  # fmt: skip


def load_pages() -> Steps:
    """Load the modules of the pages that a person opens soon after she has unlocked; a job for the lane.

    Before a vault is open: what a module takes of memory that held a page of a vault keeps remains of it for ever.
    Whoever is quicker loads them herself, as everything else is loaded when it is first needed.
    """
    for done, name in enumerate(_OPENED_SOON):
        yield done, len(_OPENED_SOON)
        import_module(f"tac_desktop.{name}")
