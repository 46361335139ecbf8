"""What is opened first is loaded before it is asked for: the first case file opens as quickly as the next."""

from importlib import import_module

from tac_desktop.ui.jobs import Steps

_OPENED_SOON = ("case_desk", "case_parts", "case_screen", "contact_desk")


def load_pages() -> Steps:
    """Load the modules of the pages that a person opens soon after she has unlocked; a job for the lane.

    Before a vault is open: what a module takes of memory that held a page of a vault keeps remains of it for ever.
    Whoever is quicker loads them herself, as everything else is loaded when it is first needed.
    """
    for done, name in enumerate(_OPENED_SOON):
        yield done, len(_OPENED_SOON)
        import_module(f"tac_desktop.ui.{name}")
