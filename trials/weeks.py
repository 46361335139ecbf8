"""Five terminals live through random weeks of real work; at the end every answer is where it may be, and nowhere else.

Forms are filled in, cases opened, shared and changed by three workers and two managers, each under a clock of its own.
Bundles are lost, taken in twice and in any order; vaults are restored from backups, and a disk is copied. Then
everybody writes to everybody until nobody learns anything new.
"""

import random
import tempfile
import traceback
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from trials.accounts import held
from trials.acts import ACTS, begin
from trials.between import BETWEEN
from trials.desks import findings
from trials.founding import found
from trials.outcome import Outcome
from trials.story import Story, Wrong, a_story
from trials.terminals import Terminal

COUNT = 2
WEEKS = 2
ACTS_IN_A_WEEK = 120


def run(count: int, seed: int) -> Outcome:
    """Live through so many stories, each of some weeks."""
    outcome = Outcome("weeks")
    for number in range(count):
        outcome.tried += 1
        rng = random.Random(f"{seed}/{number}")
        with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
            wrong = _lived(Path(place), rng, outcome)
        if wrong:
            outcome.bad.append(f"story {number}: {'; '.join(wrong)}")
    return outcome


def _lived(place: Path, rng: random.Random, outcome: Outcome) -> list[str]:
    def meet(what: str, often: int = 1) -> None:
        outcome.seen[what] = outcome.seen.get(what, 0) + often

    with a_story(place, rng, meet) as story:
        try:
            found(story, in_a_service=rng.random() < 0.5)
            begin(story)
            for _ in range(WEEKS * ACTS_IN_A_WEEK):
                _act(story)
            survivors = {cid for terminal in story.terminals for cid in held(terminal.desk.store)}
            story.exchange_until_quiet()
        except Wrong as wrong:
            return [str(wrong)]
        except Exception as fault:  # noqa: BLE001 - any is what the trial looks for
            where = traceback.extract_tb(fault.__traceback__)
            return [
                f"{where[3].name if len(where) > 3 else where[-1].name}: {type(fault).__name__} in {where[-1].name}"
            ]
        for what, often in story.account.told(survivors).items():
            meet(what, often)
        return sorted(set(_judged(story, survivors)))


def _act(story: Story) -> None:
    rng = story.rng
    act = rng.choices((*ACTS, *BETWEEN), (*ACTS.values(), *BETWEEN.values()))[0]
    at = rng.choice(story.terminals)
    act(story, at)
    story.look(at)
    story.now += timedelta(minutes=rng.randint(1, 150))


def _judged(story: Story, survivors: set[str]) -> list[str]:
    """Say what is not as it should be when all is quiet."""
    wrong: list[str] = []
    for terminal in story.terminals:
        store = terminal.desk.store
        wrong += story.account.wrong_places(terminal.name, store)
        wrong += story.account.gone(terminal.name, store, survivors)
        wrong += [f"the check finds at {terminal.label}: {finding.what}" for finding in findings(store)]
    return wrong + _differing(story)


def _differing(story: Story) -> list[str]:
    """Say which case files look different in two vaults that hold the same entries of them."""
    views = [(terminal, terminal.view(), _by_stream(story, terminal)) for terminal in story.terminals]
    return [
        f"a case file looks different at {one.label} and {other.label}"
        for (one, view, entries), (other, other_view, other_entries) in combinations(views, 2)
        for stream in entries.keys() & other_entries.keys()
        if entries[stream] == other_entries[stream] and view.get(stream) != other_view.get(stream)
    ]


def _by_stream(story: Story, terminal: Terminal) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for cid in held(terminal.desk.store):
        found.setdefault(story.account.saved[cid].stream, set()).add(cid)
    return found
