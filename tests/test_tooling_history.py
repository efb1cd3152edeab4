"""The version before: what tests/test_lifecycle.py upgrades from."""

import subprocess
import tarfile

import pytest

from tests.lifecycle import history


class Repository:
    def __init__(self, folder):
        self.folder = folder
        self.addon = folder / "addons" / "planted"
        self.addon.mkdir(parents=True)
        self.git("init", "-q")

    def git(self, *words):
        names = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", "-C", self.folder, *names, *words], check=True)

    def write(self, version, text):
        (self.addon / "__manifest__.py").write_text(f'{{"version": "{version}"}}\n')
        (self.addon / "text").write_text(text)

    def commit(self, version, text):
        self.write(version, text)
        self.git("add", ".")
        self.git("commit", "-q", "-m", text)

    def past_text(self, tmp_path):
        past = history.previous(self.addon)
        history.archive(past, tmp_path / "past.tar")
        with tarfile.open(tmp_path / "past.tar") as tar:
            return past.version, tar.extractfile("planted/text").read().decode()


@pytest.fixture
def repository(tmp_path):
    repository = Repository(tmp_path / "repository")
    repository.commit("19.0.1.0.0", "first")
    repository.commit("19.0.1.0.0", "last of the old")
    return repository


def test_a_merge_that_went_wrong_is_no_version(repository, tmp_path):
    repository.commit("1", "first")
    repository.commit("2", "second")
    (repository.addon / "__manifest__.py").write_text("<<<<<<< HEAD\n")
    repository.git("commit", "-q", "-a", "-m", "broken")
    repository.commit("2", "third")
    assert repository.past_text(tmp_path) == ("1", "first")


def test_landed_version(repository, tmp_path):
    repository.commit("19.0.1.1.0", "first of the new")
    repository.commit("19.0.1.1.0", "more of the new")
    assert repository.past_text(tmp_path) == ("19.0.1.0.0", "last of the old")


def test_version_that_is_not_committed_yet(repository, tmp_path):
    repository.write("19.0.1.1.0", "being written")
    assert repository.past_text(tmp_path) == ("19.0.1.0.0", "last of the old")


def test_first_version(repository):
    with pytest.raises(history.NoHistory, match="never had another version"):
        history.previous(repository.addon)


def test_shallow_clone_says_so(repository, tmp_path):
    repository.commit("19.0.1.1.0", "new")
    address = f"file://{repository.folder}"
    clone = tmp_path / "clone"
    words = ["git", "clone", "-q", "--depth=1", address, clone]
    subprocess.run(words, check=True)
    with pytest.raises(history.NoHistory, match="unshallow"):
        history.previous(clone / "addons" / "planted")


def test_order_of_versions():
    assert history.is_newer("19.0.1.10.0", "19.0.1.9.0")
    assert not history.is_newer("19.0.1.9.0", "19.0.1.9.0")
