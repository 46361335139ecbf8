"""The properties P1 to P8 of an exchange (BUNDLES 4.1), on real encrypted vaults whose clocks are wrong.

Few and short runs by default; TAC_EXAMPLES and TAC_STEPS ask for more.
"""

import itertools
import os
import random
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tac_desktop.casework.journal import Change, Entry, b64, decode_sem
from tac_desktop.errors import MissingEntries
from tac_desktop.storage import CHEAPEST, Store, create_vault, open_vault, slots
from tests.answers_by_definition import live_answers
from tests.storage.conftest import PASSPHRASE, WORKER

STREAMS = ("stream-0", "stream-1")
RECORDS = {"k0": STREAMS[0], "k1": STREAMS[1], "k2": STREAMS[1]}
FIELDS = ("name", "needs", "wishes")
START = datetime(2026, 3, 1, tzinfo=UTC)
TEMPLATE = Path(tempfile.mkdtemp(prefix="tac-nodes-"))


def template(number: int) -> Path:
    folder = TEMPLATE / str(number)
    if not folder.exists():
        vault, _ = create_vault(
            folder, WORKER, PASSPHRASE, device_id=bytes([number + 1]) * 32, identity=b"", profile=CHEAPEST
        )
        Store(vault).close()
        vault.close()
    return folder


class Node:
    """A vault with a clock of its own."""

    def __init__(self, folder: Path, offset: timedelta) -> None:
        self.folder, self.offset = folder, offset
        self.open()

    def open(self) -> None:
        self.vault = open_vault(self.folder, slots(self.folder)[0].id, PASSPHRASE)
        self.store = Store(self.vault)

    def close(self) -> None:
        self.store.close()
        self.vault.close()

    def entries(self) -> list[Entry]:
        found = list[Entry]()
        for reach in self.store.exchange.reaches():
            found += self.store.exchange.entries(reach.incarnation, {reach.stream: (0, reach.sseq)})
        return found

    def vector(self) -> dict[tuple[bytes, str], int]:
        return {(reach.incarnation, reach.stream): reach.sseq for reach in self.store.exchange.reaches()}

    def heads(self) -> dict[tuple[str, str, str], set[str]]:
        sql = (
            "SELECT uuid, sid, name, cid FROM head h JOIN entity e USING (eid) JOIN stream t ON t.s = e.s"
            " JOIN field USING (fid) JOIN journal USING (j) WHERE form = 'child'"
        )
        found: dict[tuple[str, str, str], set[str]] = {}
        for uuid, sid, name, cid in self.store._ledger.connection.execute(sql):
            found.setdefault((uuid, sid, name), set()).add(b64(cid))
        return found

    def view(self) -> object:
        conflicts = [(c.record_id, c.field, tuple(a.cid for a in c.answers)) for c in self.store.conflicts()]
        return self.heads(), self.store.records("child"), sorted(conflicts)


def by_definition(entries: list[Entry]) -> Mapping[tuple[str, str], dict[str, list[tuple[str, object]]]]:
    grouped: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        sem = decode_sem(entry.sem)
        if sem.form == "child":
            grouped.setdefault((sem.record_id, sem.stream), []).append(entry)
    return {
        key: {field: [(live.cid, live.value) for live in several] for field, several in live_answers(rows).items()}
        for key, rows in grouped.items()
    }


def deliver(node: Node, entries: list[Entry]) -> None:
    with node.store.importing(datetime.now(UTC)) as intake:
        intake.apply(entries)


class Vaults(RuleBasedStateMachine):
    messages = Bundle("messages")

    @initialize(offsets=st.lists(st.integers(-5, 5), min_size=2, max_size=3))
    def begin(self, offsets: list[int]) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="tac-run-"))
        self.seconds, self.copies, self.ever = 0, dict[int, Path](), dict[str, int]()
        self.nodes = list[Node]()
        for number, years in enumerate(offsets):
            shutil.copytree(template(number), self.home / str(number))
            self.nodes.append(Node(self.home / str(number), timedelta(days=365 * years)))

    def node(self, number: int) -> Node:
        return self.nodes[number % len(self.nodes)]

    @rule(number=st.integers(0, 2), record=st.sampled_from(sorted(RECORDS)), value=st.integers(0, 3),
          fields=st.sets(st.sampled_from(FIELDS), min_size=1), seconds=st.integers(0, 5))  # fmt: skip
    def write(self, number: int, record: str, value: int, fields: set[str], seconds: int) -> None:
        self.seconds += seconds
        node = self.node(number)
        change = Change(
            record_id=record, form="child", version=1, stream=RECORDS[record], known_on="2001-01-01",
            values=dict.fromkeys(sorted(fields), f"value {value}"),
        )  # fmt: skip
        now = START + timedelta(seconds=self.seconds) + node.offset
        for entry in node.store.save([change], author="p", now=now):
            cid = b64(entry.cid)
            self.ever[cid] = self.nodes.index(node)
            for field in decode_sem(entry.sem).fields:  # P4: what was just saved stands alone
                assert node.heads()[record, RECORDS[record], field] == {cid}

    @rule(number=st.integers(0, 2), years=st.integers(-10, 10))
    def set_clock(self, number: int, years: int) -> None:
        self.node(number).offset = timedelta(days=365 * years)

    @rule(number=st.integers(0, 2))
    def restart(self, number: int) -> None:
        self.node(number).vault.incarnation.rid = None

    @rule(number=st.integers(0, 2))
    def back_up(self, number: int) -> None:
        node = self.node(number)
        node.close()
        copy = self.home / f"copy-{number % len(self.nodes)}"
        shutil.copyfile(node.folder / "data.db", copy)
        self.copies[number % len(self.nodes)] = copy
        node.open()

    @rule(number=st.integers(0, 2))
    def restore(self, number: int) -> None:
        number %= len(self.nodes)
        if number in self.copies:
            node = self.nodes[number]
            node.close()
            shutil.copyfile(self.copies[number], node.folder / "data.db")
            node.open()
            here = {b64(entry.cid) for one in self.nodes for entry in one.entries()}
            self.ever = {cid: by for cid, by in self.ever.items() if cid in here}  # the rest is physically gone

    @rule(target=messages, number=st.integers(0, 2), to=st.integers(0, 2), whole=st.booleans())
    def write_bundle(self, number: int, to: int, whole: bool) -> list[Entry]:
        known = {} if whole else self.node(to).vector()
        entries = self.node(number).entries()
        return [e for e in entries if e.sseq > known.get((e.incarnation, decode_sem(e.sem).stream), 0)]

    @rule(message=messages, number=st.integers(0, 2), seed=st.integers(0, 99))
    def receive(self, message: list[Entry], number: int, seed: int) -> None:
        node, before = self.node(number), self.node(number).view()
        histories: dict[tuple[bytes, str], list[Entry]] = {}
        for entry in message:
            histories.setdefault((entry.incarnation, decode_sem(entry.sem).stream), []).append(entry)
        several = list(histories.values())
        random.Random(seed).shuffle(several)
        shuffled = list(itertools.chain(*several))
        try:
            deliver(node, shuffled)
        except MissingEntries:
            assert node.view() == before  # P7
            return
        after = node.view()
        deliver(node, shuffled)
        assert node.view() == after  # P6

    @rule(number=st.integers(0, 2), to=st.integers(0, 2))
    def exchange(self, number: int, to: int) -> None:
        deliver(self.node(to), self.node(number).entries())

    @invariant()
    def what_is_live_and_shown_is_as_defined(self) -> None:
        for node in getattr(self, "nodes", []):
            defined = by_definition(node.entries())
            heads = {
                (record, stream, field): {cid for cid, _ in several}
                for (record, stream), fields in defined.items()
                for field, several in fields.items()
            }
            assert node.heads() == heads  # P2
            for record in node.store.records("child"):
                shown = {field: several[0][1] for field, several in defined[record.id, record.stream].items()}
                assert dict(record.answers) == shown  # P3

    def teardown(self) -> None:
        nodes = getattr(self, "nodes", [])
        for a, b in itertools.permutations(nodes, 2):
            deliver(b, a.entries())
        for a, b in itertools.permutations(nodes, 2):
            deliver(b, a.entries())
            assert a.view() == b.view()  # P1
        for node in nodes:
            assert self.ever.keys() <= {b64(entry.cid) for entry in node.entries()}  # P5
            assert not [finding for step in node.store.check() for finding in step.findings]  # P8
            node.close()
        if nodes:
            shutil.rmtree(self.home)


Vaults.TestCase.settings = settings(
    max_examples=int(os.environ.get("TAC_EXAMPLES", "6")), stateful_step_count=int(os.environ.get("TAC_STEPS", "15")),
    deadline=None, suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestVaultsThatExchange = Vaults.TestCase


def teardown_module() -> None:
    shutil.rmtree(TEMPLATE, ignore_errors=True)
