"""What the courts ask of papers, from resources/court_rules.toml: it warns and never refuses."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tac_desktop.export.pdf import DrawnPdf
from tac_desktop.export.pdf.assemble import PaperLength
from tac_desktop.paths import resources


@dataclass(frozen=True)
class PageLimit:
    """How many pages a kind of paper may have; `checked` says whether somebody has read the source itself."""

    name: str
    pages: int
    source: str
    checked: str


@cache
def page_limits() -> Mapping[str, PageLimit]:
    """Return the limits by the names under which papers refer to them."""
    rules = tomllib.loads((resources() / "court_rules.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            name: PageLimit(entry["name"], entry["pages"], entry["source"], entry["checked"])
            for name, entry in rules["limits"].items()
        }
    )


def length_notes(pdf: DrawnPdf) -> tuple[str, ...]:
    """Return a sentence for each paper that is longer than usual, and for the whole; they name no person."""
    whole = PaperLength("", "bundle", len(pdf.labels))
    return tuple(_notes((*pdf.lengths, whole)))


def _notes(lengths: Sequence[PaperLength]) -> list[str]:
    limits = page_limits()
    return [
        f"{limit.name} here has {length.pages} pages; usual are at most {limit.pages} ({limit.source})."
        for length in lengths
        if (limit := limits.get(length.rule)) and length.pages > limit.pages
    ]
