"""``make audit``: two judges from outside look at the public site of a fresh demonstration office.

The Nu HTML checker reads every page; Lighthouse loads four of them in Chromium. Both come from npm
into ./.audit, which git ignores; what this computer lacks is said, and counts as not passed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from isso.tests.running_office import CHROMIUM, ROOT, running_office

FOLDER = ROOT / ".audit"
PACKAGES = ("lighthouse@12.8.2", "vnu-jar@26.9.27")
CHECKER = FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"
LIGHTHOUSE = FOLDER / "node_modules/.bin/lighthouse"
NEEDED = {
    "java": "Java 11 or newer (apt-get install default-jre-headless)",
    "node": "Node.js 18 or newer (apt-get install nodejs)",
    "npm": "npm (apt-get install npm)",
}

# What the site map does not list: the second language, search, sign-in, and what is not there.
BESIDES = (
    "/ar/",
    "/search/?query=travel",
    "/search/?query=zzzz",
    "/accounts/login/",
    "/no-such-page/",
)
LOADED = ("/", "/about/", "/immigration/travel/", "/key-dates/")
LEAST = {"accessibility": 100, "best-practices": 100, "performance": 98}


def main():
    """Look, print, and end with 1 when something is below the mark or could not be looked at."""
    missing = [hint for program, hint in NEEDED.items() if not shutil.which(program)]
    missing += [] if CHROMIUM else ["Chromium (apt-get install chromium, or name it in CHROMIUM)"]
    if missing:
        sys.exit("Not run: make audit. This computer lacks:\n  " + "\n  ".join(missing))
    _install()
    with running_office() as site:
        faults = check_html(site) + judge_loading(site)
    if faults:
        sys.exit("\nFaults:\n  " + "\n  ".join(faults))
    print("\nNothing to complain about.")


def _install():
    if CHECKER.exists() and LIGHTHOUSE.exists():
        return
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "package.json").write_text('{"private": true}')
    print("Installing the judges into .audit (once, about a minute) ...", flush=True)
    # No browser of its own: Lighthouse drives the one that is there.
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--silent", *PACKAGES],
        cwd=FOLDER,
        env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"},
        check=True,
    )


def check_html(site):
    """Let the Nu HTML checker read every public page; return what is wrong."""
    listed = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", _fetch(f"{site}/sitemap.xml"))
    with tempfile.TemporaryDirectory() as folder:
        addresses = {}
        for number, address in enumerate((*listed, *BESIDES)):
            file = Path(folder) / f"{number}.html"
            file.write_text(_fetch(site + address))
            addresses[file.name] = address
        done = subprocess.run(
            ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", folder],
            capture_output=True,
            text=True,
            check=True,
        )
    told = [
        each
        for each in json.loads(done.stderr)["messages"]
        # Errors and warnings; its hints are about style, such as Django's own <br />.
        if each["type"] != "info" or each.get("subType") == "warning"
    ]
    print(f"\nNu HTML checker: {len(addresses)} pages read, {len(told)} remarks")
    return [
        f"{addresses[Path(each['url']).name]} line {each.get('lastLine', '?')}: {each['message']}"
        for each in told
    ]


def _fetch(address):
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310 (our own office)
            return response.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.read().decode()


def judge_loading(site):
    """Let Lighthouse load some pages as a phone would; return what is below the mark."""
    faults = []
    print(f"\n{'Lighthouse':<24}" + "".join(f"{name:>16}" for name in LEAST))
    for address in LOADED:
        scores, lost = _lighthouse(site + address)
        print(f"{address:<24}" + "".join(f"{scores[name]:>16}" for name in LEAST), flush=True)
        below = [name for name, least in LEAST.items() if scores[name] < least]
        faults += [f"{address}: {name} {scores[name]}, {lost[name]}" for name in below]
    return faults


def _lighthouse(address):
    done = subprocess.run(
        [
            *(LIGHTHOUSE, address, "--quiet", "--output=json"),
            f"--only-categories={','.join(LEAST)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
        ],
        cwd=FOLDER,
        env=os.environ | {"CHROME_PATH": CHROMIUM},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    scores, lost = {}, {}
    for name in LEAST:
        category = report["categories"][name]
        scores[name] = round(category["score"] * 100)
        parts = (report["audits"][part["id"]] for part in category["auditRefs"] if part["weight"])
        lost[name] = "; ".join(
            f"{part['title']} {part.get('displayValue', '')}".strip()
            for part in parts
            if (part["score"] or 0) < 1 and part["scoreDisplayMode"] != "notApplicable"
        )
    return scores, lost


if __name__ == "__main__":
    main()
