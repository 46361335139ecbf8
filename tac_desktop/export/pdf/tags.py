"""The structure of a tagged PDF: what is a heading, a table cell, a picture, and in which order it is read.

The setting writes marks into the pages and notes them here; afterwards `write_structure` makes the tree of them
(ISO 32000-1, 14.7 and 14.8). reportlab itself knows no tags.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


@dataclass(frozen=True)
class Mark:
    """A run of drawing operators on one page that belongs to an element."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotated:
    """A link annotation that belongs to an element: the page, and its place among the page's links."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """One node of the structure tree.

    Attributes:
        role: A standard structure type: 'P', 'H1', 'Table', 'TD' ...
        alt: What a picture shows, in words.
        scope: 'Column' or 'Row' for a header cell.
    """

    role: str
    alt: str = ""
    scope: str = ""
    summary: str = ""
    kids: list["Element | Mark | Annotated"] = field(default_factory=list["Element | Mark | Annotated"])

    def add(self, role: str, *, alt: str = "", scope: str = "", summary: str = "") -> "Element":
        """Add a child after the others and return it."""
        child = Element(role, alt, scope, summary)
        self.kids.append(child)
        return child

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def is_empty(self) -> bool:
        """Say whether nothing was drawn for it."""
        return all(isinstance(kid, Element) and kid.is_empty() for kid in self.kids)


def prune(element: Element) -> None:
    """Take out the elements for which nothing was drawn; empty cells stay, for they keep the columns."""
    for kid in element.kids:
        if isinstance(kid, Element):
            prune(kid)
    element.kids = [
        kid for kid in element.kids if not isinstance(kid, Element) or kid.role in {"TD", "TH"} or not kid.is_empty()
    ]


def write_structure(pdf: Pdf, root: Element, links: dict[int, list[Object]]) -> None:
    """Write the tree into the PDF.

    Args:
        pdf: The drawn pages, whose content holds the marks.
        root: The element 'Document'.
        links: The link annotations of each page, in the order in which `Annotated` numbers them.
    """
    prune(root)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pages = [page.obj for page in pdf.pages]
    marks: list[dict[int, Object]] = [{} for _ in pages]
    linked: list[tuple[Object, Object]] = []
    objects: dict[Element, Object] = {element: pdf.make_indirect(_node(element)) for element in root.walk()}
    objects[root].P = tree
    for element, node in objects.items():
        node.K = Array([_kid(kid, node, objects, pages, marks, links, linked) for kid in element.kids])
    tree.K = Array([objects[root]])
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=_parents(pdf, pages, marks, linked)))
    tree.ParentTreeNextKey = len(pages) + len(linked)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _node(element: Element) -> Dictionary:
    node = Dictionary(Type=Name.StructElem, S=Name(f"/{element.role}"))
    if element.alt:
        node.Alt = String(element.alt)
    if element.scope:
        node.A = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    if element.summary:
        node.A = Dictionary(O=Name.Table, Summary=String(element.summary))
    return node


def _kid(
    kid: Element | Mark | Annotated,
    node: Object,
    objects: dict[Element, Object],
    pages: list[Dictionary],
    marks: list[dict[int, Object]],
    links: dict[int, list[Object]],
    linked: list[tuple[Object, Object]],
) -> Object:
    match kid:
        case Element():
            objects[kid].P = node
            return objects[kid]
        case Mark(page, number):
            marks[page][number] = node
            return Dictionary(Type=Name.MCR, Pg=pages[page], MCID=number)
        case Annotated(page, number):
            linked.append((links[page][number], node))
            return Dictionary(Type=Name.OBJR, Pg=pages[page], Obj=links[page][number])


def _parents(
    pdf: Pdf, pages: list[Dictionary], marks: list[dict[int, Object]], linked: list[tuple[Object, Object]]
) -> Array:
    numbers = Array()
    for index, (page, of_page) in enumerate(zip(pages, marks, strict=True)):
        page.StructParents = index
        page.Tabs = Name.S
        numbers.append(index)
        numbers.append(pdf.make_indirect(Array([of_page[number] for number in range(len(of_page))])))
    for offset, (link, node) in enumerate(linked):
        link.StructParent = len(pages) + offset
        numbers.append(len(pages) + offset)
        numbers.append(node)
    return numbers
