"""Marks a text for translation without Qt: `lupdate` knows this function by its name."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - lupdate recognises the name
    """Return `text` unchanged; the call tells the translation tool that it is shown to a person."""
    del context
    return text
