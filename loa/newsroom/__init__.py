"""What we say: stories, their editions, approval, publication and placements."""
