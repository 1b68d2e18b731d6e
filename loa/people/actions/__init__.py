"""What can be done with units, people and accounts; one file for each noun."""
