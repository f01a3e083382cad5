"""How fast words become findings without Rasa: short and long messages, with and without the sentence model."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from benchmarks.report import machine, write
from evaluation import cases
from evaluation.rates import table
from scripts.project import PYTHON, ROOT
from understanding import Understanding

WORDS = 40
LONGEST = 2000  # characters: what the website lets through
MESSAGES = 300
ADVERSARIAL = {
    "one sign, again and again": "bleeding ",
    "negations": "no not never ",
    "openings without an end": "can't can't eye ",
    "gaps": "my eye is so very very very ",
    "no spaces": "swelling",
    "commas": "no pain, ",
    "digits": "38.5 ",
    "quotes and dots": "'.\"",
    "emoji": "\N{FACE WITH THERMOMETER} ",
    "typos": "bleedng swoln eylid ",
}


@dataclass(frozen=True)
class Row:
    """One thing measured, in milliseconds or as a plain factor, and its bar."""

    name: str
    value: float
    bar: float

    @property
    def cells(self) -> list[str]:
        """Give the row of the table."""
        verdict = "held" if self.value <= self.bar else "missed"
        return [self.name, f"{self.value:.1f}", f"<= {self.bar:g}, {verdict}"]


def main() -> int:
    """Measure, print, write README.md; give 1 when a bar is missed."""
    rows = measure()
    words = table(["what", "measured", "bar"], [row.cells for row in rows])
    words = f"{machine()}, the time of one of them.\n\n{words}"
    print(words)
    write("understanding", words)
    return 1 if any(row.value > row.bar for row in rows) else 0


def measure() -> list[Row]:
    """Measure everything once."""
    rules, whole = Understanding(screen=False), Understanding()
    messages = [text_of(WORDS, seed) for seed in range(MESSAGES)]
    long = [text_of(400, seed)[:LONGEST] for seed in range(30)]
    worst = max(times(whole.read, [filled(piece, LONGEST) for piece in ADVERSARIAL.values()]))
    return [
        Row(f"a message of {WORDS} words, p95, without the sentence model (ms)", p95(times(rules.read, messages)), 5),
        Row(f"a message of {WORDS} words, p95, with it (ms)", p95(times(whole.read, messages)), 15),
        Row(f"a message of {LONGEST} characters, p95 (ms)", p95(times(whole.read, long)), 60),
        Row(f"the worst of {len(ADVERSARIAL)} adversarial texts of {LONGEST} characters (ms)", worst, 60),
        Row("growth of the worst text from 500 to 2,000 characters (4 is linear)", growth(rules.read), 6),
        Row("start without Rasa, in a new process (ms)", start_up(), 3000),
    ]


def text_of(words: int, seed: int) -> str:
    """Give what visitors wrote, cut or joined to this many words."""
    texts = [case["text"] for path in cases.own_files("safety") for case in cases.read(path, "safety")]
    random.Random(seed).shuffle(texts)
    return " ".join(" ".join(texts[:40]).split()[:words])


def filled(piece: str, characters: int) -> str:
    """Repeat a piece up to a length."""
    return "".join(islice(cycle(piece), characters))


def times(read: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Read each text once, after a warm-up; give milliseconds."""
    for text in texts[:3]:
        read(text)
    found = []
    for text in texts:
        began = time.process_time()  # the core's time: another program on the machine does not count
        read(text)
        found.append(1000 * (time.process_time() - began))
    return found


def p95(values: Sequence[float]) -> float:
    """Give the value that 95 % stay below."""
    return sorted(values)[int(0.95 * len(values))]


def growth(read: Callable[[str], object]) -> float:
    """Give the largest factor by which the time grows when a text becomes four times as long."""
    short = {name: min(times(read, [filled(piece, LONGEST // 4)] * 5)) for name, piece in ADVERSARIAL.items()}
    long = {name: min(times(read, [filled(piece, LONGEST)] * 5)) for name, piece in ADVERSARIAL.items()}
    return max(long[name] / short[name] for name in ADVERSARIAL)


def start_up() -> float:
    """Give the milliseconds until a new process has read its first message."""
    began = time.perf_counter()
    subprocess.run([str(PYTHON), "-m", "understanding", "hello"], cwd=ROOT, check=True, capture_output=True)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
