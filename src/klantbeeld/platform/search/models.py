"""The search index: what can be found, and the words in it."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.tenancy.models import Tenant, TenantModel
from klantbeeld.platform.tenancy.scope import current_tenant_id


def _tenant() -> "models.ForeignKey[Any, Any]":
    # Row-level security checks the tenant of each row already; a foreign key would do it again, a million times.
    return models.ForeignKey(
        Tenant,
        on_delete=models.CASCADE,
        editable=False,
        default=current_tenant_id,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class Entry(TenantModel):
    """One record as search sees it.

    `id` is the record's id with a mark of its type in it (see `sealing`), so that one unique index does for all
    types. `title` is folded and free of punctuation. The lexemes of `tsv` start with a mark of tenant and type and
    with the letter of their class: that makes the index lead by tenant, type and class without a column for each,
    and a class that somebody may not read is simply not asked for.
    """

    tenant = _tenant()
    record_type = models.CharField(max_length=50)
    record_id = models.UUIDField()
    owner_id = models.UUIDField(null=True)
    title = models.CharField(max_length=400, db_collation="C")
    tsv = SearchVectorField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            GinIndex(fields=["tsv"], name="search_entry_words"),
            models.Index(fields=["tenant", "record_type", "title"], name="search_entry_by_title"),
            models.Index(fields=["tenant", "record_type", "updated_at"], name="search_entry_by_change"),
            models.Index(
                fields=["tenant", "record_type", "owner_id", "updated_at"],
                name="search_entry_by_owner",
                condition=models.Q(owner_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Word(TenantModel):
    """A word that occurs in some title: what a misspelt word is compared with.

    Not unique on purpose: two writers may add the same word at once without waiting for each other.
    """

    tenant = _tenant()
    word = models.CharField(max_length=60, db_collation="C")

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        indexes = [
            models.Index(fields=["tenant", "word"], name="search_word_exact"),
            GinIndex("tenant", OpClass("word", "gin_trgm_ops"), name="search_word_similar"),
        ]

    def __str__(self) -> str:
        return self.word
