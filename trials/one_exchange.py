"""The process that is cut short in the middle of an exchange: it takes in a bundle or writes one, and says what came.

Usage: python -m trials.one_exchange import|write VAULT FILE [CARD]
"""

import sys
from pathlib import Path

from tac_desktop.actions import cards, exchange
from tac_desktop.errors import TacError
from trials.desks import NOW, desk_at
from trials.terminals import result_of


def main() -> None:
    what, folder, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with desk_at(folder) as desk:
        try:
            if what == "import":
                result_of(exchange.import_bundle(desk.vault, desk.store, file, now=NOW))
            else:
                card = cards.read_card_file(Path(sys.argv[4]))
                result_of(exchange.write_bundle(desk.vault, desk.store, card, file, now=NOW))
        except TacError as trouble:
            print(type(trouble).__name__, flush=True)
        else:
            print("done", flush=True)


if __name__ == "__main__":
    main()
