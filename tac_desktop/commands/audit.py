"""`tac-desktop audit`: what was done with a vault, listed, filtered, or saved as a sealed workbook or PDF."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.audit import GROUPS
from tac_desktop.casework.typed_dates import moment_in_words, typed_day
from tac_desktop.commands.console import Console, table
from tac_desktop.commands.opening import add_file, add_json, add_vault, opened
from tac_desktop.errors import UnknownSlot

if TYPE_CHECKING:
    from tac_desktop.actions.audit_reading import AuditEntry, Wanted
    from tac_desktop.actions.vaults import Store, Vault

_SHOWN = 200


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the command to the command line."""
    parser: ArgumentParser = commands.add_parser("audit", help="list what was done with a vault, or save it")
    add_vault(parser)
    parser.add_argument("--from", dest="first", type=_day, default=None, metavar="DAY", help="not before this day")
    parser.add_argument("--until", dest="last", type=_day, default=None, metavar="DAY", help="not after this day")
    parser.add_argument("--by", default="", metavar="NAME", help="only what this person did")
    parser.add_argument("--case", default="", metavar="CASE", help="only what was done with the case of this reference")
    parser.add_argument("--group", choices=tuple(GROUPS), help="only events of this group")
    parser.add_argument(
        "--most", type=int, default=_SHOWN, metavar="N", help=f"list so many, the latest ({_SHOWN}; 0 for all)"
    )
    add_file(parser, ".xlsx", ".pdf", required=False)
    add_json(parser)
    parser.set_defaults(run=run)


def _day(text: str) -> str:
    day = typed_day(text, datetime.now().astimezone().date().isoformat())
    if not day:
        message = f"{text!r} is no day; for example 2026-05-31"
        raise ArgumentTypeError(message)
    return day


def run(arguments: Namespace, console: Console) -> int:
    """List the audit of a vault, or save it."""
    with opened(arguments, console) as (vault, store):
        wanted = _wanted(arguments, store)
        if arguments.to:
            _save(arguments, console, vault, store, wanted)
        else:
            _list(arguments, console, store, wanted)
    return 0


def _wanted(arguments: Namespace, store: "Store") -> "Wanted":
    from tac_desktop.actions.audit_reading import Wanted, offered

    person = ""
    if name := arguments.by.strip().casefold():
        person = next((one for one, its_name in offered(store).people if its_name.casefold() == name), "")
        if not person:
            raise UnknownSlot
    return Wanted(
        person=person,
        group=arguments.group,
        case=arguments.case.strip(),
        first=arguments.first or "",
        last=arguments.last or "",
    )


def _list(arguments: Namespace, console: Console, store: "Store", wanted: "Wanted") -> None:
    from tac_desktop.actions import audit_reading

    numbers = audit_reading.numbers(store, wanted, now=datetime.now().astimezone())
    shown = numbers[: arguments.most] if arguments.most > 0 else numbers
    entries = audit_reading.page(store, shown, whole=console.json)
    told = {
        "total": len(numbers), "end": store.audit.end(),
        "entries": [{**asdict(entry), "facts": dict(entry.facts)} for entry in entries],
    }  # fmt: skip
    console.tell(told, _words(entries, len(numbers)))


def _words(entries: "list[AuditEntry]", total: int) -> list[str]:
    if not total:
        return ["Nothing that was noted fits."]
    rows = [(moment_in_words(e.at[:16]), e.who, e.what, e.case, e.details) for e in entries]
    lines = table(("when", "who", "what", "case", "details"), rows)
    if len(entries) < total:
        lines.append(f"These are the latest {len(entries):,} of {total:,} events; --most 0 lists all.")
    return lines


def _save(arguments: Namespace, console: Console, vault: "Vault", store: "Store", wanted: "Wanted") -> None:
    from tac_desktop.actions.audit_export import export_audit

    steps = export_audit(vault, store, arguments.to, wanted, now=datetime.now().astimezone())
    done = console.follow(steps, "Saving")
    sealed = "It is sealed in your name." if done.sealed else "It bears no seal."
    console.tell(
        {"file": str(arguments.to), "entries": done.entries, "sealed": done.sealed},
        (f"{done.entries:,} events are in {arguments.to}. {sealed} It lies outside the vault: keep it safe.",),
    )
