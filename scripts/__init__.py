"""Set up, train, serve and check. What runs before the environments exist uses the standard library only."""
