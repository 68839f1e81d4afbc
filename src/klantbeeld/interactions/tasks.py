"""Reminders of tasks, looked after once a minute."""

from procrastinate.contrib.django import app

from klantbeeld.interactions.actions.recall_tasks import recall_due


@app.periodic(cron="* * * * *")
@app.task(name="klantbeeld.interactions.recall", queue="jobs", queueing_lock="klantbeeld.interactions.recall")
def recall(timestamp: int) -> None:
    """Remind people of the tasks whose moment has come. May be repeated: what was told isn't due any more."""
    recall_due()
