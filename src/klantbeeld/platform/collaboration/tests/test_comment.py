"""Writing comments, and what comes of them."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.collaboration.actions.write_comment import Given, write_comment
from klantbeeld.platform.collaboration.drawing import drawn
from klantbeeld.platform.collaboration.models import Comment, Follow, Mention
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.people.models import Member, User
from klantbeeld.platform.records.registry import registry


def told(member_id):
    return list(Notification.objects.filter(member_id=member_id).values_list("kind", flat=True))


def test_a_comment_stands_on_the_page_of_any_record_with_its_links_and_lines(cast, say, make):
    order = make(cast.alice, "orders", number="NF-1", placed_at="2026-11-20T10:00")
    text = "Kijk op https://example.org/?a=1&b=2\n<script>alert(1)</script> javascript:alert(2)"
    cast.client("alice").post(f"/orders/{order.pk}/comments", {"text": text})
    page = cast.client("alice").get(f"/orders/{order.pk}/").content.decode()
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow">' in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert Comment.objects.get().text == text


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=20), max_size=3))
def test_whatever_is_written_nothing_of_it_becomes_markup(text, names):
    html = drawn(text + " <b onclick=x>@Bob</b> " + text, [*names, "Bob"])
    for tag in html.replace('<b class="mention">', "").replace("</b>", "").split("<")[1:]:
        assert tag.startswith(("a href=", "/a>")), html
    assert "<b onclick" not in html


def test_who_may_not_see_the_record_can_neither_write_nor_read_there(cast, piet, say):
    say("bob", piet, "Vertrouwelijk")
    assert say("carol", piet, "Hallo").status_code == 404
    for part in ("comments", "colleagues", f"comments/{Comment.objects.get().pk}"):
        assert cast.client("carol").get(f"/customers/{piet.pk}/{part}").status_code == 404
    assert cast.client("carol").post(f"/customers/{piet.pk}/follow", {"follow": "1"}).status_code == 404
    assert Comment.objects.count() == 1


def test_a_mention_is_told_once_and_the_writer_and_the_mentioned_follow(cast, piet, say, happen, bell):
    say("bob", piet, "@alice kun jij dit bekijken?")
    assert told(cast.alice.member_id) == []
    happen()
    assert told(cast.alice.member_id) == ["mention"]
    assert "Bob mentioned you in a comment on Piet de Boer" in bell("alice")
    assert "kun jij dit bekijken?" in bell("alice")
    assert set(Follow.objects.values_list("member_id", flat=True)) == {cast.alice.member_id, cast.bob.member_id}
    say("alice", piet, "Doe ik")
    happen()
    assert told(cast.bob.member_id) == ["comment"]


def test_the_writer_is_warned_of_who_may_not_see_it_before_anything_is_sent(cast, piet, say, happen, bell):
    answer = say("bob", piet, "@Carol en @Alice, wat vinden jullie?")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Carol can’t see this record" in page
    assert "@Carol en @Alice, wat vinden jullie?" in page
    assert not Comment.objects.exists()
    say("bob", piet, "@Carol en @Alice, wat vinden jullie?", anyway=str(cast.carol.member_id))
    happen()
    assert told(cast.carol.member_id) == []
    assert told(cast.alice.member_id) == ["mention"]
    assert list(Mention.objects.values_list("member_id", flat=True)) == [cast.alice.member_id]
    assert "Piet" not in bell("carol")


def test_a_mention_of_who_lost_the_right_meanwhile_tells_nothing(cast, piet, say, happen, bell):
    grants = Role.objects.get(name="Agent").grants
    Role.objects.filter(name="Agent").update(grants={"records": grants["records"] | {"customers": {"read": "all"}}})
    assert say("alice", piet, "@Carol kijk eens").status_code == 200
    Role.objects.filter(name="Agent").update(grants=grants)
    happen()
    assert told(cast.carol.member_id) == []
    assert "Piet" not in bell("carol")


def test_the_picker_says_who_cannot_see_the_record(cast, piet):
    hits = cast.client("bob").get(f"/customers/{piet.pk}/colleagues", {"q": "c"}).json()
    assert [(hit["title"], hit["blind"]) for hit in hits] == [("Carol", True)]
    hits = cast.client("bob").get(f"/customers/{piet.pk}/colleagues").json()
    assert [(hit["title"], hit["blind"]) for hit in hits] == [("Alice", False), ("Carol", True)]


def test_of_two_with_one_name_the_picked_one_is_meant(cast, piet, say, happen):
    user = User.objects.create(email="alice2@example.org", name="Alice")
    twin = Member.objects.create(user=user, name="Alice")
    twin_role = Role.objects.get(name="Owner")
    from klantbeeld.platform.access.models import MemberRole

    MemberRole.objects.create(member=twin, role=twin_role)
    assert "Several colleagues are called Alice" in say("bob", piet, "@Alice?").content.decode()
    say("bob", piet, "@Alice?", picked=str(twin.pk))
    happen()
    assert (told(twin.pk), told(cast.alice.member_id)) == (["mention"], [])


@pytest.mark.parametrize(("text", "why"), [("  \n ", "no text"), ("x" * 5001, "at most 5000")])
def test_a_text_that_cannot_be_is_refused_with_what_was_typed(cast, piet, say, text, why):
    answer = say("bob", piet, text)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Comment.objects.exists()


def test_ones_own_comment_is_changed_and_removed_and_history_keeps_it(cast, piet, say, happen):
    say("bob", piet, "Eerste tekst")
    comment = Comment.objects.get()
    url = f"/customers/{piet.pk}/comments/{comment.pk}"
    assert cast.client("alice").post(url, {"text": "Gekaapt"}).status_code == 404
    assert cast.client("alice").post(f"{url}/remove").status_code == 404
    page = cast.client("bob").post(url, {"text": "@Alice beter"}, headers={"hx-request": "true"}).content.decode()
    assert "edited" in page
    happen()
    assert told(cast.alice.member_id) == ["mention"]
    cast.client("bob").post(f"{url}/remove")
    assert not Comment.objects.exists()
    kept = Change.objects.filter(record_id=comment.pk).order_by("id").values_list("action", "before")
    assert [(action, (before or {}).get("text")) for action, before in kept] == [
        ("create", None),
        ("change", "Eerste tekst"),
        ("delete", "@Alice beter"),
    ]


def test_a_comment_that_was_removed_is_told_to_nobody(cast, piet, say, happen, bell):
    say("bob", piet, "@Alice geheimpje")
    happen()
    cast.client("bob").post(f"/customers/{piet.pk}/comments/{Comment.objects.get().pk}/remove")
    assert "geheimpje" not in bell("alice")
    assert "mentioned" not in bell("alice")


def test_a_comment_that_was_rolled_back_tells_nobody(cast, piet, happen):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write_comment(cast.bob, registry.get("customers"), piet.pk, Given("@Alice hoi"))
        raise ZeroDivisionError
    happen()
    assert not Notification.objects.exists()


def test_a_page_asks_the_same_for_one_comment_as_for_twenty(cast, piet, say, django_assert_max_num_queries):
    client = cast.client("bob")

    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/customers/{piet.pk}/panel/comments")
        return len(seen)

    say("bob", piet, "Een")
    asked()
    one = asked()
    for number in range(20):
        say("bob", piet, f"@Alice {number}")
    assert asked() == one
