"""What a mother writes for a child who grows up elsewhere: her own words, for the child's file at the authority."""

from collections.abc import Iterator, Mapping

from tac_desktop.casework.case_view import CaseView, in_words
from tac_desktop.casework.codelists import label
from tac_desktop.casework.farewell import story_of
from tac_desktop.casework.letter_check import KINDS, found_in
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import child_name
from tac_desktop.export.document import (
    Block,
    Document,
    Heading,
    KeyFacts,
    Numbering,
    Paper,
    Paragraph,
    Photo,
    Section,
)
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.words import day
from tac_desktop.export.photo import fit_for_paper


def parts_for(view: CaseView, issue: Issue) -> tuple[Record, ...]:
    """Return the parts that the paper shows, in the order of reading: of each the newest draft, if it has words.

    What is marked as not to be shown to the court or the parties is left out: this paper goes to an authority. An
    earlier draft never takes its place: those are words that she has given up.

    Args:
        view: The case as it was known on a day.
        issue: Its `about` is the id of the child's record.
    """
    shown = view.shown_to(issue.readers).without(issue.left_out)
    newest = (part for part in story_of(view.records, issue.about) if part.text("text").strip())
    return tuple(seen for part in newest if (seen := shown.find(part.id)) is not None)


def life_story(view: CaseView, issue: Issue, files: Mapping[str, bytes]) -> Document:
    """Return the paper for one child: each part under its heading, word for word, with its picture.

    Args:
        view: The case as it was known on a day.
        issue: By whom and which version; its `about` is the id of the child's record.
        files: The pictures by their SHA-256.

    Raises:
        PhotoNotReadable: a picture is damaged.
    """
    name = _first_name(view, issue.about)
    title = f"For {name}"
    blocks = (Paragraph(f"Words from your mother, {_signed(view)}.", "note"), *_parts(view, issue, files),
              *_for_the_file(view, issue))  # fmt: skip
    return Document(
        title=title,
        subject="Contribution of a mother to her child’s life story",
        issued_on=issue.issued_on,
        numbering=Numbering.PAGES,
        with_index=False,
        sections=(Section("", title, (Paper(title, blocks),)),),
    )


def story_notes(view: CaseView, issue: Issue) -> tuple[str, ...]:
    """Return what the preparer should look at: words that tell where or with whom somebody lives, unfinished parts."""
    told = list[str]()
    shown = parts_for(view, issue)
    for part in shown:
        title = label("life_story_part", part.text("part"))
        for found in found_in(part.text("text"), view.records):
            told.append(f"{KINDS[found.kind]} stands in ‘{title}’, line {found.line}. Ask her before it goes out.")
        if part.answers.get("finished") is not True:
            told.append(f"She has not said yet that ‘{title}’ is finished.")
    if len(shown) < len([part for part in story_of(view.records, issue.about) if part.text("text").strip()]):
        told.append("A part that is not to be shown to the court or the parties is left out.")
    return tuple(dict.fromkeys(told))


def _parts(view: CaseView, issue: Issue, files: Mapping[str, bytes]) -> Iterator[Block]:
    for part in parts_for(view, issue):
        title = label("life_story_part", part.text("part"))
        yield Heading(title)
        yield Paragraph(part.text("text"))
        if part.text("picture") in files:
            photo = fit_for_paper(files[part.text("picture")])
            yield Photo(photo.jpeg, photo.width, photo.height, f"Picture to ‘{title}’", "")


def _for_the_file(view: CaseView, issue: Issue) -> Iterator[Block]:
    """Yield what whoever keeps the file has to know, and nothing of where the mother is: the child reads it, too."""
    ways = dict.fromkeys(words for part in parts_for(view, issue) if (words := in_words(part, "written_by")))
    written = max((part.text("written_on") for part in parts_for(view, issue)), default="")
    yield Heading("About these pages", level=2)
    yield KeyFacts((
        ("How they were written", "; ".join(ways) or "–"),
        ("Written until", day(written)),
        ("Version", f"{issue.version} of {day(issue.issued_on)}"),
    ))  # fmt: skip
    yield Paragraph("The words are hers, unchanged.", "note")


def _first_name(view: CaseView, child: str) -> str:
    found = next((one for one in view.of("child") if one.id == child), None)
    return child_name(found).split(" ")[0] if found else "you"


def _signed(view: CaseView) -> str:
    return view.mother.text("known_as") or view.mother.text("name").split(" ")[0]
