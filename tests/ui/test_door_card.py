"""A card of the door: what is wrong is told at its box, and no longer than it is."""

from tac_desktop.ui.door_card import DoorCard


def test_a_box_whose_trouble_is_over_says_its_hint_again(kit, qtbot):
    card = DoorCard(kit, "lock", "A vault")
    qtbot.addWidget(card)
    folder, name = kit.entry("Folder"), kit.entry("Name")
    card.column.addLayout(kit.field("Folder", folder, "It must be new."))
    card.column.addLayout(kit.field("Name", name))
    card.show_trouble("Choose a folder.", folder)
    card.show_trouble("Choose a folder, please.", folder)
    assert folder.accessibleDescription() == "Choose a folder, please."
    card.show_trouble("Enter your name.", name)
    assert folder.accessibleDescription() == "It must be new."
    assert not folder.property("error")
    card.show_trouble("")
    assert name.accessibleDescription() == ""
