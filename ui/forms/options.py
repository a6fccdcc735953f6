"""What may be chosen for a field that points at other records, read once and again after news."""

from collections.abc import Sequence
from functools import partial

from ui.context import Context
from ui.forms.picker import NewOption, Option
from xuncha_desktop.services import choosing, members
from xuncha_desktop.store.journal import Changes

_NEW_MEMBER = "姓名或拼音首字母；不在名单里的，写下姓名就能新增"


class OptionSource:
    """Caches the options of each entity until something changes it; `makers` add one more to those made by a name."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._context = context
        self._cache: dict[str, tuple[Option, ...]] = {}
        self.makers = {"member": NewOption("新增成员", _NEW_MEMBER, partial(members.take_in, context.store))}
        context.bus.changed.connect(self._forget)
        context.inspection_changed.connect(lambda _: self._cache.clear())

    def __call__(self, entity: str) -> Sequence[Option]:
        """All that may be chosen."""
        if entity not in self._cache:
            found = choosing.options(self._store, entity, self._context.inspection)
            self._cache[entity] = tuple(Option(o.key, o.text, o.group, o.detail) for o in found)
        return self._cache[entity]

    def _forget(self, news: Changes) -> None:
        for entity in choosing.affected(news.records):
            self._cache.pop(entity, None)
