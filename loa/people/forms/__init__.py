"""What people type about units, people and accounts."""
