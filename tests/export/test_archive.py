# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same files give the same bytes; an archive from a stranger is read with care."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from export import sample
from migration_law.export import archive, files
from migration_law.export.archive import ArchiveError, tar_gz, untar_gz

BUILD = """
import hashlib
from export import sample
from migration_law import export
print(hashlib.sha256(export.tar_gz(export.files(sample.corpus()))).hexdigest())
"""


def _digest(seed: str) -> str:
    paths = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(archive.__file__).parents[2])])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    return subprocess.run(
        [sys.executable, "-c", BUILD], env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_same_source_same_bytes_in_every_process() -> None:
    here = hashlib.sha256(tar_gz(files(sample.corpus()))).hexdigest()
    assert {_digest("1"), _digest("2")} == {here}


def test_the_order_of_the_files_does_not_matter() -> None:
    assert tar_gz({"b": b"2", "a": b"1"}) == tar_gz({"a": b"1", "b": b"2"})


def test_there_and_back() -> None:
    made = {
        "course/course.xml": b"<course/>",
        "course/static/long-" + "x" * 120 + ".svg": b"\x00\xff",
        "course/empty": b"",
    }
    assert untar_gz(tar_gz(made)) == made


def test_nothing_of_this_machine_is_in_it() -> None:
    packed = tar_gz({"a": b"1"})
    assert packed[4:8] == b"\0\0\0\0"
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        member = tar.getmembers()[0]
    assert (member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode) == (0, 0, 0, "", "", 0o644)


def _tar(*members: tuple[str, bytes, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, kind, data in members:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), "/etc/passwd"
            tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


FILE = tarfile.REGTYPE


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (_tar(("a", tarfile.SYMTYPE, b"")), "link"),
        (_tar(("a", tarfile.LNKTYPE, b"")), "link"),
        (_tar(("a", tarfile.CHRTYPE, b"")), "link"),
        (_tar(("a", tarfile.FIFOTYPE, b"")), "link"),
        (_tar(("../a", FILE, b"x")), "outside"),
        (_tar(("/a", FILE, b"x")), "outside"),
        (_tar(("a/../../b", FILE, b"x")), "outside"),
        (_tar(("a\\b", FILE, b"x")), "outside"),
        (_tar(("a", FILE, b"x"), ("./a", FILE, b"y")), "double-member"),
        (gzip.compress(b"\0" * (archive.RATIO_COUNTS_FROM + 1)), "too-large"),
        (b"", "not-an-archive"),
        (b"PK\x03\x04 no tar", "not-an-archive"),
        (gzip.compress(b"no tar at all"), "not-an-archive"),
        (_tar(("a", FILE, b"x" * 5000))[:-20], "not-an-archive"),
        (gzip.compress(b"x")[:-8] + b"\0" * 8, "not-an-archive"),
    ],
)
def test_a_hostile_archive_is_refused(packed: bytes, code: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        untar_gz(packed)
    assert caught.value.code == code
    assert "; " in caught.value.message


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    with pytest.raises(ArchiveError, match="too-many-members"):
        untar_gz(tar_gz({"a": b"", "b": b"", "c": b""}))
