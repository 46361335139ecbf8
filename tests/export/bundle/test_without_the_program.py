"""What an IT department does in twenty years: open and check a bundle with the tools of its system alone."""

import hashlib
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tac_desktop.export.allowed_signers import allowed_signers, principal
from tac_desktop.export.bundle.manifest import PIECE
from tac_desktop.export.roster import read_service_file
from tests.reference import make_bundles

REFERENCE = Path(__file__).resolve().parents[2] / "reference" / "bundles"
PARTIES = make_bundles.parties()
TOOLS = ("age", "tar", "ssh-keygen", "sha256sum", "zstd")


def shell(folder: Path, script: str, *, fails: bool = False) -> str:
    """Run a script as a person would type it; return what it says."""
    done = subprocess.run(["sh", "-ec", script], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) is fails, done.stderr
    return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the reference bundle of a service, its emergency key, and the list of who may sign."""
    content = (REFERENCE / "08-roster-and-escrow.tacb").read_bytes()
    (tmp_path / "x.tacb").write_bytes(content)
    (tmp_path / "escrow.key").write_text(PARTIES["escrow"].identity.opening_key + "\n")
    (tmp_path / "out").mkdir()
    shell(tmp_path, "age -d -i escrow.key x.tacb | tar -x -C out")
    file = read_service_file((tmp_path / "out/trust.json").read_bytes())
    (tmp_path / "allowed_signers").write_bytes(allowed_signers(file))
    return tmp_path


@pytest.mark.tool(*TOOLS)
def test_a_bundle_is_opened_by_the_emergency_key_and_its_signer_is_checked(place):
    name = principal(PARTIES["bea"].card.name)
    verify = "ssh-keygen -Y verify -f ../allowed_signers -n {} -I {} -s manifest.json.sig < manifest.json"
    said = shell(place / "out", verify.format("tac-bundle-v1", name))
    assert f'Good "tac-bundle-v1" signature for {name} with ED25519 key SHA256:' in said
    shell(place / "out", verify.format("tac-roster-v1", name), fails=True)
    shell(place / "out", verify.format("tac-bundle-v1", principal(PARTIES["anna"].card.name)), fails=True)
    (place / "out/manifest.json").write_text((place / "out/manifest.json").read_text().replace("sync", "Sync"))
    shell(place / "out", verify.format("tac-bundle-v1", name), fails=True)


@pytest.mark.tool(*TOOLS)
def test_the_files_are_those_that_the_manifest_names_and_the_entries_are_read(place):
    manifest = json.loads((place / "out/manifest.json").read_text())
    sums = [f"{one['sha256']}  {one['name']}" for one in manifest["files"]]
    sums.append(f"{manifest['trust']['sha256']}  trust.json")
    (place / "sums").write_text("\n".join(sums) + "\n")
    said = shell(place / "out", "sha256sum -c ../sums")
    assert said.splitlines() == [f"{line.split()[1]}: OK" for line in sums]
    told = [json.loads(line) for line in shell(place / "out", "zstd -dcq changes/*.zstd | cut -f5").splitlines()]
    assert ["Note 1 of a vault that is lost."] in told
    sems = [json.loads(line) for line in shell(place / "out", "zstd -dcq changes/*.zstd | cut -f3").splitlines()]
    assert {sem[1] for sem in sems} == {"contact"}


@pytest.mark.tool(*TOOLS, "jq")
def test_the_roster_inside_is_checked_in_the_same_way(place):
    script = """
        jq -j .roster.text trust.json > roster; jq -j '.roster.signatures[0]' trust.json > roster.sig
        ssh-keygen -Y verify -f ../allowed_signers -n tac-roster-v1 -I roster -s roster.sig < roster
        jq -j '.roots[0].text' trust.json > root
        for n in 0 1; do jq -j ".roots[0].signatures[$n]" trust.json > root.sig
        ssh-keygen -Y verify -f ../allowed_signers -n tac-root-v1 -I root-$((n + 1)) -s root.sig < root; done"""
    assert shell(place / "out", script).count('Good "tac-ro') == 3


@pytest.mark.tool(*TOOLS)
def test_a_bundle_of_today_is_opened_too_and_its_attachment_put_together(
    anna, bea, history_of, parcel_of, attachment_of, write, tmp_path
):
    content = os.urandom(1000) + bytes(PIECE)
    film, history = attachment_of(content), history_of(anna, 20)
    path = write(anna, parcel_of(anna, bea, history, attachments=(replace(film, here=None),)))
    (tmp_path / "key").write_text(bea.identity.opening_key + "\n")
    shell(tmp_path, f"mkdir out; age -d -i key {path.name} > inner.tar; tar -x -C out -f inner.tar")
    (blob,) = json.loads((tmp_path / "out/manifest.json").read_text())["blobs"]
    shell(tmp_path / "out/blobs", f"cat {' '.join(blob['pieces'])} > ../../film")
    assert shell(tmp_path, "sha256sum film").split()[0] == film.sha256 == hashlib.sha256(content).hexdigest()
    sems = shell(tmp_path / "out", "zstd -dcq changes/*.zstd | cut -f3").encode()
    assert sems == b"".join(entry.sem + b"\n" for entry in history.entries)
