"""Talk to the assistant in the terminal: Rasa's shell with our action server beside it."""

from __future__ import annotations

import sys

from scripts.project import PYTHON, Problem, run, stop_with
from scripts.stack import Stack

if __name__ == "__main__":
    try:
        with Stack(["web", "actions"]) as stack:
            shell = [PYTHON, "-m", "rasa", "shell", "--model", "models", "--endpoints", stack.env["ENDPOINTS"]]
            run(shell, env=stack.env)
    except KeyboardInterrupt:
        sys.exit(0)
    except Problem as problem:
        stop_with(problem)
