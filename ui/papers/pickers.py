"""The phrase library and the legal bases, the ones for the paper's type first."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.forms.picker import Option, pick
from xuncha_desktop import resources


def pick_phrase(anchor: QWidget, type_code: str, taken: Callable[[str], None], typed: str) -> None:
    """Offer sentence patterns; the chosen one is handed over with its {blanks}."""
    names = resources.problem_types()
    found = sorted(resources.phrases().problems, key=lambda p: (p.problem_type != type_code, p.problem_type))
    texts = {str(place): f"{phrase.point}。{phrase.fact}。" for place, phrase in enumerate(found)}
    options = [
        Option(str(place), phrase.point, f"{phrase.problem_type}　{names[phrase.problem_type].name}", phrase.fact)
        for place, phrase in enumerate(found)
    ]
    pick(anchor, options, (), lambda key: taken(texts[key]), typed=typed)


def pick_basis(anchor: QWidget, type_code: str, taken: Callable[[str], None], typed: str) -> None:
    """Offer documents a problem can be measured against; articles are added by hand after checking."""
    found = sorted(resources.legal_bases(), key=lambda b: (type_code not in b.problem_types, b.kind, b.name))
    options = [
        Option(
            str(place), basis.full_name, "本类问题常用" if type_code in basis.problem_types else basis.kind, basis.note
        )
        for place, basis in enumerate(found)
    ]
    pick(anchor, options, (), lambda key: taken(found[int(key)].citation), typed=typed)
