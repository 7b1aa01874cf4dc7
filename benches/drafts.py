#!/usr/bin/env python3
"""500 drafts of four pages exported by one process on one core: at least 25 a second.

    benches/drafts.py PASSERELLE [HOW_MANY]

Makes a workspace whose drafts are a convention of the demonstration with some of its articles again, so that it has
four pages, each under an identifier and a title of its own.
"""

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AIM = 25
SOURCE = "019ab3c0-1000-7000-8000-000000000303"
PAGES = 4

program = Path(sys.argv[1]).resolve()
count = int(sys.argv[2]) if len(sys.argv) > 2 else 500


def pages(pdf):
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Pages: +(\d+)", told, re.M)[1])


def cpu():
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def lengthened(house, work):
    """The convention with as many articles more as four pages take."""
    path = house / "conventions" / f"{SOURCE}.json"
    draft = json.loads(path.read_text(encoding="utf-8"))
    articles = list(draft["articles"])
    pdf = work / "one.pdf"
    for number in range(len(articles) * 2):
        subprocess.run(
            [program, "exporter", "pdf", house, SOURCE, "-o", pdf, "--etat", "travail", "--remplacer"],
            check=True, stdout=subprocess.DEVNULL,
        )
        if pages(pdf) == PAGES:
            return draft
        copy = json.loads(json.dumps(articles[number % len(articles)]))
        copy |= {"id": f"019ab3c0-7000-7000-8000-{number:012}", "key": f"{copy['key']}-{number}"}
        draft["articles"].append(copy)
        path.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
    raise AssertionError(f"no draft of {PAGES} pages")


with tempfile.TemporaryDirectory() as work:
    house, exports = Path(work, "house"), Path(work, "exports")
    subprocess.run([program, "demo", house, "--sans-fenetre"], check=True, stdout=subprocess.DEVNULL)
    draft = lengthened(house, Path(work))
    shutil.rmtree(house / "versions", ignore_errors=True)
    shutil.rmtree(house / "conventions")
    (house / "conventions").mkdir()
    for number in range(count):
        identifier = f"019ab3c0-2000-7000-8000-{number:012}"
        value = draft | {"id": identifier, "title": f"{draft['title']} {number}"}
        (house / "conventions" / f"{identifier}.json").write_text(json.dumps(value, ensure_ascii=False))

    begun, used = time.perf_counter(), cpu()
    subprocess.run(
        ["taskset", "-c", "0", program, "exporter", "pdf", house, "--tous", "-o", exports, "--etat", "travail"],
        check=True, stdout=subprocess.DEVNULL,
    )
    spent, used = time.perf_counter() - begun, cpu() - used
    made = list(exports.glob("*.pdf"))
    assert len(made) == count and pages(made[0]) == PAGES, (len(made), pages(made[0]))
    size = sum(path.stat().st_size for path in made) // count
    print(
        f"mesure: {count} drafts of {PAGES} pages, {count / used:.0f} a second of one core (aim {AIM}); "
        f"{spent:.1f} s by the clock beside whatever else ran; {size} bytes each"
    )
    # Of the core's time and not of the clock's: what else runs on the machine is not what is measured.
    sys.exit(0 if count / used >= AIM else 1)
