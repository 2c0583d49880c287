"""The recipes of docs/hosting: what they copy in which order, and when the workflow publishes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from serving import HOSTING, available
from support import ROOT, announcement, built, files, tree, written

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the recipes are for a shell of Unix")


def program(folder: Path, name: str, script: str) -> None:
    """A program of this name in a folder, written in Python."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    file.chmod(0o755)


def shell(recipe: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a recipe with the programs of a folder before all others."""
    path = f"{folder}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(recipe, shell=True, env={**os.environ, **more, "PATH": path}, capture_output=True, text=True)


def site(*fields: str) -> Mapping[str, bytes]:
    return built(files(announcement("The bridge is open.", *fields))).files


def test_rsync_makes_the_server_hold_the_site_and_nothing_of_the_last_one(tmp_path: Path) -> None:
    available("rsync")
    server = tmp_path / "server"
    for number, made in enumerate((site("was: [/old/]"), site())):
        public = written(tmp_path / f"public{number}", made)
        done = shell(f"sh {HOSTING / 'rsync.sh'} {public} {server}", tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert tree(server) == made


def test_rsync_brings_what_pages_use_first_and_deletes_last(tmp_path: Path) -> None:
    log = f"import sys; open({str(tmp_path / 'log')!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')"
    program(tmp_path / "bin", "rsync", log)
    assert shell(f"sh {HOSTING / 'rsync.sh'} public/ host:site", tmp_path / "bin").returncode == 0
    first, second, third = (tmp_path / "log").read_text().splitlines()
    assert "--exclude=*.html" in first
    assert "--exclude=*.xml" in first
    assert "--exclude" not in second
    assert ["--delete" in line for line in (first, second, third)] == [False, False, True]
    assert all(line.endswith("public/ host:site/") for line in (first, second, third))


BUCKET = """
import fnmatch, json, os, sys
bucket, given = {bucket!r}, sys.argv[1:]
state = json.load(open(bucket)) if os.path.exists(bucket) else {{"objects": {{}}, "log": []}}
option = lambda name: given[given.index(name) + 1] if name in given else None
if given[:2] == ["s3", "sync"]:
    source = given[2]
    rules = [(given[n], given[n + 1]) for n in range(len(given)) if given[n] in ("--exclude", "--include")]
    def taken(path):
        kept = True
        for rule, pattern in rules:
            if fnmatch.fnmatchcase(path, pattern):
                kept = rule == "--include"
        return kept
    local = {{}}
    for folder, _, names in os.walk(source):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), source)
            local[path] = open(os.path.join(folder, name), "rb").read().hex()
    for path in sorted(filter(taken, local)):
        if state["objects"].get(path, {{}}).get("data") != local[path]:
            told = {{"type": option("--content-type"), "cache": option("--cache-control")}}
            state["objects"][path] = {{"data": local[path], **told}}
            state["log"].append(["put", path])
    if "--delete" in given:
        for path in sorted(set(state["objects"]) - set(local)):
            if taken(path):
                del state["objects"][path]
                state["log"].append(["delete", path])
elif given[:2] == ["s3api", "put-object"]:
    state["objects"].setdefault(option("--key"), {{}})["redirect"] = option("--website-redirect-location")
else:
    sys.exit(f"unknown call: {{given}}")
json.dump(state, open(bucket, "w"))
"""


def bucket_after(tmp_path: Path, made: Mapping[str, bytes]) -> Any:
    """What a bucket holds after the recipe ran, and all that was done to it."""
    public = tmp_path / "public"
    shutil.rmtree(public, ignore_errors=True)
    written(public, made)
    program(tmp_path / "bin", "aws", BUCKET.format(bucket=str(tmp_path / "bucket.json")))
    done = shell(f"sh {HOSTING / 's3.sh'} {public} s3://example", tmp_path / "bin")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads((tmp_path / "bucket.json").read_text())


def test_a_bucket_gets_the_site_with_its_types_and_redirects(tmp_path: Path) -> None:
    made = site("was: [/old/, /前/bridge.html]")
    objects = bucket_after(tmp_path, made)["objects"]
    assert set(objects) == {path for path in made if not path.rpartition("/")[2].startswith(".")}
    types = {path: each["type"] for path, each in objects.items() if each["type"]}
    assert types["feed.xml"] == "application/atom+xml; charset=utf-8"
    assert types["partners/delta/feed.xml"] == types["feed.xml"]
    assert types["rss.xml"].startswith("application/rss+xml")
    assert types["announcements/bridge/index.md"].startswith("text/markdown")
    assert {each["cache"] for each in objects.values()} == {"no-cache"}
    moved = {path: each["redirect"] for path, each in objects.items() if "redirect" in each}
    assert moved == dict.fromkeys(("old/index.html", "前/bridge.html"), "/announcements/bridge/")


def test_a_bucket_gets_what_pages_use_first_and_loses_what_is_gone_last(tmp_path: Path) -> None:
    before = bucket_after(tmp_path, site("was: [/old/]"))["log"]
    log = bucket_after(tmp_path, {**site(), "style.css": b"new", "index.html": b"new"})["log"][len(before) :]
    assert log == [
        ["put", "style.css"],
        ["put", "index.html"],
        ["delete", "_redirects"],
        ["delete", "old/index.html"],
    ]


def workflow() -> Any:
    return yaml.load((HOSTING / "github-pages.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def test_the_workflow_publishes_on_push_and_on_a_schedule_one_after_the_other() -> None:
    found = workflow()
    assert set(found["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert found["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    assert found["permissions"] == {"contents": "read", "deployments": "read", "pages": "write", "id-token": "write"}
    steps = found["jobs"]["publish"]["steps"]
    used = [step["uses"].partition("@")[0] for step in steps if "uses" in step]
    assert used[-2:] == ["actions/upload-pages-artifact", "actions/deploy-pages"]
    after = steps[[step.get("id") for step in steps].index("due") + 1 :]
    assert {step["if"] for step in after} == {"steps.due.outputs.due == 'true'"}


@pytest.mark.parametrize(
    ("event", "last", "due"),
    [
        ("push", None, "true"),
        ("schedule", None, "true"),
        ("schedule", timedelta(hours=-3), "true"),
        ("schedule", timedelta(hours=-1), "false"),
    ],
    ids=["a push", "never published", "an embargo lifted since", "nothing since"],
)
def test_the_workflow_builds_when_something_is_due(
    tmp_path: Path, event: str, last: timedelta | None, due: str
) -> None:
    """The embargo lifted two hours ago; `last` is when the site was published."""
    lift = (datetime.now(UTC) - timedelta(hours=2)).isoformat(timespec="seconds")
    written(tmp_path / "site", files(announcement("The bridge is open.", f"embargo: {lift}")))
    when = (datetime.now(UTC) + last).strftime("%Y-%m-%dT%H:%M:%SZ") if last is not None else ""
    program(tmp_path / "bin", "gh", f"print({when!r}) if {when!r} else None")
    caller = f"import os, sys\nos.execv({sys.executable!r}, [{sys.executable!r}, *sys.argv[1:]])\n"
    program(tmp_path / "bin", "python3", caller)
    step = next(step for step in workflow()["jobs"]["publish"]["steps"] if step.get("id") == "due")
    recipe = step["run"].replace("build.py status", f"{ROOT / 'build.py'} status --site {tmp_path / 'site'}")
    (tmp_path / "run").write_text(recipe, encoding="utf-8")
    said = tmp_path / "said"
    done = shell(
        f"bash -e {tmp_path / 'run'}",
        tmp_path / "bin",
        EVENT=event,
        GITHUB_REPOSITORY="a/b",
        GITHUB_OUTPUT=str(said),
        RUNNER_TEMP=str(tmp_path),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert said.read_text() == f"due={due}\n"


def test_the_workflow_builds_for_the_address_of_the_pages(tmp_path: Path) -> None:
    step = next(step for step in workflow()["jobs"]["publish"]["steps"] if step.get("name") == "Build")
    written(tmp_path / "site", files())
    recipe = step["run"].replace("build.py build", f"{ROOT / 'build.py'} build --site {tmp_path / 'site'}")
    done = shell(recipe, tmp_path, BASE_URL="https://someone.github.io/site")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    public = tmp_path / "site" / "public"
    assert b"https://someone.github.io/site/feed.xml" in (public / "feed.xml").read_bytes()
    assert b'href="/site/' in (public / "404.html").read_bytes()


def test_every_file_of_the_folder_is_told_of() -> None:
    text = (HOSTING / "README.md").read_text(encoding="utf-8")
    assert all(f"[{file.name}]({file.name})" in text for file in HOSTING.iterdir() if file.name != "README.md")
