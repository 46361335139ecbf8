"""`tac-desktop card`, `trust` and `bundle`: who may read our work, and what goes from vault to vault."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.people import CARD_ROLES
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_json, add_opening, add_vault, opened
from tac_desktop.errors import NoCode

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleImported, BundleWritten

_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(k|m|g)?i?b?")
_UNITS = {None: 1, "k": 1000, "m": 1000**2, "g": 1000**3}
_SMALLEST = 100_000


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the commands to the command line."""
    card: ArgumentParser = commands.add_parser("card", help="hand out one's public card and print its code")
    add_vault(card)
    card.add_argument("--to", required=True, type=Path, metavar="FILE")
    add_json(card)
    card.set_defaults(run=hand_out)
    trust: ArgumentParser = commands.add_parser("trust", help="accept another's card by its code")
    add_vault(trust)
    trust.add_argument("card", type=Path, metavar="CARD", help="file of the card")
    trust.add_argument(
        "--code", default="", help="its code, received by another way than the card; asked for otherwise"
    )
    trust.add_argument(
        "--as", dest="role", choices=CARD_ROLES, help="the role in which it is accepted (default: the card's)"
    )
    trust.add_argument(
        "--prison", dest="sites", action="append", default=[], metavar="PRISON",
        help="in a service, a prison that she works for (repeatable; default: the card's)",
    )  # fmt: skip
    add_json(trust)
    trust.set_defaults(run=accept)
    _add_bundle(commands)


def _add_bundle(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    group: ArgumentParser = commands.add_parser("bundle", help="write, check and import signed and sealed bundles")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    written = verbs.add_parser("write", help="seal for one recipient: everything new, or the named cases")
    add_vault(written)
    written.add_argument("--for", dest="card", required=True, type=Path, metavar="CARD", help="an accepted card")
    written.add_argument("--case", dest="cases", action="append", metavar="CASE", help="a case reference (repeatable)")
    written.add_argument("--to", required=True, type=Path, metavar="FILE")
    written.add_argument(
        "--limit", type=size, metavar="SIZE", help="no file larger than this, e.g. 10MB; several files"
    )
    written.add_argument("--afresh", action="store_true", help="with --limit, do not go on with an interrupted set")
    basis = written.add_mutually_exclusive_group()
    basis.add_argument(
        "--since-sent", action="store_true", help="leave out what is on its way, though not acknowledged"
    )
    basis.add_argument("--all", action="store_true", help="everything, whatever the recipient holds")
    add_json(written)
    written.set_defaults(run=write)
    _add_reading(verbs)


def _add_reading(verbs: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    checked = verbs.add_parser("check", help="say what a bundle is, and with --vault what it would bring")
    checked.add_argument("file", type=Path, metavar="FILE")
    checked.add_argument("--vault", type=Path, metavar="VAULT")
    add_opening(checked)
    add_json(checked)
    checked.set_defaults(run=check)
    taken = verbs.add_parser("import", help="take in a bundle, all of it or nothing")
    add_vault(taken)
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.add_argument("--dry-run", action="store_true", help="report only, change nothing")
    add_json(taken)
    taken.set_defaults(run=import_)


def hand_out(arguments: Namespace, console: Console) -> int:
    """Write the vault's card and print its code."""
    from tac_desktop.actions.cards import hand_out_card

    with opened(arguments, console) as (vault, _):
        code = hand_out_card(vault, arguments.to, now=_now())
    words = (f"The card is in {arguments.to}. Its code: {code}", "Give the code by another way than the card.")
    console.tell({"card": str(arguments.to), "code": code}, words)
    return 0


def accept(arguments: Namespace, console: Console) -> int:
    """Accept a card."""
    from tac_desktop.actions.cards import trust_card

    code = arguments.code or console.ask("Code of the card: ")
    if not code:
        raise NoCode
    with opened(arguments, console) as (vault, store):
        sites = [code_list("prison").find(site) or site for site in arguments.sites]
        card = trust_card(vault, store, arguments.card, code, now=_now(), role=arguments.role, sites=sites)
    role = arguments.role or card.role
    told = {"name": card.name, "role": role, "prison": card.prison, "code": card.code}
    console.tell(told, (f"Accepted: {card.name}, as {role}.",))
    return 0


def write(arguments: Namespace, console: Console) -> int:
    """Write a bundle."""
    from tac_desktop.actions import cards, exchange

    cases = [case_file_id(reference) for reference in arguments.cases] if arguments.cases else None
    with opened(arguments, console) as (vault, store):
        card = cards.read_card_file(arguments.card)
        steps = exchange.write_bundle(
            vault, store, card, arguments.to, now=_now(), cases=cases, limit=arguments.limit, afresh=arguments.afresh,
            basis="all" if arguments.all else "sent" if arguments.since_sent else "acknowledged",
        )  # fmt: skip
        written = console.follow(steps, "Sealing")
    files = [str(file) for file in written.files]
    console.tell({"file": files[0]} | asdict(written) | {"files": files}, _written(written, card.name))
    return 0


def _written(written: "BundleWritten", name: str) -> list[str]:
    told = (
        f"{counted(written.entries, 'entry', 'entries')} of {counted(written.case_files, 'case file')} and "
        f"{counted(written.attachments, 'attachment')}, "
        f"sealed for {name}: {', '.join(map(str, written.files))} ({written.size:,} bytes)."
    )
    if not written.unnamed:
        return [told]
    files = counted(written.unnamed, "case file")
    return [
        told,
        f"{name} has also written in {files} that nobody handed over: name them with --case where it is right.",
    ]


def size(text: str) -> int:
    """Return a size in bytes: '10MB', '4.5 GB', '800kB' or a plain number; at least 100 kB."""
    found = _SIZE.fullmatch(text.strip().lower())
    number = int(float(found[1]) * _UNITS[found[2]]) if found else 0
    if number < _SMALLEST:
        message = "write a size of at least 100kB, for example 10MB; nothing was written"
        raise ArgumentTypeError(message)
    return number


def check(arguments: Namespace, console: Console) -> int:
    """Say what a bundle is; nothing is changed."""
    from tac_desktop.actions import exchange

    outline = exchange.check_bundle(arguments.file)
    told: dict[str, object] = {"file": str(arguments.file), "size": outline.size, "recipients": outline.recipients}
    words = [
        f"It has the form of a bundle: {outline.size:,} bytes, sealed for {outline.recipients}.",
        "What it holds can be told with --vault only.",
    ]
    if arguments.vault:
        with opened(arguments, console) as (vault, store):
            steps = exchange.import_bundle(vault, store, arguments.file, now=_now(), dry_run=True)
            found = console.follow(steps, "Checking")
        told |= {"holds": True} | asdict(found) | {"recipients": outline.recipients, "sealed_for": found.recipients}
        words[1:] = imported_words(found, dry_run=True)
    console.tell(told, words)
    return 0


def import_(arguments: Namespace, console: Console) -> int:
    """Take in a bundle."""
    from tac_desktop.actions.exchange import import_bundle

    with opened(arguments, console) as (vault, store):
        steps = import_bundle(vault, store, arguments.file, now=_now(), dry_run=arguments.dry_run)
        found = console.follow(steps, "Importing")
    console.tell(asdict(found) | {"dry_run": arguments.dry_run}, imported_words(found, dry_run=arguments.dry_run))
    return 0


def imported_words(found: "BundleImported", *, dry_run: bool) -> list[str]:
    """Return in words what a bundle brought, or would bring."""
    signed = f"Signed by {found.sender} on {_in_words(found.written_at)}, and the signature holds."
    known = counted(found.known, "entry was", "entries were")
    if found.imported_before:
        before = _in_words(found.imported_before)
        return [signed, f"It was taken in before, on {before}; {known} known, and nothing was changed."]
    would = "It would bring" if dry_run else "It brought"
    brought = (
        f"{would} {counted(found.new, 'new record')} and {counted(found.changed, 'changed record')}, "
        f"{found.conflicting} of them contradicting what is here; {known} known."
    )
    return [signed, brought, *_besides(found, dry_run=dry_run)]


def _besides(found: "BundleImported", *, dry_run: bool) -> Iterator[str]:
    """Yield what else is to be known of a bundle."""
    number, of = found.volume
    if of > 1:
        yield f"It is file {number} of {of}; the others may come in any order."
    if found.handovers:
        yield f"{counted(found.handovers, 'case file')} handed over to this vault."
    if found.comments:
        yield f"{counted(found.comments, 'new comment')}."
    if found.left_out:
        entries = counted(found.left_out, "entry", "entries")
        yield f"{entries} left out, because who wrote them was withdrawn before. The file keeps them: do not delete it."
    if found.roster:
        yield f"It brought version {found.roster} of the roster."
    if found.receipt and not dry_run:
        yield f"Its receipt, for the sender, where no bundle can go back: {found.receipt}"


def _in_words(moment: str) -> str:
    """Return an ISO moment as the clock on this computer's wall showed it: '21 November 2026, 09:30'."""
    try:
        return moment_in_words(datetime.fromisoformat(moment).astimezone().isoformat())
    except (ValueError, OverflowError):  # it is the sender's own word
        return moment


def _now() -> datetime:
    return datetime.now().astimezone()
