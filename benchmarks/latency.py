#!/usr/bin/env python3
"""From a save to the changed page: `serve` with a large site, and a reader who waits for the new sentence."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure, and print the milliseconds: until the changed page is there, and until the whole site is up to date."""
    from benchmarks.corpus import Corpus
    from benchmarks.dialects import COMMUNIQUE, write

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--announcements", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latency-") as name:
        folder = Path(name)
        corpus = Corpus(1, options.announcements)
        write(folder, COMMUNIQUE.files(corpus))
        texts = sorted((folder / "content" / "announcements").glob("*.md"))
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--site", str(folder), "--port", "0"]
        command += ["--now", "2026-03-01T12:00Z"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as serving:
            try:
                port = _port(serving)
                taken = [_measure(port, text) for text in texts[:: max(1, len(texts) // options.runs)][: options.runs]]
            finally:
                serving.terminate()
    page, whole = ([each[kind] * 1000 for each in taken] for kind in (0, 1))
    print(f"{options.announcements} announcements, {len(taken)} saves, milliseconds: median (least to most)")
    print(f"changed page sent   {median(page):6.0f} ({min(page):.0f} to {max(page):.0f})")
    print(f"site up to date     {median(whole):6.0f} ({min(whole):.0f} to {max(whole):.0f})")
    return 0


def _port(serving: "subprocess.Popen[str]") -> int:
    assert serving.stdout is not None
    for line in serving.stdout:
        if "http://127.0.0.1:" in line:
            return int(line.partition("127.0.0.1:")[2].partition("/")[0])
    raise SystemExit("serve has ended")


def _measure(port: int, text: Path) -> tuple[float, float]:
    """Seconds from a save until the new sentence was read over HTTP, and until the preview is up to date."""
    url = f"/announcements/{text.stem[11:]}/"
    number = int(_get(port, url).partition(b'data-number="')[2].partition(b'"')[0])
    events = HTTPConnection("127.0.0.1", port)
    events.request("GET", f"/.communique/events?path={url}&number={number}")
    answer = events.getresponse()
    answer.readline()
    time.sleep(0.5)
    sentence = f"Saved at {time.time_ns()}."
    whole = text.read_text(encoding="utf-8")
    began = time.perf_counter()
    text.write_text(f"{whole}\n\n{sentence}\n", encoding="utf-8")
    seen = 0.0
    while True:
        line = answer.readline()
        if not line.startswith(b"data: "):
            continue
        told = json.loads(line[6:])
        if told["reload"] and not seen:
            assert sentence.encode() in _get(port, url)
            seen = time.perf_counter() - began
        if seen and told["sound"]:
            events.close()
            return seen, time.perf_counter() - began


def _get(port: int, url: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", url)
    body = connection.getresponse().read()
    connection.close()
    return body


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    sys.exit(main())
