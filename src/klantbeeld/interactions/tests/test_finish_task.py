import json
from typing import Any

from klantbeeld.interactions.models import Interaction, Task


def finish(cast: Any, name: str, task: Any) -> Any:
    return cast.client(name).post(f"/tasks/{task.id}/done")


def test_a_finished_task_stands_on_the_timeline_once(cast: Any, piet: Any, make: Any):
    task = make(cast.bob, "tasks", title="Terugbellen", customer=piet.id)
    answer = finish(cast, "bob", task)
    assert answer.status_code == 204
    assert finish(cast, "bob", task).status_code == 204
    entry = Interaction.objects.get(customer=piet)
    assert (entry.channel, entry.summary, entry.source) == ("task", "Terugbellen", "tasks")
    page = cast.client("bob").get(f"/customers/{piet.id}/timeline").content.decode()
    assert page.count("finished a task") == 1


def test_undo_opens_the_task_again_and_the_timeline_says_so(cast: Any, piet: Any, make: Any):
    task = make(cast.bob, "tasks", title="Terugbellen", customer=piet.id)
    undo_url = json.loads(finish(cast, "bob", task)["HX-Trigger"])["toast"]["undo_url"]
    cast.client("bob").post(undo_url)
    assert Task.objects.get(pk=task.pk).done_at is None
    page = cast.client("bob").get(f"/customers/{piet.id}/timeline").content.decode()
    assert "open again" in page


def test_a_finished_task_leaves_the_list(cast: Any, piet: Any, make: Any):
    task = make(cast.bob, "tasks", title="Terugbellen", customer=piet.id)
    panel = f"/customers/{piet.id}/panel/tasks"
    assert "Terugbellen" in cast.client("bob").get(panel).content.decode()
    finish(cast, "bob", task)
    assert "Terugbellen" not in cast.client("bob").get(panel).content.decode()


def test_a_colleague_of_another_team_gets_404(cast: Any, piet: Any, make: Any):
    task = make(cast.bob, "tasks", title="Terugbellen", customer=piet.id)
    assert finish(cast, "carol", task).status_code == 404


def test_changing_a_finished_task_adds_nothing(cast: Any, piet: Any, make: Any):
    from klantbeeld.platform.records.registry import registry

    task = make(cast.bob, "tasks", title="Terugbellen", customer=piet.id, done_at="2026-11-20T10:00:00Z")
    tasks = registry.get("tasks")
    tasks.writer(tasks, cast.bob).change(task.id, {"done_at": "2026-11-20T11:00:00Z"})
    assert Interaction.objects.filter(customer=piet).count() == 1
