from klantbeeld.interactions.models.interaction import Interaction
from klantbeeld.interactions.models.task import Task

__all__ = ["Interaction", "Task"]
