"""The trial of gaps (BUNDLES 4.3): bundles that suppose the last one arrived; some are lost, some come twice."""

import random
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from tac_desktop.casework.journal import Change
from tests.storage.convergence import OPEN, template
from tests.storage.nodes import FORM, Message, Node, copied, count_instead_of_chance

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BUNDLES = st.lists(
    st.tuples(st.integers(1, 3), st.booleans(), st.integers(0, 1)), min_size=1, max_size=8
)  # how many changes, whether it is lost, how many more times it comes


def lose_some(bundles: list[tuple[int, bool, int]], chance: int) -> None:
    """Let one vault send another such bundles; what does not fit changes nothing, and one answer mends all."""
    count_instead_of_chance()
    home = Path(tempfile.mkdtemp(prefix="gaps-", dir=template().data.parents[1]))
    sender, receiver = (_node(home, number) for number in (1, 2))
    try:
        under_way: list[Message] = []
        for count, lost, again in bundles:
            for _ in range(count):
                _write(sender)
            message = sender.message(receiver, "sent", NOW)
            under_way += [] if lost else [message] * (1 + again)
        random.Random(chance).shuffle(under_way)
        for message in under_way:
            before = receiver.dump()
            if not receiver.receive(message, NOW):
                assert receiver.dump() == before
        receiver.tells_all.add(sender.device)
        sender.receive(receiver.message(sender, "acknowledged", NOW), NOW)
        assert receiver.receive(sender.message(receiver, "acknowledged", NOW), NOW)
        assert receiver.rows() == sorted(sender.rows(), key=receiver.rows().index)
        assert (receiver.heads(), receiver.shown()) == (sender.heads(), sender.shown())
        for node in (sender, receiver):
            assert not [finding for step in node.quick_check() for finding in step.findings]
    finally:
        for node in (sender, receiver):
            node.close()
        shutil.rmtree(home)


def _node(home: Path, number: int) -> Node:
    copied(template().data, home / str(number))
    node = Node(home / str(number), template().key, bytes([number]) * 32, frozenset({OPEN}), timedelta())
    node.open()
    return node


def _write(node: Node) -> None:
    number = len(node.rows())
    change = Change(
        record_id=f"k{number % 3}", form=FORM, version=1, stream=OPEN, values={"name": f"value {number}"},
        known_on="2001-01-01",
    )  # fmt: skip
    node.store.save([change], author="p", now=NOW)
