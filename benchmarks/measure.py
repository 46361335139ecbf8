"""Times two ways of doing the same thing in turns, so that a busy machine disturbs both alike."""

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Comparison:
    """Our way against a peer's, both in one unit, one pair for each round."""

    name: str
    ours: str
    peer: str
    limit: float | None = None
    """How many times the peer's median ours may take; None where nothing was promised."""
    unit: str = "s"
    """What both are measured in: seconds, or mebibytes ('MiB')."""
    pairs: list[tuple[float, float]] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(ours / peer for ours, peer in self.pairs)

    def row(self) -> str:
        """Return the comparison as a row of a Markdown table."""
        ours, peer = (statistics.median(side) for side in zip(*self.pairs, strict=True))
        ratios = sorted(a / b for a, b in self.pairs)
        aim = "" if self.limit is None else f"≤ {self.limit:g} ×{'' if self.ratio <= self.limit else ' **missed**'}"
        a, b = (f"{side:.0f} MiB" if self.unit == "MiB" else told(side) for side in (ours, peer))
        return (
            f"| {self.name} | {self.ours}: {a} | {self.peer}: {b} "
            f"| {self.ratio:.2f} × ({ratios[0]:.2f} to {ratios[-1]:.2f}) | {aim} |"
        )


def told(seconds: float) -> str:
    """Return a duration as a person reads it."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(comparison: Comparison, ours: Callable[[], object], peer: Callable[[], object], rounds: int) -> Comparison:
    """Time `ours` and `peer` in turns, the first of a round changing, after one round that does not count."""
    return timed_in_turns(comparison, lambda: seconds(ours), lambda: seconds(peer), rounds)


def timed_in_turns(
    comparison: Comparison, ours: Callable[[], float], peer: Callable[[], float], rounds: int
) -> Comparison:
    """Do the same with ways that time themselves, because something has to be prepared for each."""
    ours()
    peer()
    for number in range(rounds):
        if number % 2:
            b = peer()
            a = ours()
        else:
            a = ours()
            b = peer()
        comparison.pairs.append((a, b))
    return comparison


def computing(work: Callable[[], object]) -> float:
    """Return how long `work` keeps the processor, whatever else the computer does meanwhile."""
    start = time.process_time()
    work()
    return time.process_time() - start


def growth(name: str, small: tuple[int, float], large: tuple[int, float]) -> Comparison:
    """Compare what a large size takes of the processor with what n log n makes of a small one, in seconds.

    Two sizes are measured minutes apart, so a clock on the wall would rather measure the computer's other work.
    """
    (few, before), (many, after) = small, large
    factor = many * math.log(many) / (few * math.log(few))
    comparison = Comparison(f"{name}: growth from {few:,}", f"{many:,}", f"{few:,} by n log n", 1)
    comparison.pairs = [(after, before * factor)]
    return comparison
