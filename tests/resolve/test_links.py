"""What lines of the journal tell of who is who."""

import msgspec
import pytest

from masarat.errors import BadParameter
from masarat.events import Move
from masarat.resolve.identifiers import Rules
from masarat.resolve.links import Links
from masarat.settings import Settings

NOW = 1_790_000_000.5


@pytest.fixture
def links():
    return Links(Settings())


def line(*identifiers, name="Page Viewed", at=NOW, props=None, visitor=None):
    move = Move(
        event_id="e1",
        ts=at,
        name=name,
        source="web",
        visitor_id=identifiers[0] if visitor is None else visitor,
        identifiers=list(identifiers),
        props=msgspec.Raw(msgspec.json.encode(props or {})),
    )
    return msgspec.json.encode(move)


def pairs(found):
    return found.select("one", "other").rows()


def test_one_identifier_links_nothing(links):
    assert links.of([line("anon:a"), line("user:1"), line(visitor="daily:x")]).is_empty()


def test_every_two_of_an_event_are_linked(links):
    found = links.of([line("phone:+1", "email:a@b", "salla:7")])
    assert pairs(found) == [("email:a@b", "phone:+1"), ("email:a@b", "salla:7"), ("phone:+1", "salla:7")]
    assert found.row(0, named=True)["event_id"] == "e1"


def test_phone_and_email_among_the_traits_count(links):
    told = {"phone": "٠٥٠ ١٢٣ ٤٥٦٧", "email": " Sara@Example.SA "}
    found = links.of([line("user:1", name="Customer Identified", props=told)])
    assert ("phone:+966501234567", "user:1") in pairs(found)
    assert ("email:sara@example.sa", "user:1") in pairs(found)
    assert links.of([line("user:1", props=told)]).is_empty(), "only where somebody says who they are"


@pytest.mark.parametrize(
    "told", [{"phone": None, "email": 5}, {"phone": "12", "email": "no"}, {"phone": "9" * 999}]
)
def test_what_is_no_contact_is_passed_over(links, told):
    assert links.of([line("user:1", name="Customer Identified", props=told)]).is_empty()


def test_what_was_seen_a_moment_ago_is_left_out_unless_it_was_earlier(links):
    links.of([line("anon:a", "user:1")])
    links.remember()
    assert links.of([line("anon:a", "user:1", at=NOW + 5)]).is_empty()
    assert links.of([line("anon:a", "user:1", at=NOW - 5)]).height == 1


def test_limits_and_own_contacts_come_from_the_settings():
    rules = Rules.of(Settings(identity_limits="anon=20, email=3", own_contacts="+966500000000, Shop@x.sa"))
    assert rules.limits == {"anon": 20, "email": 3}
    assert not rules.usable("phone:+966500000000")
    assert not rules.usable("email:shop@x.sa")
    assert rules.usable("phone:+966500000001")
    with pytest.raises(BadParameter, match="is not a limit"):
        Rules.of(Settings(identity_limits="anon:20"))
