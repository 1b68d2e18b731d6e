"""What we promised: plans, targets, the measures behind them, the yearly calendar and tasks."""
