"""What staff see of units, people and accounts."""
