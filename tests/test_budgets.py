"""The house is read by people: short files, short functions, names from the field."""

import ast
import re
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PROGRAM = Path(__file__).resolve().parent.parent / "tac_desktop"
MODULES = sorted(PROGRAM.rglob("*.py"))

FILE, CLASS, FUNCTION, MEDIAN = 300, 200, 30, 10

OVER: dict[str, str] = {
    "errors.py": "one class for each trouble: a table of sentences",
    "storage/store.py Store": "the one door to what is written down: a short method for each thing that can be asked",
}
"""What may be longer, and why: a file ("export/pdf.py"), or a class or function in it ("export/pdf.py Sheet")."""

TABLES = ("casework/forms/",)
"""Where files are tables of fields and may be as long as the forms are."""

NAMELESS = {"base", "common", "data", "handler", "helper", "helpers", "manager", "misc", "util", "utils"}


class Piece(NamedTuple):
    """A class or function: its place in the house and its lines without its docstring."""

    place: str
    is_class: bool
    lines: int


def shown(source: Path) -> str:
    """Return the file's path inside the program, with forward slashes."""
    return source.relative_to(PROGRAM).as_posix()


def pieces(source: Path) -> Iterator[Piece]:
    """Yield every class and function of the file."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        assert node.end_lineno
        docstring = node.body[0] if ast.get_docstring(node) else None
        told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
        yield Piece(
            f"{shown(source)} {node.name}", isinstance(node, ast.ClassDef), node.end_lineno - node.lineno + 1 - told
        )


@cache
def over_budget() -> dict[str, int]:
    """Return the lines of every file, class and function that is longer than its budget, by its place."""
    files = {shown(source): len(source.read_text(encoding="utf-8").splitlines()) for source in MODULES}
    long_files = {name: lines for name, lines in files.items() if lines > FILE and not name.startswith(TABLES)}
    return long_files | {
        piece.place: piece.lines
        for source in MODULES
        for piece in pieces(source)
        if piece.lines > (CLASS if piece.is_class else FUNCTION)
    }


def test_what_is_longer_than_its_budget_says_why():
    unexplained = [f"{place}: {lines} lines" for place, lines in over_budget().items() if place not in OVER]
    assert not unexplained, "\n".join(unexplained)


def test_no_reason_outlives_what_it_excuses():
    assert [place for place in OVER if place not in over_budget()] == []


def test_functions_are_short():
    lengths = [piece.lines for source in MODULES for piece in pieces(source) if not piece.is_class]
    assert statistics.median(lengths) < MEDIAN


@pytest.mark.parametrize("source", MODULES, ids=shown)
def test_names_are_the_field_s_own_words(source: Path):
    assert source.stem not in NAMELESS
    assert not source.stem.endswith(tuple(f"_{word}" for word in NAMELESS))
    classes = [piece.place.partition(" ")[2] for piece in pieces(source) if piece.is_class]
    assert [name for name in classes if re.search(r"(Base|Common|Handler|Helpers?|Misc|Utils?)$", name)] == []
