"""A review that names another level is a correction as well."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import receiver

from console.models import Review
from teaching.models import Correction


@receiver(post_save, sender=Review)
def follow_review(instance: Review, **_: object) -> None:
    """Put a level that somebody disagrees with into the inbox; who agrees after all takes it out."""
    mine = Correction.objects.filter(message=instance.message, author=instance.reviewer, kind=Correction.Kind.LEVEL)
    mine.filter(state=Correction.State.NEW).exclude(target=instance.level).delete()
    if instance.verdict == Review.Verdict.DISAGREE and instance.level:
        Correction.objects.update_or_create(
            message=instance.message,
            author=instance.reviewer,
            kind=Correction.Kind.LEVEL,
            target=instance.level,
            defaults={"reason": instance.understood},
        )
