"""Small tools with no business meaning: Vietnamese text, dates, numbers, phone numbers, periods, errors."""
