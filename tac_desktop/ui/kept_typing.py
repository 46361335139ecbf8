"""What is typed into a window over a case file and not sent off: kept as a draft, under a form's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.errors import TacError
from tac_desktop.ui.means import Means

if TYPE_CHECKING:
    from tac_desktop.actions.drafts import KeptDraft


class KeptTyping:
    """The draft of one window: about a case file, or about one record of it."""

    def __init__(self, means: Means, case_file: str, form: str, record_id: str = "") -> None:
        """Take the case file, the form that the window writes, and the record that it is about, '' for none."""
        self._means, self._case_file, self._form = means, case_file, form
        self._record_id = record_id or draft_verbs.new_record(case_file)

    def found(self) -> "KeptDraft | None":
        """Return what was typed before, None if nothing was; raises TacError where the drafts cannot be read."""
        means = self._means
        return draft_verbs.kept_draft(means.drafts, means.vault.person, self._form, self._record_id)

    def keep(self, typed: Mapping[str, object]) -> None:
        """Keep what stands in the window now."""
        means = self._means
        try:
            draft_verbs.keep_draft(
                means.drafts, means.vault.person, case_file=self._case_file, form=self._form,
                record_id=self._record_id, typed=typed, at=means.now(),
            )  # fmt: skip
        except TacError as trouble:
            means.messages.trouble(trouble)

    def forget(self) -> None:
        """Forget it: it was sent off, or the person does not want it."""
        means = self._means
        try:
            draft_verbs.forget_draft(means.drafts, means.vault.person, self._form, self._record_id)
        except TacError as trouble:
            means.messages.trouble(trouble)

    def one(self, key: str) -> "KeptWords":
        """Return the words that are kept under one key, where a draft keeps several."""
        return KeptWords(self, key)

    def words(self, key: str) -> str:
        """Return the words that are kept under a key, '' if there are none."""
        try:
            return self._kept_words().get(key, "")
        except TacError as trouble:
            self._means.messages.trouble(trouble)
            return ""

    def keep_words(self, key: str, words: str) -> None:
        """Keep words under a key, beside those under other keys; a draft without any words goes."""
        try:
            kept = self._kept_words() | {key: words}
        except TacError as trouble:
            self._means.messages.trouble(trouble)
            return
        if any(each.strip() for each in kept.values()):
            self.keep(kept)
        else:
            self.forget()

    def _kept_words(self) -> dict[str, str]:
        draft = self.found()
        return {str(key): str(words) for key, words in draft.typed.items()} if draft is not None else {}


@dataclass(frozen=True)
class KeptWords:
    """The words of one box, in a draft."""

    typing: KeptTyping
    key: str

    def found(self) -> str:
        """Return them, '' if there are none."""
        return self.typing.words(self.key)

    def keep(self, words: str) -> None:
        """Keep other words in their place; '' forgets them."""
        self.typing.keep_words(self.key, words)
