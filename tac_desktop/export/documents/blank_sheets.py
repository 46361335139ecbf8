"""Sheets to fill in by hand: the triage form in easy words, a message that is folded shut, and one for new arrivals.

They hold nothing of any case. What a woman writes on them reaches the service unopened; she need not say on a prison
form what it is about (needs A1, A5, A15).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.export.document import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFacts,
    Look,
    Numbering,
    PageBreak,
    Paper,
    Paragraph,
    Section,
    WritingLines,
)

Kind: TypeAlias = Literal["triage", "message", "induction"]
TITLES: Final[Mapping[Kind, str]] = MappingProxyType({
    "triage": "Triage form in easy words",
    "message": "Message to Pact, folded shut",
    "induction": "Sheet for new arrivals",
})  # fmt: skip
"""What each sheet is called where it is chosen."""

_BOX: Final = "☐ "
_IN_EASY_WORDS: Final[Mapping[str, str]] = MappingProxyType({
    "contact": "Seeing my children, or hearing from them",
    "communication_csc": "Talking with my children’s social worker",
    "pre_release": "Getting ready to be released",
    "family_court": "The family court",
    "adoption_transition": "Adoption",
    "maintain_placement": "Helping my children to stay where they live now",
    "rights_outcome": "Knowing my rights, and what will happen",
    "mbu_place": "A place on a Mother and Baby Unit",
    "safeguarding_concern": "I am worried that my children are not safe",
    "other": "Something else",
})  # fmt: skip
"""The codes of 'self_identified_need' as she reads them."""

_WHO: Final = KeyFacts((("My name", ""), ("Prison number", ""), ("Wing and cell", ""), ("Today’s date", "")))


def blank_sheet(kind: Kind, *, prison: str, worker: str, printed_on: str) -> Document:
    """Return a sheet to fill in by hand.

    Args:
        kind: Which.
        prison: The prison's name, '' for a line to write it on.
        worker: The name of the social worker, '' likewise.
        printed_on: ISO date.
    """
    heading, blocks = _SHEETS[kind](prison, worker)
    return Document(
        title=TITLES[kind],
        subject="Together a Chance: to be filled in by hand",
        issued_on=printed_on,
        running=f"Together a Chance, {day_in_words(printed_on)}",
        numbering=Numbering.PAGES,
        look=Look.EASY,
        with_index=False,
        sections=(Section("", heading, (Paper(heading, blocks),)),),
    )


def easy_words(code: str) -> str:
    """Return the words of the triage form for a code of 'self_identified_need'."""
    return _IN_EASY_WORDS[code]


def _triage(prison: str, worker: str) -> tuple[str, tuple[Block, ...]]:
    needs = tuple(_BOX + easy_words(code.code) for code in code_list("self_identified_need").codes)
    return "What I need", (
        Paragraph(
            "This form is for you. Write as you speak. You can ask somebody to help you, or to write for you. "
            "Leave out what you do not want to say."
        ),
        _WHO,
        Heading("What do I need?"),
        WritingLines(7),
        Heading("My children"),
        Paragraph("Name, age, and who my child lives with:"),
        WritingLines(4),
        Heading("Do my children have a social worker?"),
        Paragraph("\u00a0\u00a0\u00a0 ".join(_BOX + answer for answer in ("Yes", "No", "I do not know"))),
        Paragraph("The social worker’s name, if I know it:"),
        WritingLines(1),
        Heading("Is there a day that I am waiting for?"),
        Paragraph("For example: court, a meeting about my children, a birth, my release."),
        WritingLines(2),
        Heading("What would I like help with?"),
        Paragraph("Tick as many as you like."),
        Paragraph("\n".join(needs)),
        Heading("What do I hope for?"),
        WritingLines(4),
        Heading("Who wrote this?"),
        _boxes("I wrote it", "I wrote it with help", "I said it, and somebody wrote it down"),
        KeyFacts((("Who helped me", ""), ("Read back to me on", ""), ("My signature", ""))),
        Paragraph(_goes_to(prison, worker)),
    )


def _message(prison: str, worker: str) -> tuple[str, tuple[Block, ...]]:
    return "A message to Pact", (
        _WHO,
        Paragraph("You need not say what it is about. ‘Please come and see me’ is enough."),
        Heading("My message"),
        WritingLines(7),
        Paragraph("Fold the sheet in the middle, so that the writing is inside. Close it with tape or a staple."),
        PageBreak(),
        Heading(f"To Pact: {worker or 'the social worker of Together a Chance'}"),
        Paragraph(prison or "HMP ______________________________"),
        Paragraph("Confidential. To be opened by Pact only.", "warning"),
        Paragraph("Staff: please put this unopened into the Pact box, or hand it to Pact."),
        Paragraph("Both pages are printed on one sheet of paper, this one outside.", "note"),
    )


def _induction(prison: str, worker: str) -> tuple[str, tuple[Block, ...]]:
    who = worker or "______________________"
    return "Are you a mother?", (
        Paragraph(f"Together a Chance is a social worker in {prison or 'this prison'} who works for Pact, a charity."),
        KeyFacts((("Social worker", worker or ""), ("Comes on", ""), ("Where to find us", ""))),
        Heading("We can help you with"),
        Bullets((
            "keeping in touch with your children",
            "talking with your children’s social worker",
            "meetings about your children, and the family court",
            "places on a Mother and Baby Unit, getting ready for your release",
        )),
        Heading("How to ask"),
        Bullets((
            "Write an app form: ‘Pact, please see me’. You need not say why.",
            "Or write ‘A message to Pact’, and fold it shut. Nobody else opens it.",
            "Or tell anybody from Pact, or ask an officer to tell us.",
        )),
        Paragraph("Is a day near: court, a meeting, a birth, your release? Write the day, so that we come in time."),
        Heading("What happens then"),
        Paragraph(f"{who} comes to see you. You say what you need, and you hear from us either way."),
        Paragraph(
            "What you tell us stays with us. If somebody is in danger we may have to tell others. If we can, we tell "
            "you first."
        ),
    )  # fmt: skip


_SHEETS: Final[Mapping[Kind, Callable[[str, str], tuple[str, tuple[Block, ...]]]]] = MappingProxyType(
    {"triage": _triage, "message": _message, "induction": _induction}
)


def _boxes(*choices: str) -> Paragraph:
    return Paragraph("\n".join(_BOX + choice for choice in choices))


def _goes_to(prison: str, worker: str) -> str:
    whom = f"{worker} of Pact" if worker else "the Pact social worker"
    return f"This form goes to {whom}{f' in {prison}' if prison else ''}, and to nobody else in the prison."
