from django.db import models

from .fields import KeyField


class Turn(models.Model):
    """When a recurring job was last started, by whichever worker came first."""

    name = KeyField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
