"""What an adoption means for one child and the woman: its stages, her support, the final contact, her life story."""

from collections.abc import Sequence
from dataclasses import dataclass

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.record import Record, RecordsByForm


@dataclass(frozen=True, kw_only=True)
class Farewell:
    """Everything about one child that has to do with an adoption; empty where nothing was recorded."""

    child: Record
    stages: tuple[Record, ...]
    """In the order in which they came."""
    contacts: tuple[Record, ...]
    """Final contacts, the earliest first."""
    parts: tuple[Record, ...]
    """Parts of the life story in the order in which a child would read them, of each only the newest draft."""

    @property
    def support(self) -> tuple[str, ...]:
        """The codes of the support that she was offered, in the order of their list."""
        offered = {code for stage in self.stages for code in chosen(stage.answers, "support_offered")}
        return tuple(code.code for code in code_list("adoption_support").codes if code.code in offered)

    @property
    def referrals(self) -> tuple[tuple[str, str], ...]:
        """To whom she was referred and on which ISO day ('' where it is not said)."""
        told = ((one.text("referred_to"), one.text("referred_on")) for one in self.stages)
        return tuple(one for one in told if one[0])


def farewells(records: RecordsByForm) -> list[Farewell]:
    """Return what was recorded for each child of whom anything was, in the order of the children's records."""
    found = (_of(child, records) for child in records.get("child", ()))
    return [one for one in found if one.stages or one.contacts or one.parts]


def stages_of(records: RecordsByForm, child: str) -> list[Record]:
    """Return the stages of an adoption of one child in the order in which they came; those without a day last."""
    return sorted(_about(records, "adoption", child), key=lambda one: (one.text("date") or "9999", one.id))


def drafts_of(records: RecordsByForm, child: str) -> dict[str, list[Record]]:
    """Return the drafts of a child's life story by its part (a code of 'life_story_part'), the newest one last."""
    found: dict[str, list[Record]] = {}
    for draft in sorted(_about(records, "life_story", child), key=_draft):
        found.setdefault(draft.text("part"), []).append(draft)
    return found


def story_of(records: RecordsByForm, child: str) -> tuple[Record, ...]:
    """Return the parts of the life story for a child, of each the newest draft, in the order of reading."""
    order = [code.code for code in code_list("life_story_part").codes]
    newest = (drafts[-1] for drafts in drafts_of(records, child).values())
    return tuple(sorted(newest, key=lambda one: _place(order, one.text("part"))))


def _of(child: Record, records: RecordsByForm) -> Farewell:
    return Farewell(
        child=child,
        stages=tuple(stages_of(records, child.id)),
        contacts=tuple(sorted(_about(records, "final_contact", child.id), key=lambda one: one.text("date") or "9999")),
        parts=story_of(records, child.id),
    )


def _about(records: RecordsByForm, form: str, child: str) -> list[Record]:
    return [one for one in records.get(form, ()) if one.text("child") == child]


def _draft(part: Record) -> tuple[int, str, str]:
    number = part.answers.get("draft")
    return number if isinstance(number, int) else 0, part.text("written_on"), part.id


def _place(order: Sequence[str], code: str) -> int:
    return order.index(code) if code in order else len(order)
