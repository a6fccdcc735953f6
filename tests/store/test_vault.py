"""The key file: the right secret opens, nothing else does, and no accident locks everybody out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.cheap_keys import CHEAP, PASSWORD, new_vault
from tests.support.killing import count_instants, kill_at, needs_fork
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.recovery_key import RecoveryKeyMistyped
from xuncha_desktop.store.vault import Vault, WrongPassword, WrongRecoveryKey
from xuncha_desktop.store.vault_file import BACKUP_NAME, FILE_NAME, NewerVault, NotACase, VaultDamaged, _sum

NEW = "新的口令 9"


def edit(folder: Path, change: Callable[[dict[str, Any]], object], *names: str, resum: bool = False) -> None:
    """Alter the key file's content, with `resum` as someone would who knows the format but no key."""
    for name in names or (FILE_NAME, BACKUP_NAME):
        content = json.loads((folder / name).read_bytes())
        change(content)
        if resum:
            del content["sum"]
            content["sum"] = _sum(content)
        (folder / name).write_text(json.dumps(content))


def opens(folder: Path, password: str) -> bool:
    """Whether a password opens the case."""
    try:
        Vault.read(folder).unlock(password)
    except WrongPassword:
        return False
    return True


def test_password_and_recovery_key_give_the_same_keys(tmp_path: Path) -> None:
    _, keys, recovery = new_vault(tmp_path, case_id="case-1")
    vault = Vault.read(tmp_path)
    assert vault.case_id == "case-1"
    assert vault.unlock(PASSWORD).raw48 == keys.raw48
    assert vault.unlock_with_recovery(recovery.lower()).raw48 == keys.raw48
    assert len({keys.dek, keys.blob_master, keys.mac_key, keys.reprint_key}) == 4
    assert keys.raw48 == keys.dek + keys.salt


def test_a_wrong_password_is_said_and_changes_nothing(tmp_path: Path) -> None:
    new_vault(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()
    for wrong in (PASSWORD + " ", PASSWORD.upper(), "", "x"):
        with pytest.raises(WrongPassword, match="口令不正确"):
            Vault.read(tmp_path).unlock(wrong)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_full_width_typing_is_the_same_password(tmp_path: Path) -> None:
    new_vault(tmp_path, "abc123")
    assert opens(tmp_path, "ａｂｃ１２３")


def test_a_new_case_makes_guessing_expensive(tmp_path: Path) -> None:
    Vault.create(tmp_path, PASSWORD, case_id="c")
    slot = json.loads((tmp_path / FILE_NAME).read_bytes())["slots"][0]
    assert (slot["kdf"]["name"], slot["kdf"]["m_kib"], slot["kdf"]["t"], slot["kdf"]["p"]) == ("argon2id", 131072, 3, 4)


@pytest.mark.parametrize("password", ["", "  ", "\u3000"])
def test_an_empty_password_is_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(UserError, match="口令不能为空"):
        Vault.create(tmp_path, password, case_id="c", argon=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_second_case_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    new_vault(tmp_path)
    with pytest.raises(UserError, match="已有案卷"):
        new_vault(tmp_path)
    assert opens(tmp_path, PASSWORD)


def test_no_secret_is_written_or_shown(tmp_path: Path) -> None:
    vault, keys, recovery = new_vault(tmp_path, "marker-口令")
    vault.change_password("marker-口令", "marker-第二")
    shown = b"".join(path.read_bytes() for path in tmp_path.iterdir()) + f"{keys!r}{keys}{[keys]}{vault!r}".encode()
    secrets = [keys.dek, keys.salt, keys.raw48, keys.blob_master, keys.mac_key, keys.reprint_key]
    for secret in [b"marker", recovery.encode(), recovery.replace("-", "").encode(), *secrets]:
        assert secret not in shown
        assert secret.hex().encode() not in shown
        assert repr(secret).encode() not in shown


def test_forgotten_keys_are_wiped_and_refuse_to_serve() -> None:
    keys = Keys.mint()
    held = keys._secret
    keys.forget()
    assert keys._secret is held
    assert held == bytes(48)
    for name in ("raw48", "dek", "salt", "blob_master", "mac_key", "reprint_key"):
        with pytest.raises(RuntimeError, match="forgotten"):
            getattr(keys, name)


def test_a_mistyped_recovery_key_is_not_called_a_wrong_one(tmp_path: Path) -> None:
    _, _, recovery = new_vault(tmp_path / "a")
    _, _, other = new_vault(tmp_path / "b")
    vault = Vault.read(tmp_path / "a")
    wrong = ("1" if recovery[14] != "1" else "2").join((recovery[:14], recovery[15:]))
    with pytest.raises(RecoveryKeyMistyped, match="第3组"):
        vault.unlock_with_recovery(wrong)
    with pytest.raises(WrongRecoveryKey, match="不属于这个案卷"):
        vault.unlock_with_recovery(other)


def test_a_changed_password_replaces_the_old_one_and_keeps_the_recovery_key(tmp_path: Path) -> None:
    vault, keys, recovery = new_vault(tmp_path)
    with pytest.raises(WrongPassword):
        vault.change_password("错", NEW)
    vault.change_password(PASSWORD, NEW)
    for reader in (vault, Vault.read(tmp_path)):
        assert reader.unlock(NEW).raw48 == keys.raw48
        assert reader.unlock_with_recovery(recovery).raw48 == keys.raw48
        with pytest.raises(WrongPassword):
            reader.unlock(PASSWORD)


def test_the_mirror_does_not_bring_an_old_password_back(tmp_path: Path) -> None:
    vault, _, _ = new_vault(tmp_path)
    vault.change_password(PASSWORD, NEW)
    (tmp_path / FILE_NAME).write_bytes(b"")
    assert not opens(tmp_path, PASSWORD)
    assert opens(tmp_path, NEW)


def test_a_forgotten_password_is_reset_by_the_recovery_key(tmp_path: Path) -> None:
    _, _, recovery = new_vault(tmp_path)
    vault = Vault.read(tmp_path)
    vault.reset_password(vault.unlock_with_recovery(recovery), NEW)
    assert opens(tmp_path, NEW)
    assert not opens(tmp_path, PASSWORD)


def test_the_recovery_key_can_be_printed_again_or_renewed(tmp_path: Path) -> None:
    vault, keys, recovery = new_vault(tmp_path)
    assert Vault.read(tmp_path).recovery_text(keys) == recovery
    renewed = vault.renew_recovery(keys)
    assert Vault.read(tmp_path).recovery_text(keys) == renewed != recovery
    assert Vault.read(tmp_path).unlock_with_recovery(renewed).raw48 == keys.raw48
    with pytest.raises(WrongRecoveryKey):
        Vault.read(tmp_path).unlock_with_recovery(recovery)
    assert opens(tmp_path, PASSWORD)


@needs_fork
@pytest.mark.crash
def test_kill_9_during_a_password_change_leaves_the_old_or_the_new_password(tmp_path: Path) -> None:
    original = tmp_path / "original"
    _, keys, recovery = new_vault(original)
    folder = tmp_path / "case"

    def change() -> None:
        Vault.read(folder).change_password(PASSWORD, NEW)

    shutil.copytree(original, folder)
    instants = count_instants(change)
    outcomes = set()
    for point in range(60):
        shutil.rmtree(folder)
        shutil.copytree(original, folder)
        assert kill_at(instants * point // 60, change)
        old, new = opens(folder, PASSWORD), opens(folder, NEW)
        assert old != new
        vault = Vault.read(folder)
        assert vault.unlock(NEW if new else PASSWORD).raw48 == keys.raw48
        assert vault.unlock_with_recovery(recovery).raw48 == keys.raw48
        vault.mend(keys)
        assert (folder / FILE_NAME).read_bytes() == (folder / BACKUP_NAME).read_bytes()
        assert opens(folder, NEW) == new
        outcomes.add(new)
    assert outcomes == {True, False}, "the kills must fall on both sides of the replacement"


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00" * 900])
def test_a_damaged_key_file_is_read_from_its_mirror(tmp_path: Path, damage: bytes) -> None:
    _, keys, _ = new_vault(tmp_path)
    good = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(damage)
    vault = Vault.read(tmp_path)
    assert vault.unlock(PASSWORD).raw48 == keys.raw48
    vault.mend(keys)
    assert (tmp_path / FILE_NAME).read_bytes() == good


def test_the_mirror_alone_is_enough(tmp_path: Path) -> None:
    new_vault(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    assert opens(tmp_path, PASSWORD)


def test_a_flipped_bit_anywhere_in_the_key_file_costs_nothing(tmp_path: Path) -> None:
    _, keys, _ = new_vault(tmp_path)
    good = (tmp_path / FILE_NAME).read_bytes()
    for place in range(0, len(good), 7):
        (tmp_path / FILE_NAME).write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert Vault.read(tmp_path).unlock(PASSWORD).raw48 == keys.raw48, place


def test_the_same_bit_flipped_in_file_and_mirror_never_gives_wrong_keys(tmp_path: Path) -> None:
    _, keys, recovery = new_vault(tmp_path)
    good = (tmp_path / FILE_NAME).read_bytes()
    opened = 0
    for place in range(0, len(good), 5):
        for name in (FILE_NAME, BACKUP_NAME):
            (tmp_path / name).write_bytes(good[:place] + bytes([good[place] ^ 4]) + good[place + 1 :])
        for way in ("password", "recovery"):
            try:
                vault = Vault.read(tmp_path)
                found = vault.unlock(PASSWORD) if way == "password" else vault.unlock_with_recovery(recovery)
            except UserError as error:
                assert not isinstance(error, WrongPassword), "bit rot must not be blamed on the password"
                continue
            assert found.raw48 == keys.raw48
            opened += 1
    assert opened > len(good) // 5 // 2, "a flip in one slot must leave the other usable"


@pytest.mark.parametrize("broken", [0, 1])
@pytest.mark.parametrize("field", ["wrapped", "nonce", "salt"])
def test_one_broken_slot_leaves_the_other_open(tmp_path: Path, broken: int, field: str) -> None:
    _, keys, recovery = new_vault(tmp_path)

    def damage(content: dict[str, Any]) -> None:
        slot = content["slots"][broken]
        holder = slot["kdf"] if field == "salt" else slot
        holder[field] = holder[field][:-1] + ("0" if holder[field][-1] != "0" else "1")

    edit(tmp_path, damage)
    vault = Vault.read(tmp_path)
    good, bad = ("password", "recovery") if broken else ("recovery", "password")
    ways: dict[str, Callable[[], Keys]] = {
        "password": lambda: vault.unlock(PASSWORD),
        "recovery": lambda: vault.unlock_with_recovery(recovery),
    }
    assert ways[good]().raw48 == keys.raw48
    with pytest.raises(VaultDamaged, match="已损坏"):
        ways[bad]()
    vault.reset_password(keys, NEW)
    assert opens(tmp_path, NEW)
    assert Vault.read(tmp_path).recovery_text(keys) == (recovery if good == "recovery" else None)


@pytest.mark.parametrize(("name", "value"), [("m_kib", 16), ("t", 2), ("p", 2), ("salt", "00" * 16)])
def test_altered_parameters_do_not_open_even_with_a_right_checksum(tmp_path: Path, name: str, value: object) -> None:
    new_vault(tmp_path)
    slot = json.loads((tmp_path / FILE_NAME).read_bytes())["slots"][0]
    assert slot["kdf"][name] != value
    edit(tmp_path, lambda content: content["slots"][0]["kdf"].update({name: value, "m_kib": 16}), resum=True)
    with pytest.raises(WrongPassword):
        Vault.read(tmp_path).unlock(PASSWORD)


def test_parameters_are_authenticated_and_not_only_used(tmp_path: Path) -> None:
    """An addition that the derivation ignores must not open either."""
    new_vault(tmp_path)
    edit(tmp_path, lambda content: content["slots"][0]["kdf"].update(note="weaker"), resum=True)
    with pytest.raises(WrongPassword):
        Vault.read(tmp_path).unlock(PASSWORD)


def test_a_slot_of_another_case_does_not_open(tmp_path: Path) -> None:
    new_vault(tmp_path / "a", "一")
    new_vault(tmp_path / "b", "二")
    foreign = json.loads((tmp_path / "b" / FILE_NAME).read_bytes())["slots"][0]
    edit(tmp_path / "a", lambda content: content["slots"].append(foreign), resum=True)
    with pytest.raises(WrongPassword):
        Vault.read(tmp_path / "a").unlock("二")


def test_a_header_edited_by_someone_without_the_keys_is_refused(tmp_path: Path) -> None:
    new_vault(tmp_path)
    edit(tmp_path, lambda content: content["slots"].pop(), resum=True)
    with pytest.raises(VaultDamaged, match="被改动过"):
        Vault.read(tmp_path).unlock(PASSWORD)


def test_parameters_that_would_take_all_memory_are_not_tried(tmp_path: Path) -> None:
    new_vault(tmp_path)
    edit(tmp_path, lambda content: content["slots"][0]["kdf"].update(m_kib=2**30), resum=True)
    with pytest.raises(VaultDamaged):
        Vault.read(tmp_path).unlock(PASSWORD)


def test_each_kind_of_wrong_file_has_its_own_sentence(tmp_path: Path) -> None:
    said: dict[str, UserError] = {}
    for name, content in {
        "missing": None,
        "empty": b"",
        "foreign": b'{"name": "package"}',
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    }.items():
        folder = tmp_path / name
        folder.mkdir()
        if content is not None:
            (folder / FILE_NAME).write_bytes(content)
        with pytest.raises(UserError) as caught:
            Vault.read(folder)
        said[name] = caught.value
    new_vault(tmp_path / "newer")
    edit(tmp_path / "newer", lambda content: content.update(v=2), resum=True)
    with pytest.raises(NewerVault, match="先升级本程序"):
        Vault.read(tmp_path / "newer")
    kinds = {name: type(error) for name, error in said.items()}
    assert kinds == {"missing": NotACase, "empty": VaultDamaged, "foreign": NotACase, "picture": NotACase}
    words = {name: str(error).replace(name, "") for name, error in said.items()}
    assert len({words["missing"], words["empty"], words["foreign"]}) == 3


def test_a_backup_gets_a_key_file_that_opens_alone(tmp_path: Path) -> None:
    vault, keys, _ = new_vault(tmp_path / "case")
    (tmp_path / "case" / FILE_NAME).write_bytes(b"rotten")
    backup = tmp_path / "backup"
    backup.mkdir()
    vault.copy_to(backup)
    (backup / BACKUP_NAME).unlink()
    assert Vault.read(backup).unlock(PASSWORD).raw48 == keys.raw48
