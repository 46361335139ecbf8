"""The code lists: which answers a choice offers, in whose words, and how the reports group them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Any

from tac_desktop.paths import resources


@dataclass(frozen=True)
class Code:
    """One value of a code list."""

    code: str
    label: str
    source: str
    """'seed' where the wording is the reports' own, 'added' where it is ours."""
    groups: Mapping[str, str]
    """How reports group or name it: report_group, group, r1_group, r2_group, report1_label, report2_label, from, to."""


@dataclass(frozen=True)
class CodeList:
    """A named list of codes; an open list also takes a label that it does not hold (prison, local authority)."""

    name: str
    label: str
    is_open: bool
    codes: tuple[Code, ...]

    def get(self, code: str) -> Code | None:
        """Return the value with this code, or None."""
        return next((value for value in self.codes if value.code == code), None)

    def label_of(self, code: str) -> str:
        """Return the label of `code`; an open list answers with the text itself where it holds no such code."""
        found = self.get(code)
        return found.label if found else code

    def find(self, text: str) -> str | None:
        """Return the code whose label or code is `text`, whatever its case and surrounding spaces, or None."""
        wanted = text.strip().casefold()
        return next((v.code for v in self.codes if wanted in (v.label.casefold(), v.code.casefold())), None)

    def closest(self, text: str) -> Code | None:
        """Return the value whose label or code is most like `text`, which is neither; None where none is like it."""
        spelled = {word.casefold(): value for value in self.codes for word in (value.label, value.code)}
        return next((spelled[word] for word in get_close_matches(text.strip().casefold(), spelled, n=1)), None)


@cache
def all_lists() -> Mapping[str, CodeList]:
    """Return every code list by name, read once from the program's own resource file."""
    raw = json.loads((resources() / "codelists.json").read_text("utf-8"))
    return MappingProxyType({name: _code_list(name, entry) for name, entry in raw.items()})


def code_list(name: str) -> CodeList:
    """Return the code list `name`; KeyError where a form names a list that does not exist."""
    return all_lists()[name]


def label(list_name: str, code: str) -> str:
    """Return what a person reads for `code` of the list `list_name`."""
    return code_list(list_name).label_of(code)


def _code_list(name: str, entry: dict[str, Any]) -> CodeList:
    return CodeList(name, entry["label"], entry["open"], tuple(_code(value) for value in entry["values"]))


def _code(value: dict[str, str]) -> Code:
    own = {"code", "label", "source"}
    groups = {key: text for key, text in value.items() if key not in own}
    return Code(value["code"], value["label"], value["source"], MappingProxyType(groups))
