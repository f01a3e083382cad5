"""How good the assistant is: cases, the command that runs them, and the gate that keeps it from getting worse."""
