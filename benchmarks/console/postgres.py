"""A PostgreSQL server for one measurement, from the machine's packages."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.project import Problem, say
from scripts.stack import free_ports

SETTINGS = {
    "shared_buffers": "2GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "jit": "off",
}


def programs() -> Path:
    """Find initdb and pg_ctl, installing Debian's package where nothing is there and we may."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found and shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing the package postgresql")
        subprocess.run(["apt-get", "install", "-y", "-q", "postgresql"], check=False)
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise Problem("PostgreSQL is not on this machine. Install the package 'postgresql', or set DATABASE_URL.")
    return found[-1].parent


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server in a folder of its own; give the address of an empty database."""
    bin_folder, folder = programs(), Path(tempfile.mkdtemp(prefix="milia-bench-"))
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")
    (port,) = free_ports(1)
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    start = ["-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", f"-p {port} -k {folder} {options}", "start"]
    run([*as_postgres, f"{bin_folder}/initdb", "-D", f"{folder}/data", "-U", "milia", "-A", "trust", "-E", "UTF8"])
    run([*as_postgres, f"{bin_folder}/pg_ctl", *start])
    try:
        yield f"postgresql://milia@127.0.0.1:{port}/postgres"
    finally:
        run([*as_postgres, f"{bin_folder}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str]) -> None:
    """Run a command of PostgreSQL; raise Problem with its words when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True)
    if done.returncode:
        raise Problem(f"'{' '.join(command)}' failed: {done.stdout[-1500:]}")
