"""What an act of a story is."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from trials.story import Story
from trials.terminals import Terminal

Act: TypeAlias = Callable[[Story, Terminal], None]


def today(story: Story, at: Terminal) -> str:
    """Return the day that a terminal's clock shows (ISO)."""
    return str(date.fromordinal(at.clock(story.now).toordinal()))
