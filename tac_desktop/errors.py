"""Everything that may go wrong and is not the program's fault: one class for each trouble.

An error is the text that the person reads: what happened, whether the work is safe, what to do.
None of them ever carries an answer, a name or another value of a case.
"""


class TacError(Exception):
    """A trouble of the world, told in one to three sentences."""

    text = "Something could not be done. Nothing was changed."

    def __init__(self, text: str = "") -> None:
        """Take a text of its own, where the class's is not exact enough."""
        super().__init__(text or self.text)


# --- the vault ---------------------------------------------------------------------------------


class WrongPassphrase(TacError):
    """The pass-phrase opens none of the person's key slots."""

    text = "That pass-phrase does not open this vault. Nothing was changed. Check Caps Lock and try again."


# --- saving and reading ------------------------------------------------------------------------


class DiskFull(TacError):
    """There was no room to write."""

    text = "The disk is full, so nothing was saved. Free some space and try again; what you typed is still here."


# --- bundles -----------------------------------------------------------------------------------


# --- workbooks ---------------------------------------------------------------------------------


# --- documents ---------------------------------------------------------------------------------


# --- the command line --------------------------------------------------------------------------
