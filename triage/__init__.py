"""The triage engine: pure decisions over findings and facts. No Rasa, no Django, no spaCy, no I/O but the knowledge files."""
