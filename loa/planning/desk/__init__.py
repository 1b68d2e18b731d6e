"""What staff see of plans: the card with its evidence, the plan itself, the calendar, and what is to be done."""
