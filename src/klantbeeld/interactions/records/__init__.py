"""The record types of the ledger."""

from klantbeeld.interactions.records.interaction import InteractionType
from klantbeeld.interactions.records.task import TaskType

__all__ = ["InteractionType", "TaskType"]
