from django.db import models


class Printing(models.Model):
    """The state of all that everybody may read, as one number: whatever changes it makes a new printing.

    One row. The database's own triggers count it up, in the transaction of the change (watching.py), so nobody who
    writes can forget to. A cached page belongs to one printing and is shown in no other.
    """

    number = models.BigIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(default=0)
    """PostgreSQL's number of the transaction: each transaction counts once, however many rows it changes."""

    def __str__(self) -> str:
        return str(self.number)
