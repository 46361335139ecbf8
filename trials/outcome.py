"""What came of a trial."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """How many runs a trial had, and which of them were not as they should be."""

    name: str
    tried: int = 0
    bad: list[str] = field(default_factory=list)
    """What was wrong, one sentence for each, with the number of the run."""
    seen: dict[str, int] = field(default_factory=dict)
    """What was met how often, so that one sees that the trial has met anything."""
    skipped: str = ""
    """Why it could not be made here; '' if it was made."""

    def meet(self, what: str) -> None:
        """Count something that was met."""
        self.seen[what] = self.seen.get(what, 0) + 1

    def line(self) -> str:
        """Return the outcome as one line."""
        if self.skipped:
            return f"{self.name}: skipped, {self.skipped}"
        met = ", ".join(f"{what} {often}" for what, often in sorted(self.seen.items()))
        return f"{self.name}: {self.tried - len(self.bad)} of {self.tried} well ({met})"
