"""What a simpler program reaches on the same cases."""
