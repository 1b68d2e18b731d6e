"""What happened, and the proof: typed facts, written once, never changed."""
