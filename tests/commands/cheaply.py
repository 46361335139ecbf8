"""The program as it is, but for the cost of a guess at a pass-phrase: `python -m tests.commands.cheaply <words>`.

The standard cost is a second of both cores for each pass-phrase and each recovery code.
"""

import sys

from tac_desktop.storage import key_slots

key_slots.STANDARD = key_slots.CHEAPEST  # before the verbs take it for what goes without saying

from tac_desktop.__main__ import main  # noqa: E402 - see above

if __name__ == "__main__":
    sys.exit(main())
