"""What people may type, whichever language they read: the day before the month always, or the browser's own way."""

DATES = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
TIMES = ["%H:%M", "%H:%M:%S", "%Hh%M"]
INSTANTS = [f"{date} {time}" for date in DATES for time in ("%H:%M", "%H:%M:%S")] + ["%Y-%m-%dT%H:%M"]
