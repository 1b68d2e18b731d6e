"""What the public sees: pages to read, one's own corner, and the lists that machines read."""
