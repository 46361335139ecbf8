"""How the terminals of a story come to believe each other: by cards that all accept, or as members of a service."""

from datetime import timedelta
from pathlib import Path

from tac_desktop.actions import cards
from tac_desktop.actions.service import found_service, hand_out_roster, join_service
from tac_desktop.casework.journal import b64
from trials.story import PEOPLE, Story
from trials.terminals import CLOCKS, Terminal

REGISTRAR = "Indigo Marble"


def found(story: Story, *, in_a_service: bool) -> None:
    """Make the vaults, let them know each other, and make the first backups."""
    for name, role, prison in PEOPLE:
        terminal = Terminal(name, role, story.place / name.replace(" ", "-"))
        story.terminals.append(terminal)
        terminal.found(prison)
        story.account.devices[b64(terminal.desk.vault.device_id)] = name
    codes = {terminal.name: _card(story, terminal) for terminal in story.terminals}
    if in_a_service:
        _enrol(story, codes)
    else:
        for terminal in story.terminals:
            for other, (file, code) in codes.items():
                if other != terminal.name:
                    _trust(story, terminal, file, code)
    for terminal in story.terminals:
        terminal.back_up(story.now)
        terminal.wrong_by = timedelta(days=story.rng.choice(CLOCKS))
        story.look(terminal)
    story.meet("services" if in_a_service else "vaults by themselves")


def _card(story: Story, terminal: Terminal) -> tuple[Path, str]:
    """Hand out a vault's card; return its file and its code."""
    file = story.place / f"{len(story.cards)}.card"
    code = cards.hand_out_card(terminal.desk.vault, file, now=story.now)
    story.cards[terminal.name] = cards.read_card_file(file)
    return file, code


def _trust(story: Story, terminal: Terminal, file: Path, code: str) -> None:
    cards.trust_card(terminal.desk.vault, terminal.desk.store, file, code, now=story.now)


def _enrol(story: Story, codes: dict[str, tuple[Path, str]]) -> None:
    """Found a service at one manager's, enrol the others there, and let them join."""
    registrar = next(terminal for terminal in story.terminals if terminal.name == REGISTRAR)
    desk = registrar.desk
    founded = found_service(desk.vault, desk.store, "Zed Service", now=story.now)
    for name, (file, code) in codes.items():
        if name != REGISTRAR:
            _trust(story, registrar, file, code)
    roster = story.place / "zed.tacroster"
    hand_out_roster(desk.store, roster)
    for terminal in story.terminals:
        if terminal is not registrar:
            join_service(
                terminal.desk.vault, terminal.desk.store, roster, founded.service_code, now=story.now
            )  # fmt: skip
