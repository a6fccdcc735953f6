"""字体: which face stands for each of the official ones in documents, and which of them this computer lacks."""

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton

from ui import fonts
from ui.context import Context
from ui.forms.choices import Combo
from ui.settings.page import ColumnPage
from ui.start.field import Field
from xuncha_desktop.settings import OFFICIAL_FACES

_LEAD = (
    "公文按规定使用下列字体。这台电脑没有的，可以选一种已安装的代用：导出的文件写所选字体的名称，不带字体文件，"
    "在装有它的电脑上打开、打印，版面才准。"
)
_WIDEST_NAME = 22


class FacesPage(ColumnPage):
    """One choice a face; whatever is chosen is kept at once."""

    TITLE = "字体"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _LEAD)
        self.fields: dict[str, Field] = {}
        self.choices: dict[str, Combo] = {}
        for name in OFFICIAL_FACES:
            self._add(name)
        self.restore = QPushButton("全部用回公文规定的字体")
        self.restore.clicked.connect(self._restore)
        self.add_row(self.restore)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Look again: a face may have been installed meanwhile."""
        available = fonts.chinese()
        for name, choice in self.choices.items():
            official, chosen = OFFICIAL_FACES[name], self.context.settings.font_faces[name]
            choice.clear()
            choice.addItem(f"{official}（规定）", official)
            for face in dict.fromkeys((*available, chosen)):
                if face != official:
                    choice.addItem(face, face)
            choice.setCurrentIndex(choice.findData(chosen))
        self._tell()

    def _add(self, name: str) -> None:
        choice = self.choices[name] = Combo()
        choice.setMinimumContentsLength(_WIDEST_NAME)
        choice.activated.connect(lambda _: self._choose(name))
        field = self.fields[name] = Field(f"{name}：{fonts.USES[name]}", choice, wide=False)
        self.column.addWidget(field)

    def _choose(self, name: str) -> None:
        self._keep({name: self.choices[name].currentData()})

    def _restore(self) -> None:
        self._keep(OFFICIAL_FACES)
        self.refresh()

    def _take(self, offered: Mapping[str, str]) -> None:
        self._keep(offered)
        self.refresh()

    def _keep(self, faces: Mapping[str, str]) -> None:
        self.context.settings.font_faces.update(faces)
        self.save()
        self._tell()

    def _tell(self) -> None:
        faces = self.context.settings.font_faces
        for name, field in self.fields.items():
            official, chosen = OFFICIAL_FACES[name], faces[name]
            here = "✓ 已安装" if fonts.installed(chosen) else f"■ 这台电脑没有{chosen}"
            field.say_hint(here if chosen == official else f"{here}；代替{official}")
        self.restore.setEnabled(faces != OFFICIAL_FACES)
        lacking = [name for name, face in faces.items() if not fonts.installed(face)]
        if not lacking:
            self.notice.clear()
            return
        offered = {name: face for name in lacking if (face := fonts.nearest(name))}
        self.notice.say(
            "warning",
            f"这台电脑没有{'、'.join(faces[name] for name in lacking)}。"
            "导出不受影响，但在这里打开文书会用别的字体代替，行数和页数可能不同；可在下面选代用的字体，或换一台装齐字体的电脑打印。",
            f"改用{'、'.join(offered.values())}" if offered else "",
            (lambda: self._take(offered)) if offered else None,
        )
