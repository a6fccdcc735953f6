"""What the form of a new case proposes, and how it judges a password."""

import pytest

from ui.start.strength import judge
from xuncha_desktop.services import proposals

UNITS = [
    ("中共平湖镇委员会", "平湖镇党委", "PHZ", "township", "committee"),
    ("中国共产党青禾市水利局党组", "青禾市水利局党组", "SLJ", "department", "group"),
    ("中共青禾市新城街道工作委员会", "青禾市新城街道党工委", "XCJD", "township", "work_committee"),
    ("中共平湖镇石桥村支部委员会", "平湖镇石桥村党支部", "PHZS", "village", "branch"),
    ("中共平湖镇石桥村总支部委员会", "平湖镇石桥村党总支", "PHZS", "village", "general_branch"),
    ("青禾市城投集团党委", "青禾市城投集团党委", "CTJT", "enterprise", "committee"),
    ("中共青禾市人民医院委员会", "青禾市人民医院党委", "RMYY", "institution", "committee"),
    ("某联合体", "某联合体", "MLHT", "other", "committee"),
    ("", "", "", "other", "committee"),
]


@pytest.mark.parametrize(("full", "short", "code", "kind", "body"), UNITS)
def test_a_full_name_gives_short_name_code_and_kind(full: str, short: str, code: str, kind: str, body: str) -> None:
    found = (proposals.short_name(full), proposals.unit_code(full), proposals.kind(full), proposals.party_body(full))
    assert found == (short, code, kind, body)


@pytest.mark.parametrize(
    ("name", "code"),
    [("张建业", "ZJY"), ("王芳", "WFA"), ("欧阳建业", "OYJ"), ("", ""), ("Li Lei", "LLE"), ("一", "YI")],
)
def test_a_name_gives_three_letters(name: str, code: str) -> None:
    assert proposals.member_code(name) == code


@pytest.mark.parametrize(
    ("team", "number"),
    [
        ("市委第三巡察组", 3),
        ("第十巡察组", 10),
        ("第十二巡察组", 12),
        ("第二十一巡察组", 21),
        ("第7巡察组", 7),
        ("巡察组", 1),
    ],
)
def test_a_team_s_name_gives_its_number(team: str, number: int) -> None:
    assert proposals.team_number(team) == number


@pytest.mark.parametrize(
    ("name", "folder"),
    [("2026年第1轮 第一组", "2026年第1轮 第一组"), ("a/b\\c:d*e?", "a-b-c-d-e-"), (" . ", ""), ("字" * 200, "字" * 80)],
)
def test_a_case_name_becomes_a_folder_name_of_every_system(name: str, folder: str) -> None:
    assert proposals.folder_name(name) == folder


@pytest.mark.parametrize(
    ("password", "role"),
    [
        ("", "hint"),
        ("abc", "error"),
        ("1234567", "error"),
        ("12345678", "warning"),
        ("password2026", "warning"),
        ("aaaaaaaaaaaa", "warning"),
        ("kqvzmwtr", "hint"),
        ("青山绿水好风光啊", "hint"),
        ("Kqvz-mwtr7p", "ok"),
        ("correct horse battery", "ok"),
    ],
)
def test_a_password_is_judged_in_words(password: str, role: str) -> None:
    strength = judge(password)
    assert strength.role == role
    assert strength.words.endswith("。")
