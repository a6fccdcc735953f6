"""The team's phrases and legal bases, the ones for the paper's type first; a basis may be added on the spot."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.forms.picker import NewOption, Option, pick
from xuncha_desktop.services import library
from xuncha_desktop.services.library import Offered
from xuncha_desktop.store.store import Store

Taken = Callable[[str], None]


def pick_phrase(anchor: QWidget, store: Store, problem_type: str, taken: Taken, typed: str) -> None:
    """Offer sentence patterns; the chosen one is handed over with its {blanks}."""
    found = library.phrases(store, problem_type)
    texts = {offered.key: offered.text for offered in found}
    pick(anchor, _options(found), (), lambda key: taken(texts[key]), typed=typed)


def pick_basis(anchor: QWidget, store: Store, problem_type: str, taken: Taken, typed: str) -> None:
    """Offer what a problem can be measured against; what is missing is taken into the library as it is typed."""
    found = library.bases(store, problem_type)
    texts = {offered.key: offered.text for offered in found}

    def make(text: str) -> str:
        made = library.add_basis(store, text, problem_type)
        texts[made.key] = made.text
        return made.key

    new = NewOption("加入依据库", "查找；没有的，写全称加入依据库", make)
    pick(anchor, _options(found), (), lambda key: taken(texts[key]), new=new, typed=typed)


def _options(found: Sequence[Offered]) -> list[Option]:
    return [Option(offered.key, offered.name, offered.group, offered.detail) for offered in found]
