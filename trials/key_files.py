"""Hostile variants of keys.json: each gives one of our own troubles at once, or is harmless; and nothing is changed."""

import json
import random
import tempfile
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from tac_desktop.casework.age_keys import identity_of, recipient_of
from tac_desktop.casework.people import Person
from tac_desktop.errors import TacError
from tac_desktop.storage import key_slots, unlocking
from tac_desktop.storage.folder import ATTEMPTS, DATA, DRAFTS, KEYS
from tac_desktop.storage.key_file import from_json, read_keys
from tac_desktop.storage.key_seals import public_of
from tac_desktop.storage.key_slots import CHEAPEST
from trials.desks import PASSPHRASE, new_desk
from trials.outcome import Outcome

COUNT = 300
LONGEST = 0.05
"""Seconds of the processor that a variant may take, without Argon2id."""
PRIVATE = bytes(range(1, 33))
IDENTITY = identity_of(PRIVATE)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 1 << 53, 1 << 4000, 1.5, float("nan"), float("inf"), "", "A", "A" * 300, "\ud800",
    "\n", "A" * 43 + "=", "////", "=" * 44, [], {}, [[]], [None] * 101, {"name": "argon2id"},
    "tac-keys-1", "tac-keys-2", "tac-keys-9", "passphrase", "recovery", "organisation", "0" * 32, "A" * 300_000,
)  # fmt: skip


def run(count: int, seed: int) -> Outcome:
    """Try so many variants, each on the vault as it was."""
    outcome, rng = Outcome("key_files"), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        folder = Path(place) / "vault"
        genuine = _prepared(folder)
        sound = _files(folder)
        for number in range(count):
            outcome.tried += 1
            variant = _variant(rng.choice(genuine), rng)
            (folder / KEYS).write_bytes(variant)
            wrong = _tried(folder, variant, genuine, outcome)
            if _files(folder) != sound:
                wrong = wrong or ("" if _is_genuine(variant, genuine) else "a file was changed")
                _put_back(folder, sound)
            (folder / ATTEMPTS).unlink(missing_ok=True)
            if wrong:
                outcome.bad.append(f"run {number}: {wrong}")
    return outcome


def _prepared(folder: Path) -> list[bytes]:
    """Make a vault with every kind of slot; return its key file, and the one that it has while it is re-keyed."""
    with new_desk(folder) as desk:
        vault = desk.vault
        vault.add_person(Person(id="second", name="Plum Anvil", role="manager"), PASSPHRASE + "2", CHEAPEST)
        vault.set_organisation(recipient_of(public_of(PRIVATE)))
        settled = (folder / KEYS).read_bytes()
        desk.store.close()
        desk.drafts.close()
        job = vault.rekey()
        next(job)
        next(job)
        both = (folder / KEYS).read_bytes()
        job.close()
    return [settled, settled, both]


def _files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (DATA, DRAFTS, f"{KEYS}.bak")}


def _put_back(folder: Path, sound: dict[str, bytes]) -> None:
    for name, content in sound.items():
        (folder / name).write_bytes(content)
        (folder / f"{name}-journal").unlink(missing_ok=True)


def _tried(folder: Path, variant: bytes, genuine: list[bytes], outcome: Outcome) -> str:
    """Read a variant and open every slot of it; say what was wrong, '' if nothing was."""
    if wrong := _wrong_with(lambda: read_keys(folder / KEYS), "reading it"):
        return wrong
    try:
        keys = read_keys(folder / KEYS)
    except TacError as trouble:
        outcome.meet(type(trouble).__name__)
        return ""
    ways: list[Callable[[], Any]] = [
        lambda slot=slot: unlocking.open_vault(folder, slot.id, PASSPHRASE).close()
        for slot in keys.slots
        if slot.profile == CHEAPEST  # others are within their limits: what they cost is told by the profile
    ]
    ways.append(lambda: unlocking.open_by_organisation(folder, IDENTITY).close())
    for way in ways:
        (folder / ATTEMPTS).unlink(missing_ok=True)
        before = (folder / KEYS).read_bytes()
        wrong = _opened(way, folder, genuine, outcome)
        if wrong or (folder / KEYS).read_bytes() != before:
            return wrong or ("" if _is_genuine(variant, genuine) else "keys.json was changed")
    return ""


def _opened(way: Callable[[], Any], folder: Path, genuine: list[bytes], outcome: Outcome) -> str:
    start = time.process_time()
    try:
        way()
    except TacError as trouble:
        outcome.meet(type(trouble).__name__)
        took = time.process_time() - start
        return _wrong_with(way, "opening it") if took > LONGEST else ""
    except Exception as fault:  # noqa: BLE001 - any other is what the trial looks for
        return f"{type(fault).__module__}.{type(fault).__name__} while it is opened"
    outcome.meet("harmless")
    return "" if _is_genuine((folder / KEYS).read_bytes(), genuine) or _is_newer(folder, genuine) else "it was opened"


def _is_newer(folder: Path, genuine: list[bytes]) -> bool:
    """Say whether the file is one that the program wrote itself, when it finished a re-keying that was begun."""
    keys = from_json((folder / KEYS).read_bytes())
    return keys.number > from_json(genuine[0]).number and not keys.next_mac


def _is_genuine(variant: bytes, genuine: list[bytes]) -> bool:
    """Say whether a variant says the same as a genuine file: white space and the like."""
    try:
        said = from_json(variant)
    except TacError:
        return False
    return any(key_slots.body_of(said) == key_slots.body_of(from_json(one)) for one in genuine)


def _wrong_with(work: Callable[[], object], what: str) -> str:
    """Say what is wrong with a refusal: another error than ours, or too long; the best of three, for a busy machine."""
    took: list[float] = []
    for _ in range(3):
        start = time.process_time()
        try:
            work()
        except TacError:
            pass
        except Exception as fault:  # noqa: BLE001 - any other is what the trial looks for
            return f"{what} ends in {type(fault).__module__}.{type(fault).__name__}"
        took.append(time.process_time() - start)
        if took[-1] <= LONGEST:
            return ""
    return f"{what} takes {min(took) * 1000:.0f} ms"


def _variant(genuine: bytes, rng: random.Random) -> bytes:
    """Return a key file with something about it altered."""
    if rng.random() < 0.25:
        return _bytes_altered(genuine, rng)
    body = json.loads(genuine)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        rng.choice((_set, _set, _set, _drop, _exchange, _repeat, _nest))(body, rng)
    return json.dumps(body, indent=rng.choice((None, 1))).encode("utf-8", "surrogatepass")


def _bytes_altered(genuine: bytes, rng: random.Random) -> bytes:
    altered = bytearray(genuine)
    place = rng.randrange(len(altered))
    match rng.randrange(5):
        case 0:
            altered[place] ^= 1 << rng.randrange(8)
        case 1:
            del altered[place:]
        case 2:
            altered[place:place] = rng.randbytes(rng.randrange(1, 50))
        case 3:
            altered[place:place] = rng.choice((b"[", b"{", b'"', b"\x00", b"1")) * rng.choice((1, 1000, 200_000))
        case _:
            altered = bytearray(
                rng.choice((b"", b"null", b"[]", b"{}", b"[" * 500_000, b'{"a":' * 100_000, b"9" * 9999))
            )
    return bytes(altered)


def _place(body: dict[str, Any], rng: random.Random) -> tuple[Any, Any]:
    """Return a member or element somewhere in the file: what holds it, and its name or number."""
    holder: Any = body
    for _ in range(4):
        names = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not names:
            break
        name = rng.choice(names)
        if not isinstance(holder[name], dict | list) or rng.random() < 0.3:
            return holder, name
        holder = holder[name]
    return body, rng.choice(list(body) or ["format"])


def _set(body: dict[str, Any], rng: random.Random) -> None:
    holder, name = _place(body, rng)
    holder[name] = deepcopy(rng.choice(ODD))


def _drop(body: dict[str, Any], rng: random.Random) -> None:
    holder, name = _place(body, rng)
    if isinstance(holder, list) or name in holder:
        del holder[name]


def _exchange(body: dict[str, Any], rng: random.Random) -> None:
    (one, a), (other, b) = _place(body, rng), _place(body, rng)
    if (isinstance(one, list) or a in one) and (isinstance(other, list) or b in other):
        one[a], other[b] = json.loads(json.dumps(other[b])), json.loads(json.dumps(one[a]))


def _repeat(body: dict[str, Any], rng: random.Random) -> None:
    slots = body.get("slots")
    if isinstance(slots, list) and 0 < len(slots) < 100:
        slots.extend(json.loads(json.dumps(slots)) * rng.choice((1, 30, 300)))


def _nest(body: dict[str, Any], rng: random.Random) -> None:
    holder, name = _place(body, rng)
    value: Any = 0
    for _ in range(rng.choice((3, 300))):
        value = [value] if rng.random() < 0.5 else {"slots": value}
    holder[name] = value
