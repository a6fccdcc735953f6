"""Keys that cost a millisecond: Argon2id at its least, for every test that is not about its cost."""

import uuid
from pathlib import Path

from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.slots import ArgonCost
from xuncha_desktop.store.vault import Vault

CHEAP = ArgonCost(m_kib=8, t=1, p=1)
PASSWORD = "巡察 pass-2026"


def new_vault(folder: Path, password: str = PASSWORD, case_id: str = "") -> tuple[Vault, Keys, str]:
    """The key file of a new case in `folder`, its keys and its recovery key."""
    folder.mkdir(parents=True, exist_ok=True)
    return Vault.create(folder, password, case_id=case_id or str(uuid.uuid4()), argon=CHEAP)
