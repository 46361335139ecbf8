"""Bundles, the inbox, receipts and hand-overs at the command line: what a script says, and what clumsy hands get."""

from pathlib import Path

import pytest

from tac_desktop import paths
from tac_desktop.commands.exchange import size
from tests.commands.conftest import Command, MakeVault

SAMPLE = paths.resources() / "sample" / "case-tracker-2022.xlsx"


@pytest.fixture
def key(passphrase_file: Path) -> tuple[str, str]:
    return "--passphrase-file", str(passphrase_file)


@pytest.fixture
def worker(make_vault: MakeVault, command: Command, key: tuple[str, str]) -> Path:
    vault = make_vault("slate", "worker")
    assert command("workbook", "import", vault, SAMPLE, "--prison", "EP", *key).code == 0
    return vault


@pytest.fixture
def manager(make_vault: MakeVault) -> Path:
    return make_vault("manager", "manager")


@pytest.fixture
def cards(command: Command, key: tuple[str, str], tmp_path: Path):
    """Let vaults accept each other's cards; return the files of the cards by vault."""

    def acquaint(*vaults: Path) -> dict[Path, Path]:
        to = {vault: tmp_path / f"{vault.name}.card" for vault in vaults}
        code = {vault: command("card", vault, "--to", card, *key, "--json").json["code"] for vault, card in to.items()}
        for vault in vaults:
            for other in vaults:
                if other != vault:
                    assert command("trust", vault, to[other], "--code", code[other], *key).code == 0
        return to

    return acquaint


def test_a_bundle_may_come_in_files_below_a_size_and_an_inbox_takes_in_all(
    command: Command, worker: Path, manager: Path, cards, key: tuple[str, str], tmp_path: Path
):
    to = cards(worker, manager)
    post = tmp_path / "post"
    post.mkdir()
    words = ("bundle", "write", worker, "--for", to[manager], "--to", post / "p.tacb", *key, "--json")
    told = command(*words, "--limit", "100kB").json
    assert told["entries"] == 308
    assert told["files"] == sorted(str(file) for file in post.iterdir())
    (post / "letter.tacb").write_text("no bundle")
    (post / "letter.txt").write_text("no bundle")
    said = command("inbox", manager, post, *key, "--json")
    assert said.code == 1
    outcomes = {Path(one["file"]).name: one for one in said.json["files"]}
    assert outcomes["letter.tacb"]["trouble"]["kind"] == "NotABundle"
    assert sum(one["imported"]["new"] for one in outcomes.values() if one["imported"]) == 308
    assert sorted(file.name for file in post.iterdir()) == ["letter.tacb", "letter.txt", "taken-in"]
    (post / "letter.tacb").unlink()
    assert command("inbox", manager, post, *key).out == "0 bundles taken in, 0 not.\n"


def test_a_receipt_goes_back_as_a_file_or_as_a_code(
    command: Command, worker: Path, manager: Path, cards, key: tuple[str, str], tmp_path: Path
):
    to = cards(worker, manager)
    bundle, back = tmp_path / "p.tacb", tmp_path / "back.tacb"
    write = ("bundle", "write", worker, "--for", to[manager], "--to", bundle, *key, "--json")
    command(*write)
    receipt = command("bundle", "import", manager, bundle, *key, "--json").json["receipt"]
    assert command(*write).json["entries"] == 308
    assert command(*write, "--since-sent").json["entries"] == 0
    wrong = command("receipt", "enter", worker, "--code", receipt[:-1] + ("0" if receipt[-1] != "0" else "1"), *key)
    assert (wrong.code, wrong.out) == (1, "")
    assert command("receipt", "enter", worker, "--code", receipt.lower(), *key).code == 0
    assert command(*write).json["entries"] == 0
    assert command(*write, "--all").json["entries"] == 308
    assert command("receipt", "write", manager, "--for", to[worker], "--to", back, *key).code == 0
    told = command("bundle", "import", worker, back, *key, "--json").json
    assert (told["kind"], told["new"], told["changed"]) == ("receipt", 0, 0)


def test_a_case_file_is_handed_over_listed_and_taken_back(
    command: Command, worker: Path, make_vault: MakeVault, cards, key: tuple[str, str], tmp_path: Path
):
    other = make_vault("teal", "worker")
    to = cards(worker, other)
    given = command(
        "handover", "give", worker, "EP-001", "--for", to[other], "--cover", "--until", "2099-01-31", "--reason",
        "leave", *key, "--json",
    )  # fmt: skip
    assert (given.json["kind"], given.json["state"], given.json["reason"]) == ("cover", "offered", "leave")
    bundle = tmp_path / "p.tacb"
    assert (
        command("bundle", "write", worker, "--for", to[other], "--to", bundle, *key, "--json").json["case_files"] == 1
    )
    assert "sent, not acknowledged" in command("handover", "list", worker, *key).out
    assert command("bundle", "import", other, bundle, *key, "--json").json["handovers"] == 1
    (listed,) = command("handover", "list", other, "--case", "EP-001", *key, "--json").json["handovers"]
    assert (listed["case"], listed["received"], listed["state"]) == ("EP-001", True, "taken_over")
    assert command("handover", "end", other, listed["id"], *key).code == 0
    assert command("handover", "list", other, *key, "--json").json["handovers"][0]["state"] == "ended"


@pytest.mark.parametrize("words", [
    ("bundle", "write", "v", "--for", "c", "--to", "f", "--limit", "small"),
    ("bundle", "write", "v", "--for", "c", "--to", "f", "--limit", "10"),
    ("bundle", "write", "v", "--for", "c", "--to", "f", "--all", "--since-sent"),
    ("inbox", "v"), ("receipt", "v"), ("receipt", "write", "v"), ("handover", "give", "v", "EP-001"),
    ("handover", "end", "v"),
])  # fmt: skip
def test_wrong_usage_leaves_with_2(command: Command, words: tuple[str, ...]):
    said = command(*words)
    assert (said.code, said.out) == (2, "")
    assert "usage: tac-desktop" in said.err


@pytest.mark.parametrize(("text", "bytes_"), [
    ("10MB", 10_000_000), ("4.5 GB", 4_500_000_000), ("200k", 200_000), ("100000", 100_000), ("25 MiB", 25_000_000),
])  # fmt: skip
def test_a_size_is_read_as_people_write_it(text: str, bytes_: int):
    assert size(text) == bytes_


@pytest.mark.parametrize("words", [
    ("inbox", "{vault}", "{nowhere}"), ("handover", "give", "{vault}", "XX-999", "--for", "{card}"),
    ("handover", "give", "{vault}", "EP-001", "--for", "{nowhere}"),
    ("handover", "give", "{vault}", "EP-001", "--for", "{card}", "--cover", "--until", "31/01/2030"),
    ("handover", "give", "{vault}", "EP-001", "--for", "{card}", "--cover", "--until", "2020-01-31"),
    ("handover", "end", "{vault}", "no such"), ("receipt", "enter", "{vault}", "--code", "x"),
    ("receipt", "write", "{vault}", "--for", "{card}", "--to", "{nowhere}/x"),
    ("bundle", "write", "{vault}", "--for", "{card}", "--case", "XX-999", "--to", "{nowhere}"),
])  # fmt: skip
def test_what_cannot_be_done_is_a_sentence_and_leaves_nothing(
    command: Command, worker: Path, make_vault: MakeVault, cards, key: tuple[str, str], tmp_path: Path,
    words: tuple[str, ...],
):  # fmt: skip
    card = cards(worker, make_vault("teal", "worker"))
    places = {"vault": worker, "card": card[tmp_path / "teal"], "nowhere": tmp_path / "nowhere"}
    before = {file.name for file in tmp_path.iterdir()}
    said = command(*(word.format(**places) for word in words), *key)
    assert (said.code, said.out) == (1, ""), said.out
    assert 1 <= said.err.count(". ") + said.err.count(".\n") <= 4, said.err
    assert "Traceback" not in said.err
    assert "need another look" not in said.err
    assert {file.name for file in tmp_path.iterdir()} == before
    assert command("handover", "list", worker, *key, "--json").json["handovers"] == []
