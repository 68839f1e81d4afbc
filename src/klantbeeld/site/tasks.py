"""What is done once a night, for all organisations."""

from procrastinate.contrib.django import app

from klantbeeld.platform.api.public import forget_old_answers
from klantbeeld.platform.notifications.public import remove_old
from klantbeeld.platform.organisation.public import remove_expired_links
from klantbeeld.platform.people.brakes import remove_old_brakes
from klantbeeld.platform.people.history import remove_old_sign_ins
from klantbeeld.platform.people.sessions import SessionStore
from klantbeeld.platform.transfer.public import remove_expired_files
from klantbeeld.platform.webhooks.public import remove_old_deliveries


@app.periodic(cron="17 3 * * *")
@app.task(name="klantbeeld.site.clean_up", queue="jobs", queueing_lock="klantbeeld.site.clean_up")
def clean_up(timestamp: int) -> None:
    """Remove the files of old imports and exports, links, sessions and answers that nobody can use any more, old
    notifications and deliveries, and what is kept of signing in for no longer than it may be. May be repeated."""
    SessionStore.clear_expired()
    remove_old_sign_ins()
    remove_old_brakes()
    remove_expired_files()
    remove_expired_links()
    remove_old()
    forget_old_answers()
    remove_old_deliveries()
