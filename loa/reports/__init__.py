"""What we answer for: periodic reports, scorecards and the documents they become."""
