"""How fast and how large: against Rasa's starter pipeline, in the same run."""
