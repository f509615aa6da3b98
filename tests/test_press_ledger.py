"""What stands: several runs share an output folder and each speaks for what it built."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from pipeline.model import Diagnostic
from pipeline.press import collisions, ledger
from pipeline.press.collisions import Wanted
from pipeline.press.ledger import Change, Output, Standing
from pipeline.press.orders import Post

ERROR = Diagnostic("E201", "error", "no", "a.md")
WARNING = Diagnostic("E202", "warning", "hm", "a.md")


def standing(source: str = "a.md", origin: str = "../source", **more: object) -> Standing:
    values: dict[str, object] = {"status": "built", "key": "k", "record": {"title": "A"}} | more
    return Standing(origin=origin, source=source, **values)  # type: ignore[arg-type]


def outputs(*paths: str) -> dict[str, Output]:
    return {path.rpartition(".")[2]: Output(path, "0" * 64, 1) for path in paths}


def change(post: Standing, *names: str) -> dict[tuple[str, str], Change]:
    return {(post.origin, post.source): Change(post, frozenset(names or post.editions))}


def manifest(out: Path) -> list[dict[str, object]]:
    data = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert data["version"] == 1
    posts: list[dict[str, object]] = data["posts"]
    return posts


def test_editions_that_a_run_did_not_build_stand(tmp_path: Path) -> None:
    pdf = standing(editions=outputs("a.pdf"), keys={"pdf": "1"}, notes={"pdf": (WARNING,)})
    epub = standing(editions=outputs("a.epub"), keys={"epub": "2"})
    ledger.update(tmp_path, change(pdf))
    ledger.update(tmp_path, change(epub))
    (post,) = ledger.load(tmp_path).values()
    assert sorted(post.editions) == ["epub", "pdf"]
    assert post.keys == {"pdf": "1", "epub": "2"}
    assert post.diagnostics == (WARNING,), "what was said of the PDF still holds"


def test_a_failure_keeps_outputs_and_is_forgotten_when_it_is_over(tmp_path: Path) -> None:
    ledger.update(tmp_path, change(standing(editions=outputs("a.pdf", "a.html"))))
    failed = standing(status="failed", reason="no", key=None, notes={"pdf": (ERROR,)})
    ledger.update(tmp_path, {("../source", "a.md"): Change(failed, frozenset())})
    (entry,) = manifest(tmp_path)
    assert entry["status"] == "failed"
    assert sorted(entry["editions"]) == ["html", "pdf"]  # type: ignore[call-overload]
    ledger.update(tmp_path, change(standing(editions=outputs("a.html"))))
    (entry,) = manifest(tmp_path)
    assert entry["status"] == "built"
    assert entry["diagnostics"] == []


def test_the_manifest_is_sorted_ends_with_a_newline_and_has_only_its_keys(tmp_path: Path) -> None:
    for source in ("ü.md", "b.md", "a/z.md"):
        ledger.update(tmp_path, change(standing(source, editions=outputs(f"{source}.html"))))
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "ü.md" in text
    posts = manifest(tmp_path)
    assert [post["source"] for post in posts] == ["a/z.md", "b.md", "ü.md"]
    assert all(
        sorted(post)
        == ["diagnostics", "editions", "reason", "record", "repairs", "source", "status"]
        for post in posts
    )
    assert text == json.dumps(json.loads(text), sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def test_what_nothing_claims_any_more_goes_and_what_another_took_over_stays(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(name)
    ledger.update(tmp_path, change(standing(editions=outputs("a.html"))))
    ledger.update(tmp_path, change(standing("b.md", editions=outputs("b.html"))))
    moved = change(standing(editions=outputs("c.html")))
    taken = change(standing("b.md", editions=outputs("a.html")))
    assert ledger.update(tmp_path, moved | taken) == 1
    assert (tmp_path / "a.html").exists()
    assert not (tmp_path / "b.html").exists()


def test_a_lost_ledger_is_made_up_for_from_the_manifest(tmp_path: Path) -> None:
    ledger.update(tmp_path, change(standing(editions=outputs("a.html", "a.pdf"))))
    ledger.update(tmp_path, change(standing("b.md", editions=outputs("b.html"))))
    for damage in ("", "{}", '{"version": 1, "posts": [{"origin": 3}]}'):
        (tmp_path / ledger.LEDGER).write_text(damage)
        ledger.update(tmp_path, change(standing(editions=outputs("a.html"))))
        assert [post["source"] for post in manifest(tmp_path)] == ["a.md", "b.md"]
        assert sorted(manifest(tmp_path)[0]["editions"]) == ["html", "pdf"]  # type: ignore[call-overload]


def test_a_manifest_of_another_program_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[1, 2]")
    assert ledger.load(tmp_path) == {}


# Collisions ------------------------------------------------------------------------------------


def post(path: str, folder: Path, origin: str = "../source") -> Post:
    return msgspec.structs.replace(Post(origin, path, folder / path, "source", None))  # type: ignore[arg-type]


def clashes(folder: Path, *pairs: tuple[str, str], stand: tuple[Standing, ...] = ()) -> list[str]:
    wanted = tuple(Wanted(post(path, folder), {"html": output}) for path, output in pairs)
    known = {(one.origin, one.source): one for one in stand}
    return sorted(
        note.message for note in collisions.find(wanted, known, folder / "build").values()
    )


def test_posts_that_would_write_one_file_name_each_other(tmp_path: Path) -> None:
    assert clashes(tmp_path, ("a.md", "x.html"), ("b.md", "x.html"), ("c.md", "y.html")) == [
        "its output x.html is also that of a.md",
        "its output x.html is also that of b.md",
    ]


def test_case_and_unicode_form_make_no_difference(tmp_path: Path) -> None:
    assert len(clashes(tmp_path, ("a.md", "Straße.html"), ("b.md", "STRASSE.html"))) == 2
    assert len(clashes(tmp_path, ("a.md", "caf\u00e9.html"), ("b.md", "cafe\u0301.html"))) == 2
    assert not clashes(tmp_path, ("a.md", "a/x.html"), ("b.md", "b/x.html"))


def test_what_stands_of_another_path_collides_while_its_source_is_there(tmp_path: Path) -> None:
    other = standing("a.md", "../posts", editions=outputs("x.html"))
    (tmp_path / "build").mkdir()
    assert not clashes(tmp_path, ("a.md", "x.html"), stand=(other,))
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("still here")
    assert clashes(tmp_path, ("a.md", "x.html"), stand=(other,)) == [
        "its output x.html is also that of ../posts/a.md"
    ]
