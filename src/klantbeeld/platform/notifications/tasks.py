"""The mails with notifications, looked after once a minute."""

from procrastinate.contrib.django import app

from klantbeeld.platform.notifications.mailing import send_due


@app.periodic(cron="* * * * *")
@app.task(name="klantbeeld.notifications.mail", queue="jobs", queueing_lock="klantbeeld.notifications.mail")
def mail(timestamp: int) -> None:
    """Send the mails that are due. May be repeated: what was sent isn't due any more."""
    send_due()
