"""How fast staff's pages are with many conversations: `make bench-console`."""
