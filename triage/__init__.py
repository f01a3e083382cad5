"""The triage engine: pure decisions over findings and facts. No Rasa, Django or spaCy; reads only knowledge files."""
