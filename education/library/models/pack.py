"""What the content pack put into the library."""

from django.db import models


class PackRecord(models.Model):
    """Digest of an object of the content pack as it was last loaded.

    An object whose digest in the database differs was edited by staff since: the next load skips
    it and lists it. ``kind`` and ``key`` name the object in the pack.
    """

    kind = models.CharField(max_length=20)
    key = models.SlugField(max_length=60)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="library_pack_object_once", fields=["kind", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
