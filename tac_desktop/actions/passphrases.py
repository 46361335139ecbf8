"""How good a pass-phrase is: judged on this computer against lists of common ones, said in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tac_desktop.errors import PassphraseTooShort, PassphraseTooWeak
from tac_desktop.storage.vault import SHORTEST_PASSPHRASE

if TYPE_CHECKING:
    from zxcvbn import Match

__all__ = ["SHORTEST_PASSPHRASE", "Strength", "judged", "refuse_weak"]

LEAST_SCORE: Final = 3
"""Of 0 to 4, as zxcvbn counts: 3 is out of reach for who guesses offline against a slow hash, as ours is."""
_JUDGED: Final = 72
"""In characters: so much of a pass-phrase is judged; more does not make it weaker, and would only take time."""
_ADVICE: Final = "Four words that have nothing to do with one another are strong and easy to keep."
_OWN: Final = "Weak: your name, your prison and the name of the vault are tried first."


@dataclass(frozen=True)
class Strength:
    """What a pass-phrase is worth."""

    score: int
    """0 (guessed at once) to 4 (strong)."""
    refused: bool
    """Whether it may not be taken."""
    sentence: str
    """In words: how good it is, why it is refused, and what helps."""


def judged(passphrase: str, also: Sequence[str] = ()) -> Strength:
    """Judge a pass-phrase, offline: its length, and how many guesses it withstands (zxcvbn; Wheeler, USENIX 2016).

    Nothing is demanded of capitals, digits or signs: length and words that nobody expects count (NCSC, 'three random
    words').

    Args:
        passphrase: What was typed.
        also: Words that somebody would try first: the person's name, the prison, the vault's name.
    """
    missing = SHORTEST_PASSPHRASE - len(passphrase)
    if missing > 0:
        more = "1 more character" if missing == 1 else f"{missing} more characters"
        return Strength(0, refused=True, sentence=f"Too short: {more} needed. {_ADVICE}")
    if not passphrase.strip():
        return Strength(0, refused=True, sentence=f"Weak: it consists of spaces. {_ADVICE}")
    from zxcvbn import zxcvbn

    # a space between words is no secret, and would count as one: what is the same word thrice, too
    known, spellings = list(_words(also)), (passphrase[:_JUDGED], "".join(passphrase.split())[:_JUDGED])
    found = min((zxcvbn(one, known, max_length=_JUDGED) for one in spellings), key=lambda one: one["score"])
    score = found["score"]
    if score < LEAST_SCORE:
        return Strength(score, refused=True, sentence=f"{_why(found['sequence'])} {_ADVICE}")
    rest = "".join(part["token"] for part in found["sequence"] if part.get("dictionary_name") != "user_inputs")
    if known and rest != found["password"]:  # zxcvbn counts each word anew: her name and prison would be 'strong'
        score = min(score, zxcvbn(rest, max_length=_JUDGED)["score"] if rest.strip() else 0)
        if score < LEAST_SCORE:
            return Strength(score, refused=True, sentence=f"{_OWN} {_ADVICE}")
    return Strength(score, False, "Strong." if score > LEAST_SCORE else "Good. One more word makes it strong.")


def refuse_weak(passphrase: str, also: Sequence[str] = ()) -> None:
    """Raise PassphraseTooShort or PassphraseTooWeak if a new pass-phrase may not be taken.

    Args:
        passphrase: What was typed.
        also: See `judged`.
    """
    strength = judged(passphrase, also)
    if strength.refused:
        raise PassphraseTooShort if len(passphrase) < SHORTEST_PASSPHRASE else PassphraseTooWeak(strength.sentence)


def _words(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield text
        yield from text.split()


def _why(sequence: "Sequence[Match]") -> str:
    """Say what makes a pass-phrase easy to guess: the longest of its parts that a guesser knows."""
    known = [part for part in sequence if part["pattern"] != "bruteforce"]
    if not known:
        return "Weak: it would be guessed."
    worst = max(known, key=lambda part: len(part["token"]))
    match worst["pattern"], worst.get("dictionary_name", ""):
        case "repeat", _:
            return "Weak: it repeats itself."
        case "sequence", _:
            return "Weak: letters or digits in their order are tried first."
        case "spatial", _:
            return "Weak: keys that lie side by side are tried first."
        case "date" | "regex", _:
            return "Weak: dates and years are tried first."
        case _, "user_inputs":
            return _OWN
        case _, "passwords":
            return "Weak: it stands in the lists of common pass-phrases."
        case _:
            return "Weak: few and common words are quickly tried."
