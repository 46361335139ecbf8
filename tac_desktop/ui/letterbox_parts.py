"""The section 'Letterbox' of a case file: the year with its letters, and behind each button what it does."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.letterbox import LETTER, Exchange
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.letterbox_pane import LetterboxPane
from tac_desktop.ui.letterbox_words import step_words, title_of

if TYPE_CHECKING:
    from tac_desktop.casework.letter_check import Found
    from tac_desktop.ui.case_screen import CaseScreen
    from tac_desktop.ui.letter_check_dialog import LetterCheck

_DAYS = {"send": "sent_on", "came": "received_on", "give": "shown_on"}
"""The question that each step answers with today."""
SECTION = "letterbox"


class LetterboxInCase(LetterboxPane):
    """Letterbox contact in the case file that is open: tied to its screen."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(
            screen.kit, desk.all_records(), desk.named, desk.today(), may_write=desk.may_write(LETTER),
            may_issue=desk.may(Deed.ISSUE_PAPERS),
        )  # fmt: skip
        self._screen = screen
        self.opened.connect(screen.open_record)
        self.added.connect(screen.open_new)
        self.stepped.connect(self._do)
        self.printed.connect(self._draw)

    def _draw(self, letter: str) -> None:
        self._screen.wishes.document_wanted.emit(f"{LETTER} {letter}")

    def _do(self, exchange: Exchange) -> None:
        letter = exchange.letter.id if exchange.letter else ""
        match exchange.step:
            case "begin":
                if begun := self._save(exchange, {}):
                    self._screen.open_record(LETTER, begun, "draft")
            case "write":
                self._screen.open_record(LETTER, letter, "draft")
            case "check":
                self._check(exchange)
            case "send" | "came" | "give":
                if self._save(exchange, {_DAYS[exchange.step]: self._screen.desk.today()}):
                    self._show_again(exchange)
                    told = self.tr("Noted: {letter}. {step}.").format(
                        letter=title_of(exchange), step=step_words(exchange.step)
                    )
                    self._screen.desk.means.messages.say(told, undo=True)
            case _:
                pass

    def _save(self, exchange: Exchange, answers: dict[str, Answer]) -> str:
        """Save a letter with some more answers and return its id, '' where that is refused: then its form says why."""
        desk, letter = self._screen.desk, exchange.letter
        begun: dict[str, Answer] = {
            "agreement": exchange.agreement.id, "month": exchange.month, "direction": exchange.direction
        }  # fmt: skip
        wanted = {**(letter.answers if letter else begun), **answers}
        try:
            saved = save_answers(
                desk.means.store, desk.person, forms.ALL[LETTER], case_file=desk.case_file, now=desk.means.moment(),
                answers=wanted, record_id=letter.id if letter else "", based_on=letter.answers if letter else None,
            )  # fmt: skip
        except AnswersRefused as refused:
            self._ask_in_form(letter.id if letter else "", wanted, refused)
            return ""
        except TacError as trouble:
            desk.means.messages.trouble(trouble)
            return ""
        desk.saved.emit(desk.case_file, LETTER, saved)
        return saved

    def _ask_in_form(self, letter: str, wanted: Mapping[str, Answer], refused: AnswersRefused) -> None:
        """Open the form of a letter with what could not be saved: there she is told why, and can give a reason."""
        self._screen.open_record(LETTER, letter)
        opened = self._screen.open_form()
        if opened is not None and not opened.is_drafted():
            opened.screen.body.show_answers(wanted)
            opened.screen.submit()
        else:  # what she typed there before stays
            self._screen.desk.means.messages.say(next(iter(refused.problems.values())), "warn")

    def _check(self, exchange: Exchange) -> None:
        from tac_desktop.actions.letters import read_letter
        from tac_desktop.ui.letter_check_dialog import LetterCheck

        desk, letter = self._screen.desk, exchange.letter
        if letter is None:
            return
        try:
            read = read_letter(desk.means.store, desk.person, desk.case_file, letter.id)
        except TacError as trouble:
            desk.means.messages.trouble(trouble)
            return
        dialog = LetterCheck(self._screen.kit, read, self._screen)
        dialog.passed.connect(partial(self._passed, exchange, dialog))
        dialog.change_wanted.connect(partial(self._screen.open_record, LETTER, letter.id, "draft"))
        dialog.open()

    def _passed(self, exchange: Exchange, dialog: "LetterCheck", may_stand: object) -> None:
        from tac_desktop.actions.letters import note_read

        desk, stands = self._screen.desk, cast("list[Found]", may_stand)
        now = desk.means.moment()
        try:
            note_read(desk.means.store, desk.person, desk.case_file, dialog.read, may_stand=stands, now=now)
        except TacError as trouble:
            desk.means.messages.trouble(trouble)
            return
        desk.saved.emit(desk.case_file, LETTER, dialog.read.letter.id)
        desk.means.messages.say(self.tr("Noted: the letter was read and may go as it is."))
        self._show_again(exchange)

    def _show_again(self, exchange: Exchange) -> None:
        screen, agreement = self._screen, exchange.agreement.id
        screen.show_section(SECTION)
        for shown in screen.findChildren(LetterboxInCase):
            if shown is not self:
                shown.take_keyboard(agreement)
