"""`tac-desktop vault backup`, `restore` and `drill`: copies of a vault, the way back from one, and its rehearsal."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import DrillFailed

if TYPE_CHECKING:
    from tac_desktop.actions.restore_drill import Drill
    from tac_desktop.storage.extent import Extent


def add(verbs: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the verbs to the group `vault`."""
    kept: ArgumentParser = verbs.add_parser("backup", help="make a verified, encrypted copy and print its path")
    add_vault(kept)
    kept.add_argument(
        "--to", type=Path, metavar="DIR",
        help="folder that takes the copy, which then stays until it is removed by hand; without it the copy goes where "
        "the vault's backups go, and older ones make room",
    )  # fmt: skip
    add_json(kept)
    kept.set_defaults(run=backup)
    back: ArgumentParser = verbs.add_parser("restore", help="bring a vault back from a backup")
    back.add_argument("backup", type=Path, metavar="BACKUP", help="the backup")
    back.add_argument("--to", required=True, type=Path, metavar="VAULT", help="a new or empty folder")
    add_json(back)
    back.set_defaults(run=restore)
    tried: ArgumentParser = verbs.add_parser("drill", help="rehearse bringing the vault back from its latest backup")
    add_vault(tried)
    tried.add_argument("--backup", type=Path, metavar="BACKUP", help="this backup instead of the latest")
    add_json(tried)
    tried.set_defaults(run=drill)


def backup(arguments: Namespace, console: Console) -> int:
    """Back up a vault."""
    from tac_desktop.actions.backup_schedule import back_up_now
    from tac_desktop.actions.keeping import back_up

    instead = ""
    with opened(arguments, console) as (vault, store):
        now = datetime.now().astimezone()
        if arguments.to:
            path = console.follow(back_up(vault, store, arguments.to, now=now), "Backing up")
        else:
            made = console.follow(back_up_now(vault, store, "asked", now=now), "Backing up")
            path, instead = made.path, str(made.instead or "")
    console.tell({"backup": str(path), "instead": instead}, (f"Backed up and checked: {path}",))
    if instead and not console.json:
        console.complain(f"{instead} This one lies in the vault’s own folder.")
    return 0


def restore(arguments: Namespace, console: Console) -> int:
    """Bring a vault back."""
    from tac_desktop.actions import keeping

    console.follow(keeping.restore(arguments.backup, arguments.to), "Restoring")
    console.tell({"vault": str(arguments.to)}, (f"The vault is restored in {arguments.to}.",))
    return 0


def drill(arguments: Namespace, console: Console) -> int:
    """Rehearse bringing a vault back."""
    from tac_desktop.actions.backup_schedule import backup_at
    from tac_desktop.actions.restore_drill import rehearse

    chosen = backup_at(arguments.backup) if arguments.backup else None
    with opened(arguments, console) as (vault, store):
        steps = rehearse(vault, store, chosen, now=datetime.now().astimezone())
        found = console.follow(steps, "Rehearsing")
    console.tell(_told(found), _words(found))
    if not found.is_sound:
        raise DrillFailed
    return 0


def _told(found: "Drill") -> dict[str, object]:
    return {
        "backup": str(found.backup.path), "made": found.backup.made.isoformat(), "sound": found.is_sound,
        "in_backup": asdict(found.there), "in_vault": asdict(found.here),
        "findings": [asdict(finding) for finding in found.findings], "other_histories": found.other_histories,
    }  # fmt: skip


def _words(found: "Drill") -> list[str]:
    there, here = found.there, found.here
    lines = [f"{f.part}, {f.where}: {f.what}" for f in found.findings]
    if found.other_histories:
        lines.append(f"{found.other_histories} histories of the backup are not those of this vault.")
    return [
        f"Backup of {found.backup.made:%d.%m.%Y %H:%M}: {found.backup.path}",
        f"It gives back {_extent(there)}",
        f"The vault holds {_extent(here)}",
        *(lines or ["It was brought back, opened and checked, and swept away: all of it is sound."]),
    ]


def _extent(extent: "Extent") -> str:
    return f"{extent.case_files} case files and {extent.entries} entries, the last of {extent.last_day or 'no day'}."
