"""`tac-desktop retention` and `dispose`: how long case files are kept, and disposing of one that is due."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console, table
from tac_desktop.commands.opening import add_json, add_vault, opened
from tac_desktop.errors import AnswersRefused, TacError, WrongUsage

if TYPE_CHECKING:
    from tac_desktop.actions.disposal import Outcome
    from tac_desktop.actions.disposal_plan import Plan
    from tac_desktop.actions.retention import KeptCase
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add both commands to the command line."""
    kept: ArgumentParser = commands.add_parser("retention", help="how long each case file is kept, and which are due")
    add_vault(kept)
    kept.add_argument("--due", action="store_true", help="only those that are due")
    kept.add_argument("--case", default="", metavar="CASE", help="say it of this case reference, with --class")
    kept.add_argument(
        "--class", dest="retention_class", default=None, metavar="CLASS", help="a class of retention.toml"
    )
    kept.add_argument("--hold", action="store_true", help="a legal hold: nothing of it may go")
    kept.add_argument("--reason", default="", help="why, in your own words")
    add_json(kept)
    kept.set_defaults(run=retain)
    goes: ArgumentParser = commands.add_parser("dispose", help="dispose of a case file; nothing of what it said stays")
    add_vault(goes)
    goes.add_argument("case", nargs="?", default="", metavar="CASE", help="a case reference")
    goes.add_argument("--basis", default="", help="the rule or request by which it goes; it stays, so it names nobody")
    goes.add_argument(
        "--plan", action="store_true", help="only say what would go, what stands in the way, where it lies"
    )
    goes.add_argument("--confirm", default="", metavar="CASE", help="the reference once more; asked for otherwise")
    goes.add_argument("--early", action="store_true", help="although its day has not come")
    goes.add_argument("--certificate", type=Path, metavar="FILE", help="write the certificate to this file (.pdf), too")
    goes.add_argument(
        "--remove-backups", action="store_true", help="make a backup after it, and remove those from before"
    )
    goes.add_argument("--finish", action="store_true", help="do what is left of a disposal that was interrupted")
    add_json(goes)
    goes.set_defaults(run=dispose)


def retain(arguments: Namespace, console: Console) -> int:
    """List how long case files are kept, or say it of one."""
    from tac_desktop.actions.retention import retention_list, set_retention

    now = datetime.now().astimezone()
    with opened(arguments, console) as (vault, store):
        if arguments.case:
            if arguments.retention_class is None:
                raise WrongUsage("Say with --class which class the case file has ('' for none). Nothing was changed.")
            try:
                set_retention(
                    store, vault.person, case_file_id(arguments.case), retention_class=arguments.retention_class,
                    legal_hold=arguments.hold, reason=arguments.reason, now=now,
                )  # fmt: skip
            except AnswersRefused as refused:
                raise TacError(f"{' '.join(refused.problems.values())} Nothing was changed.") from refused
        found = retention_list(store, today=now.date().isoformat())
    wanted = [one for one in found if not arguments.due or one.retention.state == "due"]
    rows = [_row(one) for one in wanted if not arguments.case or one.reference == arguments.case]
    words = table(("case", "name", "class", "due", "state"), [tuple(row.values())[:5] for row in rows])
    console.tell({"cases": rows}, words if rows else ("No case file is due.",))
    return 0


def dispose(arguments: Namespace, console: Console) -> int:
    """Dispose of a case file, or tell what that would do."""
    from tac_desktop.actions import disposal
    from tac_desktop.actions.disposal_plan import plan_disposal

    now = datetime.now().astimezone()
    with opened(arguments, console) as (vault, store):
        if arguments.finish:
            was_left = disposal.finish_disposals(vault, store)
            console.tell({"finished": was_left}, ("Nothing is left of it now." if was_left else "Nothing was left.",))
            return 0
        if not arguments.case:
            raise WrongUsage("Say which case file is to go. Nothing was changed.")
        plan = plan_disposal(vault, store, case_file_id(arguments.case), now=now)
        if arguments.plan:
            console.tell(_planned(plan), _plan_words(plan))
            return 0
        for line in _plan_words(plan):
            console.say(line)
        typed = arguments.confirm or console.ask("Type the case reference to dispose of it for good: ")
        steps = disposal.dispose(
            vault, store, plan.case_file, typed=typed, basis=arguments.basis, now=now, early=arguments.early
        )
        with _certificate_file(arguments.certificate) as write:
            outcome = console.follow(steps, "Disposing")
            write(outcome.certificate)
        removed = _backups_removed(vault, store, outcome, console, now) if arguments.remove_backups else 0
    _tell(console, plan, outcome, removed)
    return 0


def _backups_removed(vault: "Vault", store: "Store", outcome: "Outcome", console: Console, now: datetime) -> int:
    """Make a backup of what is left, then remove those from before; return how many went."""
    from tac_desktop.actions.backup_schedule import back_up_now, remove_backup

    console.follow(back_up_now(vault, store, "disposal", now=now), "Backing up")
    for backup in outcome.backups:
        remove_backup(vault, store, backup, now=now)
    return len(outcome.backups)


@contextmanager
def _certificate_file(path: Path | None) -> Generator[Callable[[bytes], object]]:
    """Open the file for the certificate before anything goes, so that it can be written; without a path nothing is."""
    from tac_desktop.export.whole_file import whole_file

    if path is None:
        yield len
        return
    with whole_file(path) as file:
        yield file.write


def _row(one: "KeptCase") -> dict[str, str]:
    from tac_desktop.casework.retention import STATES

    kept = one.retention
    return {
        "case": one.reference, "name": one.name, "class": kept.retention_class.code if kept.retention_class else "",
        "due": kept.due, "state": STATES[kept.state], "state_code": kept.state, "reason": kept.reason,
    }  # fmt: skip


def _planned(plan: "Plan") -> dict[str, object]:
    return {
        "case": plan.reference, "due": plan.retention.due, "state": plan.retention.state, "entries": plan.entries,
        "records": plan.records, "attachments": plan.files, "drafts": plan.drafts,
        "colleagues": list(plan.colleagues), "backups": [str(one.path) for one in plan.backups],
        "obstacle": str(plan.obstacle) if plan.obstacle else "",
    }  # fmt: skip


def _plan_words(plan: "Plan") -> list[str]:
    entries = counted(plan.entries, "entry", "entries")
    files, typed = counted(plan.files, "attachment"), counted(plan.drafts, "draft")
    said = [f"{plan.reference}: {entries} of {counted(plan.records, 'record')}, {files} and {typed} would go for good."]
    if plan.colleagues:
        said.append(f"It also lies at {', '.join(plan.colleagues)}: the next bundle to each erases it there.")
    if plan.backups:
        said.append(f"{counted(len(plan.backups), 'backup')} from before may still hold it until removed.")
    if plan.place_is_missing:
        said.append("The place for backups is not connected: what lies there was not looked at.")
    return [*said, str(plan.obstacle)] if plan.obstacle else said


def _tell(console: Console, plan: "Plan", outcome: "Outcome", removed: int) -> None:
    words = [f"{plan.reference} was disposed of. The certificate is kept in the vault."]
    if outcome.backups and not removed:
        words.append(f"{counted(len(outcome.backups), 'backup')} from before may still hold it.")
    if not outcome.is_swept:
        words.append("The vault was busy, so its file was not written anew yet: do it with 'dispose VAULT --finish'.")
    told: dict[str, object] = {
        "case": plan.reference, "disposal": outcome.record_id, "entries": outcome.entries, "records": outcome.records,
        "attachments": outcome.files, "drafts": outcome.drafts, "finished": outcome.is_swept,
        "backups": [str(one.path) for one in outcome.backups], "backups_removed": removed,
    }  # fmt: skip
    console.tell(told, words)
