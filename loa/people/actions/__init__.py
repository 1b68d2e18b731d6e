"""What can be done with units, people and accounts."""
