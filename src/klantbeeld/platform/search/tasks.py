"""Sorting in what writers have put on the index's waiting list: a minute's worth at a time, outside their requests."""

from django.db import connection
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="klantbeeld.search.sort_in", queue="jobs", queueing_lock="klantbeeld.search.sort_in")
def sort_in(timestamp: int) -> None:
    """Empty the waiting list of the index of words. It is one index for all organisations."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT klantbeeld_search_sort_in()")
