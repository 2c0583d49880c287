"""What is remembered from one build to the next."""

from contextlib import closing
from pathlib import Path

import pytest

from communique.memory import Memory, entry, key_of

VERSION = bytes(range(16))
RESULTS = {key_of(step)(bytes([number]) * 16): (step, number) for step in ("read", "make") for number in range(8)}


def remember(
    file: Path, version: bytes = VERSION, results: dict[bytes, tuple[str, int]] = RESULTS
) -> dict[bytes, bool]:
    """Ask for all results, keep those that are not known, and save; tells which were known."""
    with closing(Memory(file, version)) as memory:
        asked = {}
        for key, result in results.items():
            known, found = memory.recall(key)
            assert not known or found == result
            if not known:
                memory.keep(key, entry(result))
            asked[key] = known
        memory.save()
    return asked


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a memory that knows all results."""
    path = tmp_path / "memory"
    assert not any(remember(path).values())
    return path


def test_what_was_kept_is_known_and_nothing_is_written_again(file: Path) -> None:
    data, changed = file.read_bytes(), file.stat().st_mtime_ns
    assert all(remember(file).values())
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (data, changed)


def test_a_little_that_is_new_is_added_at_the_end(file: Path) -> None:
    data = file.read_bytes()
    more = {**RESULTS, key_of("read")(b"x" * 16): ("read", 9)}
    assert list(remember(file, results=more).values()) == [True] * len(RESULTS) + [False]
    grown = file.read_bytes()
    assert (grown[: len(data)], len(grown) > len(data)) == (data, True)
    assert all(remember(file, results=more).values())


def test_what_nobody_asks_for_goes(file: Path) -> None:
    size = file.stat().st_size
    few = dict(list(RESULTS.items())[:2])
    assert all(remember(file, results=few).values())
    assert file.stat().st_size < size / 2
    assert sum(remember(file).values()) == len(few)


def test_another_version_knows_nothing_of_it(file: Path) -> None:
    assert not any(remember(file, b"another version.").values())
    assert not any(remember(file).values())


@pytest.mark.parametrize("more", [False, True], ids=["whole", "with a part added"])
def test_damage_is_found_wherever_it_is_and_mended(file: Path, more: bool) -> None:
    results = {**RESULTS, key_of("read")(b"x" * 16): ("read", 9)} if more else RESULTS
    remember(file, results=results)
    data = file.read_bytes()
    damaged = [data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :] for place in range(len(data))]
    cut = [data[:end] for end in range(0, len(data), 9)]
    for number, each in enumerate([*damaged, *cut]):
        file.write_bytes(each)
        remember(file, results=results)
        assert all(remember(file, results=results).values()), number


def test_no_more_than_was_read_is_believed_of_a_file_that_grows(file: Path) -> None:
    with closing(Memory(file, VERSION)) as memory:
        with file.open("ab") as other:
            other.write(b"what another build adds")
        memory.keep(key_of("make")(b"y" * 16), entry(("make", 7)))
        assert all(memory.recall(key) == (True, result) for key, result in RESULTS.items())
        memory.save()
    assert file.read_bytes().endswith(b"what another build adds")
    assert all(remember(file).values())


def test_nothing_is_added_to_what_another_version_has_put_in_its_place(file: Path) -> None:
    key = key_of("make")(b"y" * 16)
    with closing(Memory(file, VERSION)) as memory:
        assert all(memory.recall(each)[0] for each in RESULTS)
        # as long, since its results have other values, but of the same size
        other = {each: (step, number + 100) for each, (step, number) in RESULTS.items()}
        remember(file, b"another version.", other)
        memory.keep(key, entry(("make", 7)))
        memory.save()
    with closing(Memory(file, b"another version.")) as memory:
        assert memory.recall(key) == (False, None)
