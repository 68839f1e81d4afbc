"""What colleagues say to each other about a record, and who follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class Comment(Recorded):
    """What one colleague says to the others about a record of any type. `text` is kept as it was given."""

    LONGEST = 5000

    record_type = models.CharField(max_length=50)
    record_id = models.UUIDField()
    author = TenantForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("author"))
    text = models.TextField(_("comment"))
    edited_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["tenant", "record_id", "-id"], name="comment_of_record")]

    def __str__(self) -> str:
        return self.text[:60]


class Mention(TenantModel):
    """A colleague whom a comment addresses: `name` is what stands in its text behind the @."""

    comment = TenantForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint("tenant", "comment", "member", name="mention_once")]

    def __str__(self) -> str:
        return f"@{self.name}"


class Follow(TenantModel):
    """That a member wants to hear of a record, or (`active` false) doesn't any more: then nothing brings it back but
    the member."""

    record_type = models.CharField(max_length=50)
    record_id = models.UUIDField()
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [models.UniqueConstraint("tenant", "record_id", "member", "record_type", name="follow_once")]
        indexes = [models.Index(fields=["tenant", "member", "record_type"], name="follow_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.record_type} {self.record_id}"
