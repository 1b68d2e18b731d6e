"""Tags of the newsroom for templates of every door."""
