"""Measures staff's lists, filters and searches through HTTP, in a small and a large table, and compares with the bars.

`make bench-console` takes PostgreSQL at a million conversations; SIZE=100000 and DATABASE=sqlite make it smaller. With
DATABASE_URL, that (empty) PostgreSQL database is used for the large table; else one is started from the machine's
packages. Runs in the website's environment.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.console.postgres import server
from scripts.project import ROOT, WEB_PYTHON, Problem, say
from scripts.stack import Stack

SMALL = 10_000
BARS = {"postgresql": 200.0, "sqlite": 500.0}  # milliseconds, p95
MOST_GROWTH = 1.5  # times the p95 of the small table
ROUNDS = 12
GROUPS = {
    "list": ["", "view=queue&after=3-999999999", "view=all", "view=all&after=0-{middle}", "view=all&after=0-{early}"],
    "filter": [
        "level=urgent", "level=none&view=queue", "state=new", "state=follow_up", "flag=E02", "flag=S20&state=new",
        "intent=ask_cost", "intent=ask_cost&level=soon", "sure=low&outcome=advised", "tag=eyelid", "tag=price&flag=U02",
        "concern=unsure&view=queue", "language=en&outcome=to_care", "booking=confirmed",
        "from={day}&to={day}&level=soon",
    ],
    "search": [
        "q=hurt", "q=milia", "q=eyelid", "q=swollen+eyelid", "q=bleeding+child", "q=%22white+bumps%22", "q=extrac",
        "q=electrocautery+insurance", "q=nobodywrotethis", "q=hurt&level=soon", "q=pregnan+retinol",
        "q=fever&view=queue",
        "q=insurance&intent=ask_cost&sure=low", "q=baby&from={day}", "q=cost&tag=child",
    ],
}  # fmt: skip

Times = dict[str, list[float]]


def main(size: int, vendor: str) -> int:
    """Measure both tables, print the table, and give 1 when a bar is missed."""
    with website(SMALL, vendor) as small_site, website(size, vendor, os.environ.get("DATABASE_URL", "")) as large_site:
        found = ask({SMALL: small_site, size: large_site})
        small, large = found[SMALL], found[size]
    say(f"\n{vendor}: p95 in milliseconds, through HTTP, each page asked for {ROUNDS} times:\n")
    say(f"| what | {SMALL:,} | {size:,} | bar | growth | most |")
    say("|---|---|---|---|---|---|")
    missed = False
    for group in GROUPS:
        before, now = p95(small[group]), p95(large[group])
        bad = now > BARS[vendor] or now > before * MOST_GROWTH
        missed = missed or bad
        last = f"{now / before:.2f} | {MOST_GROWTH}{', missed' if bad else ''}"
        say(f"| {group} | {before:.0f} | {now:.0f} | {BARS[vendor]:.0f} | {last} |")
    return 1 if missed else 0


@contextlib.contextmanager
def website(size: int, vendor: str, url: str = "") -> Iterator[Stack]:
    """Fill a database and serve the website on it."""
    with database(vendor, url) as address:
        stack = Stack(("web",))
        if address:
            stack.env["DATABASE_URL"] = address
        with stack:
            began = time.monotonic()
            fill(stack, size)
            say(f"{size:,} conversations, {8 * size:,} messages stored in {time.monotonic() - began:.0f} s")
            yield stack


def database(vendor: str, url: str) -> contextlib.AbstractContextManager[str]:
    """Give the address of the database; empty for the SQLite file of the stack."""
    if vendor == "sqlite":
        return contextlib.nullcontext("")
    return contextlib.nullcontext(url) if url else server()


def fill(stack: Stack, size: int) -> None:
    """Store the conversations; raise Problem when that fails."""
    command = [str(WEB_PYTHON), "-m", "benchmarks.console.data", str(size)]
    env = {**stack.env, "PYTHONPATH": str(ROOT)}
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        raise Problem("the conversations could not be stored. The message is above.")


def ask(sites: dict[int, Stack]) -> dict[int, Times]:
    """Ask both sites for each page in turn, so that whatever else the machine does slows both; give milliseconds."""
    times: dict[int, Times] = {size: {group: [] for group in GROUPS} for size in sites}
    with contextlib.ExitStack() as open_until_here:
        browsers = {}
        for size, site in sites.items():
            browsers[size] = open_until_here.enter_context(httpx.Client(base_url=site.url, timeout=120))
            sign_in(browsers[size], site.env["STAFF_PASSWORD"])
        for turn in range(ROUNDS + 1):
            for both in zip(*(pages(size) for size in sites), strict=True):
                for size, (group, query) in zip(sites, both, strict=True):
                    spent = milliseconds(browsers[size], query)
                    if turn:  # the first round warms up
                        times[size][group].append(spent)
    if "SLOWEST" in os.environ:
        tell_slowest(times[max(sites)], max(sites))
    return times


def milliseconds(browser: httpx.Client, query: str) -> float:
    """Ask for one page."""
    began = time.perf_counter()
    browser.get(f"/console/?{query}").raise_for_status()
    return 1000 * (time.perf_counter() - began)


def tell_slowest(times: Times, size: int) -> None:
    """Print the median of each page, for whoever looks for what is slow."""
    for group in GROUPS:
        queries = [query for known, query in pages(size) if known == group]
        for place, query in enumerate(queries):
            say(f"{sorted(times[group][place :: len(queries)])[ROUNDS // 2]:8.1f} ms  {group}  {query}")


def pages(size: int) -> Iterator[tuple[str, str]]:
    """Give each page's group and query."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 2 * 86400))
    for group, queries in GROUPS.items():
        for query in queries:
            yield group, query.format(middle=size // 2, early=size // 50, day=day)


def sign_in(browser: httpx.Client, password: str) -> None:
    """Sign in as the account that the stack has made."""
    page = browser.get("/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    form = {"login": "staff", "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
    answer = browser.post("/accounts/login/", data=form, headers={"Referer": str(page.url)})
    if answer.status_code != 302:
        raise Problem("the bench could not sign in to the console.")


def p95(times: list[float]) -> float:
    """Give the 95th percentile."""
    return sorted(times)[int(0.95 * (len(times) - 1))]


if __name__ == "__main__":
    os.chdir(Path(ROOT))
    try:
        sys.exit(main(int(sys.argv[1].replace("_", "")), sys.argv[2]))
    except Problem as problem:
        sys.exit(f"Cannot go on: {problem}")
