"""Changes of structure come one after the other."""

from ..models import Unit


def one_at_a_time() -> None:
    """Hold a lock that every change of structure takes: two moves at once could tie the tree into a knot."""
    Unit.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True).first()
