"""From the console back into the repository: approved examples become lines of its own files, to be reviewed."""
