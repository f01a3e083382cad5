"""Measure one pipeline: training, time to ready, turns over the REST channel, peak memory of the server."""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from evaluation import cases
from scripts.project import PYTHON, ROOT, Problem, environment
from scripts.stack import Stack

CONVERSATIONS = 40
TURNS = 5
WARM_UP = 5  # conversations that are not counted


@dataclass
class Measured:
    """What was measured of one pipeline: seconds, and megabytes."""

    training: float
    ready: float = 0.0
    memory: float = 0.0
    turns: list[float] = field(default_factory=list)
    silent: int = 0

    def percentile(self, share: float) -> float:
        """Give the turn time that this share of turns stays below."""
        return sorted(self.turns)[min(len(self.turns) - 1, int(share * len(self.turns)))]


def train(config: Path, model: Path) -> float:
    """Train from nothing on our own domain and data; give the seconds."""
    command = [PYTHON, "-m", "rasa", "train", "--force", "--config", config, "--domain", "domain.yml", "--data", "data"]
    command += ["--out", model.parent, "--fixed-model-name", model.name.removesuffix(".tar.gz")]
    began = time.monotonic()
    done = subprocess.run([str(word) for word in command], cwd=ROOT, env=environment(), capture_output=True, text=True)
    if done.returncode or not model.exists():
        raise Problem(f"{config} could not be trained:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.monotonic() - began


def time_to_ready(server: Stack) -> float:
    """Start Rasa; give the seconds until it answers."""
    began = time.monotonic()
    server.start("rasa")
    server.wait("rasa")
    return time.monotonic() - began


def talk(servers: Mapping[str, Stack], found: Mapping[str, Measured]) -> None:
    """Say the same messages to every server in turn, so that a busy moment of the machine hits all alike."""
    with httpx.Client(timeout=30) as client:
        for number, texts in enumerate(conversations()):
            for text in texts:
                for name, server in servers.items():
                    seconds, answers = say(client, server, f"bench-{number}", text)
                    if number >= WARM_UP:
                        found[name].turns.append(seconds)
                        found[name].silent += not answers
    for name, server in servers.items():
        found[name].memory = peak_memory(server.running["rasa"].pid)


def conversations() -> list[list[str]]:
    """Draw visitors' messages from the committed cases, the same ones in every run."""
    texts = [case["text"] for path in cases.own_files("nlu") for case in cases.read(path, "nlu")]
    chance = random.Random(36)
    return [chance.sample(texts, TURNS) for _ in range(CONVERSATIONS + WARM_UP)]


def say(client: httpx.Client, server: Stack, sender: str, text: str) -> tuple[float, int]:
    """Send one message over the REST channel; give the seconds and how many messages came back."""
    url = f"{server.env['RASA_URL']}/webhooks/rest/webhook"
    began = time.monotonic()
    response = client.post(url, content=json.dumps({"sender": sender, "message": text}))
    seconds = time.monotonic() - began
    response.raise_for_status()
    return seconds, len(response.json())


def peak_memory(pid: int) -> float:
    """Give the most memory that a server and its children have held, in megabytes."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(peak_of(one.pid) for one in family)


def peak_of(pid: int) -> float:
    """Read the peak that the kernel keeps for a process; psutil knows only the present."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1024
