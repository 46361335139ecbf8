"""Whether contact is allowed, on one line: of the conditions nothing is cut off."""

from tac_desktop.casework.permitted_contact import Permission
from tac_desktop.ui.permission_line import permission_words

CONDITIONS = "With a foster carer in the room, who ends the visit when the child wants to go. " * 4 + "No photographs."


def test_the_last_condition_is_said_too():
    held = Permission("conditional", source="court_order", conditions=CONDITIONS, until="2026-05-03")
    words = permission_words("Letterbox contact", held)
    assert words.startswith("Letterbox contact: With conditions (Court order), until 3 May 2026. With a foster carer")
    assert words.endswith("No photographs.")
