"""A record type that an organisation made has its board and its calendar at once."""

from klantbeeld.platform.organisation.actions.save_field import FieldGiven, save_field
from klantbeeld.platform.organisation.actions.save_type import TypeGiven, save_type
from klantbeeld.platform.records.registry import registry


def test_a_type_and_fields_of_ones_own_are_laid_out_by_choice_colleague_and_date(cast):
    save_type(cast.alice, None, TypeGiven("machines", "machine", "machines", "Serial number", "tool"))
    kinds = [{"value": "pump", "label": "Pump"}, {"value": "press", "label": "Press"}]
    for given in (
        FieldGiven("Kind", "kind", "choice", kinds, required=False),
        FieldGiven("Mechanic", "mechanic", "user", [], required=False),
        FieldGiven("Service", "service", "date", [], required=False),
    ):
        save_field(cast.alice, registry.get("machines"), None, given)
    machines, bob = registry.get("machines"), str(cast.bob.member_id)
    made = machines.writer(machines, cast.alice).create(
        {"name": "SN-1", "custom.kind": "pump", "custom.mechanic": bob, "custom.service": "2026-03-29"}
    )
    client = cast.client("alice")
    board = client.get("/machines/board").content.decode()
    assert board.index("Pump</a>") < board.index("SN-1") < board.index("Press</a>")
    by_mechanic = client.get("/machines/board", {"by": "custom.mechanic"}).content.decode()
    assert f'data-lane="{bob}"' in by_mechanic.split("SN-1")[0]
    moved = {"id": str(made.pk), "by": "custom.mechanic", "from": bob, "to": str(cast.carol.member_id)}
    assert client.post("/machines/board/move", moved).status_code == 200
    moved = {"id": str(made.pk), "by": "custom.kind", "from": "pump", "to": "press"}
    assert client.post("/machines/board/move", moved).status_code == 200
    made.refresh_from_db()
    assert (made.custom["kind"], made.custom["mechanic"]) == ("press", str(cast.carol.member_id))
    page = client.get("/machines/calendar", {"on": "2026-03-01", "by": "custom.service"}).content.decode()
    assert "SN-1" in page.split('data-day="2026-03-29"')[1].split("data-day")[0]
