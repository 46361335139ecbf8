"""The trial of merging: vaults that write, exchange, break, are restored and copied, in any order (BUNDLES 4.1, 4.2).

P1 all that hold the same entries show the same; P2, P3 what is alive and shown is as defined; P4 what was just saved
stands; P5 nothing is lost; P6 what comes twice changes nothing; P7 what does not fit changes nothing; P8 every vault
passes its check; P9 nobody gets what she may not have; P10 a decision settles what it was shown; P11 records that are
one are so everywhere; P12 of what was erased nothing stays.
"""

import itertools
import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tac_desktop.casework.journal import Change, Entry, b64, decode_sem
from tests.storage.by_definition import meaning
from tests.storage.nodes import FORM, MEMORY, Message, Node, Template, copied, count_instead_of_chance

OPEN, CLOSED = "stream-0", "stream-1"
RECORDS = {"k0": OPEN, "k1": CLOSED, "k2": CLOSED, "k3": CLOSED}
FIELDS = ("name", "needs", "_del")
START = datetime(2026, 3, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
MOST_NODES = 6
ROUNDS = 4
MET: Counter[str] = Counter()
"""What the runs have met, so that one sees that they have met anything."""

_places: list[Path] = []
_templates: list[Template] = []


def template() -> Template:
    """Return the empty vault of which all are copies; made once."""
    if not _templates:
        _places.append(Path(tempfile.mkdtemp(prefix="tac-nodes-", dir=MEMORY if MEMORY.is_dir() else None)))
        _templates.append(Template(_places[0] / "template"))
    return _templates[0]


def clear_away() -> None:
    """Remove all folders of the trial."""
    for place in _places:
        shutil.rmtree(place, ignore_errors=True)
    _places.clear()
    _templates.clear()


class Vaults(RuleBasedStateMachine):
    """Two to four vaults; copies may make them six."""

    messages = Bundle("messages")
    nodes: tuple[Node, ...] = ()

    @initialize(years=st.lists(st.sampled_from((0, 0, 0, -5, -2.5, 2.5, 5)), min_size=2, max_size=4))
    def begin(self, years: list[float]) -> None:
        count_instead_of_chance()
        MET["runs"] += 1
        self.seconds = 0
        self.copies: dict[int, Path] = {}
        self.ever: set[tuple[str, str]] = set()
        self.changed: set[int] = set()
        self.home = Path(tempfile.mkdtemp(prefix="run-", dir=template().data.parents[1]))
        for number, off in enumerate(years):
            self.add(template().data, bytes([number + 1]) * 32, off * YEAR)

    def add(self, data: Path, device: bytes, offset: timedelta) -> None:
        streams = frozenset({OPEN} if device[0] == 3 else {OPEN, CLOSED})
        folder = self.home / str(len(self.nodes))
        copied(data, folder)
        node = Node(folder, template().key, device, streams, offset)
        node.open()
        self.nodes = (*self.nodes, node)

    def node(self, number: int) -> Node:
        number %= len(self.nodes)
        self.changed.add(number)
        return self.nodes[number]

    def now(self, node: Node) -> datetime:
        return START + timedelta(seconds=self.seconds) + node.offset

    # --- what people do ---

    @rule(number=st.integers(0, 11), record=st.sampled_from(sorted(RECORDS)), value=st.integers(0, 3),
          fields=st.sets(st.sampled_from(FIELDS), min_size=1), seconds=st.integers(0, 5))  # fmt: skip
    def write(self, number: int, record: str, value: int, fields: set[str], seconds: int) -> None:
        self.seconds += seconds
        node = self.node(number)
        record = record if node.may(RECORDS[record]) else "k0"
        before, seen = node.store.record(record), [entry.cid for entry in node.store.history(record)]
        said = f"value {value}" if value else None
        values = {name: said for name in sorted(fields) if name != "_del"}
        deletion = {"_del": {"reason": "twice", "seen": seen} if value else None} if "_del" in fields else {}
        self.save(node, record, values | deletion)
        after = node.store.record(record)
        if before and after and not deletion:  # P4, of records that are one as well
            assert {name: after.answers.get(name) for name in values} == values
            assert not set(after.conflicts) & set(values)

    @rule(pair=st.tuples(st.integers(0, 11), st.integers(0, 11)), record=st.sampled_from(sorted(RECORDS)),
          field=st.sampled_from(FIELDS), values=st.tuples(st.integers(0, 3), st.integers(0, 3)))  # fmt: skip
    def both_write(self, pair: tuple[int, int], record: str, field: str, values: tuple[int, int]) -> None:
        for seconds, number, value in zip((1, 0), pair, values, strict=True):  # at the same moment
            self.write(number, record, value, {field}, seconds)

    def save(self, node: Node, record: str, values: dict, op: str = "set", shown: dict | None = None) -> list[Entry]:
        change = Change(
            record_id=record, form=FORM if op != "redact" else "redaction", version=1,
            stream=RECORDS.get(record) or shown.pop("stream"), known_on="2001-01-01", values=values, op=op,
        )  # fmt: skip
        entries = node.store.save([change], author="p", now=self.now(node), shown=shown)
        heads = node.heads()
        for entry in entries:
            sem = decode_sem(entry.sem)
            self.ever.add((sem.stream, b64(entry.cid)))
            for field in sem.fields if sem.form == FORM else ():  # P4: what was just saved stands alone
                assert heads[sem.stream, sem.record_id][field] == {b64(entry.cid)}
        return entries

    @rule(number=st.integers(0, 11), pair=st.sampled_from(sorted(itertools.permutations(("k1", "k2", "k3"), 2))),
          same=st.booleans())  # fmt: skip
    def join_or_separate(self, number: int, pair: tuple[str, str], same: bool) -> None:
        node = self.node(number)
        if node.may(CLOSED):
            MET["said to be the same"] += same
            self.save(node, pair[0], {f"_same/{pair[1]}": same}, "merge" if same else "unmerge")

    @rule(number=st.integers(0, 11), which=st.integers(0, 9), choice=st.integers(0, 2))
    def decide(self, number: int, which: int, choice: int) -> None:
        node = self.node(number)
        found = node.store.contradictions.found()
        if not found:
            return
        MET["decided"] += 1
        conflict = found[which % len(found)]
        cids = frozenset(answer.cid for answer in conflict.answers)
        value = conflict.answers[choice % len(cids)].value
        if conflict.field == "_del" and value is not None:
            value = {"reason": "twice", "seen": [entry.cid for entry in node.store.history(conflict.record_id)]}
        shown = {(conflict.record_id, conflict.field): cids}
        entries = self.save(node, conflict.record_id, {conflict.field: value}, shown=shown)
        replaced = {cid for entry in entries for cid in decode_sem(entry.sem).supersedes}
        assert cids <= replaced  # P10
        left = {(one.record_id, one.field) for one in node.store.contradictions.found()}
        assert (conflict.record_id, conflict.field) not in left

    @rule(number=st.integers(0, 11), which=st.integers(0, 99), really=st.integers(0, 2), ahead=st.booleans())
    def erase(self, number: int, which: int, really: int, ahead: bool) -> None:
        node = self.node(number)
        found = [row for row in node.rows() if row.payload and b"redact" not in row.sem]
        if not found or really:
            return
        MET["erased"] += 1
        cid, sem = meaning(found[which % len(found)].sem)
        self.save(node, f"r{cid[:8]}", {"basis": "the law", f"cid/{cid}": True}, "redact", {"stream": sem[3]})
        others = [place for place, one in enumerate(self.nodes) if one.device != node.device and one.may(sem[3])]
        if ahead and others:  # what is erased may arrive after its erasing
            other = self.node(others[which % len(others)])
            histories = [one.incarnation for one in node.store.exchange.reaches() if one.stream == sem[3]]
            mine = histories.index(node.vault.incarnation.rid)
            self.deliver(node.message(other, "full", self.now(node), sem[3], mine), other)

    # --- what computers do ---

    @rule(number=st.integers(0, 11), what=st.sampled_from(("restart", "back up", "restore", "copy", "clock")),
          years=st.integers(-10, 10))  # fmt: skip
    def mishap(self, number: int, what: str, years: int) -> None:
        number %= len(self.nodes)
        node = self.node(number)
        match what:
            case "clock":
                node.offset = years * YEAR
            case "restart":
                node.close()
                node.open()
            case "back up":
                self.copies[number] = self.home / f"copy-{number}"
                shutil.copyfile(node.folder / "data.db", self.copies[number])
            case "restore" if number in self.copies:
                self.restore(node, self.copies[number])
            case "copy" if len(self.nodes) < MOST_NODES:
                MET["copied"] += 1
                self.add(node.folder / "data.db", node.device, node.offset)

    def restore(self, node: Node, copy: Path) -> None:
        MET["restored"] += 1
        node.close()
        shutil.copyfile(copy, node.folder / "data.db")
        node.open()
        node.tells_all = {other.device for other in self.nodes}
        self.ever &= set().union(*map(self.here, self.nodes))  # the rest is physically gone

    # --- what travels ---

    @rule(target=messages, number=st.integers(0, 11), to=st.integers(0, 11), only=st.sampled_from((OPEN, CLOSED)),
          mode=st.sampled_from(("acknowledged", "sent", "full", "one stream", "volume")),
          volume=st.integers(0, 5))  # fmt: skip
    def export(self, number: int, to: int, mode: str, only: str, volume: int) -> Message:
        node = self.node(number)
        others = [one for one in self.nodes if one.device != node.device]
        other, now = others[to % len(others)], self.now(node)
        if mode == "one stream":
            message = node.message(other, "acknowledged", now, only)
        elif mode == "volume":
            message = node.message(other, "acknowledged", now, volume=volume)
        else:
            message = node.message(other, mode, now)
        assert all(other.may(meaning(row.sem)[1][3]) for row in message.rows)  # P9
        return message

    @rule(message=messages, number=st.integers(0, 11), seed=st.integers(0, 99))
    def receive(self, message: Message, number: int, seed: int) -> None:
        node = self.node(number)
        if not all(node.may(meaning(row.sem)[1][3]) for row in message.rows):
            return
        before = node.dump()
        fitted = self.deliver(message, node, seed)
        after = node.dump()
        if not fitted:
            assert after == before  # P7
        else:
            assert node.receive(message, self.now(node), seed + 1)
            assert node.dump() == after  # P6

    def deliver(self, message: Message, node: Node, seed: int = 0) -> bool:
        before = node.count()
        fitted = node.receive(message, self.now(node), seed)
        met = "gaps" if not fitted else "deliveries with news" if node.count() > before else "deliveries without"
        MET[met] += 1
        return fitted

    @rule(number=st.integers(0, 11), to=st.integers(0, 11), back=st.booleans())
    def sync_now(self, number: int, to: int, back: bool) -> None:
        one, other = self.node(number), self.node(to)
        self.talk(one, other, one) if back else self.talk(one, other)

    @rule(number=st.integers(0, 11), to=st.integers(0, 11),
          mode=st.sampled_from(("acknowledged", "sent", "full", "volume")),
          lost=st.sampled_from((False, False, True)), seed=st.integers(0, 99))  # fmt: skip
    def send(self, number: int, to: int, mode: str, lost: bool, seed: int) -> None:
        message = self.export(number, to, mode, OPEN, seed)
        if not lost:
            self.receive(message, next(i for i, one in enumerate(self.nodes) if one.device == message.to), seed)

    def talk(self, *nodes: Node) -> None:
        for one, other in itertools.pairwise(nodes):
            if one.device != other.device:
                self.deliver(one.message(other, "acknowledged", self.now(one)), other)

    # --- what holds ---

    @invariant()
    def what_is_alive_and_shown_is_as_defined(self) -> None:
        for number in sorted(self.changed if self.nodes else ()):
            node = self.nodes[number]
            defined = node.world()
            alive = {
                place: {name: {one.cid for one in several} for name, several in fields.items()}
                for place, fields in defined.alive.items()
                if fields
            }
            assert node.heads() == alive  # P2
            assert node.shown() == defined.shown  # P3, P11
            assert {meaning(row.sem)[1][3] for row in node.rows()} <= node.streams  # P9
            gone = {(meaning(row.sem)[1][3], meaning(row.sem)[0]) for row in node.rows() if not row.payload}
            assert gone == {one for one in defined.erased if one in self.here(node)}  # P12
        self.changed = set()

    @staticmethod
    def here(node: Node) -> set[tuple[str, str]]:
        return {(meaning(row.sem)[1][3], meaning(row.sem)[0]) for row in node.rows()}

    def teardown(self) -> None:
        try:
            self.agree()
        finally:
            for node in self.nodes:
                node.close()
            if self.nodes:
                shutil.rmtree(self.home)

    def agree(self) -> None:
        """Let all talk to each other until nobody has news; then all hold and show the same."""
        copies = len({node.device for node in self.nodes}) < len(self.nodes)
        for _ in range(ROUNDS):
            for one, other in itertools.combinations(self.nodes, 2):
                if copies:  # two vaults with one name say what they hold, each time
                    one.tells_all.add(other.device)
                    other.tells_all.add(one.device)
                if not self.hold_the_same(one, other):
                    self.talk(one, other, one, *[other] * copies)
            if all(self.hold_the_same(*pair) for pair in itertools.combinations(self.nodes, 2)):
                break
        for place, node in enumerate(self.nodes):
            assert {one for one in self.ever if node.may(one[0])} <= self.here(node)  # P5
            assert node.shown() == node.world().shown
            steps = node.store.upkeep.check() if place == MET["runs"] % len(self.nodes) else node.quick_check()
            assert not [finding for step in steps for finding in step.findings]  # P8
        views = [self.view(node) for node in self.nodes]
        MET["runs that ended with a conflict"] += any(conflicts for *_, conflicts in views)
        for (one, first), (other, second) in itertools.combinations(zip(self.nodes, views, strict=True), 2):
            both = one.streams & other.streams
            assert self.within(first, both) == self.within(second, both)  # P1

    def hold_the_same(self, one: Node, other: Node) -> bool:
        return one.device == other.device or all(
            (cid in self.here(one)) == (cid in self.here(other))
            for cid in self.here(one) | self.here(other)
            if one.may(cid[0]) and other.may(cid[0])
        )

    @staticmethod
    def view(node: Node) -> tuple[dict, dict, list]:
        conflicts = [
            (one.stream, one.record_id, one.field, tuple(answer.cid for answer in one.answers))
            for one in node.store.contradictions.found()
        ]
        return node.heads(), node.shown(), sorted(conflicts)

    @staticmethod
    def within(view: tuple[dict, dict, list], streams: frozenset[str]) -> object:
        heads, shown, conflicts = view
        return (
            {place: fields for place, fields in heads.items() if place[0] in streams},
            {place: record for place, record in shown.items() if place[0] in streams},
            [conflict for conflict in conflicts if conflict[0] in streams],
        )
