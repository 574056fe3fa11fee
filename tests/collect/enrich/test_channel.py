"""How a visit came: tables by hand, Google's list of sources, and that every visit has a channel."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.collect.enrich.channel import CHANNELS, arrival, channel_of, without_click_ids
from masarat.collect.enrich.sources import LIST, host_of, kind_of, kinds, site
from masarat.events import Move

SHOP = "https://shop.sa/ar/coffee"


def came(url=SHOP, referrer="", own=(), **tags):
    move = Move(
        event_id="e", ts=0, name="Page Viewed", visitor_id="anon:a", url=url, referrer=referrer, **tags
    )
    return arrival(move, frozenset(own))


@pytest.mark.parametrize(
    ("source", "medium", "campaign", "channel"),
    [
        ("(direct)", "(none)", "", "direct"),
        ("", "", "", "direct"),
        ("google", "organic", "", "organic search"),
        ("google", "cpc", "brand_search", "paid search"),
        ("Google", "CPC", "", "paid search"),
        ("google", "cpc", "cross-network", "cross-network"),
        ("google", "cpc", "eid shopping", "paid shopping"),
        ("google", "cpc", "eid_shop", "paid shopping"),
        ("google", "cpc", "eshop", "paid shopping"),
        (
            "google",
            "cpc",
            "workshops",
            "paid search",
        ),  # Google's expression takes "shop" after an e, and no other letter
        ("bing", "ppc", "", "paid search"),
        ("snapchat", "paid_social", "snap_prospecting", "paid social"),
        ("instagram", "cpm", "", "paid social"),
        ("tiktok", "", "", "organic social"),
        ("newsite", "social-media", "", "organic social"),
        ("youtube", "cpv", "", "paid video"),
        ("youtube", "paid", "", "paid video"),
        ("anybody", "banner", "", "display"),
        ("anybody", "cpm", "", "display"),
        ("anybody", "ppc", "", "paid other"),
        ("noon", "referral", "", "organic shopping"),
        ("salla.sa", "referral", "", "organic shopping"),
        ("newsletter", "email", "", "email"),
        ("klaviyo", "", "", "email"),
        ("google", "e-mail", "", "email"),
        ("whatsapp", "broadcast", "", "whatsapp"),
        ("crm", "whatsapp", "eid", "whatsapp"),
        ("واتساب", "", "", "whatsapp"),
        ("whatsapp", "cpc", "", "paid social"),
        ("unifonic", "sms", "", "sms"),
        ("sms", "campaign", "", "sms"),
        ("arabyads", "affiliate", "", "affiliate"),
        ("anghami", "audio", "", "audio"),
        ("onesignal", "web-push", "", "push"),
        ("firebase", "", "", "push"),
        ("blog.example.com", "referral", "", "referral"),
        ("poster", "qr", "mall", "other"),
    ],
)
def test_source_and_medium_make_a_channel(source, medium, campaign, channel):
    assert channel_of(source, medium, campaign) == channel


@pytest.mark.parametrize(
    ("referrer", "channel"),
    [
        ("", "direct"),
        ("https://www.google.com.sa/", "organic search"),
        ("https://www.bing.com/search?q=قهوة", "organic search"),
        ("android-app://com.google.android.googlequicksearchbox/", "organic search"),
        ("android-app://com.google.android.gm/", "email"),
        ("https://mail.google.com/", "email"),
        ("https://l.instagram.com/", "organic social"),
        ("https://t.co/abc", "organic social"),
        ("https://x.com/", "organic social"),
        ("https://haraj.com.sa/1", "organic social"),
        ("https://www.snapchat.com/", "organic social"),
        ("android-app://com.zhiliaoapp.musically/", "organic social"),
        ("https://m.youtube.com/watch", "organic video"),
        ("https://www.noon.com/", "organic shopping"),
        ("https://web.whatsapp.com/", "whatsapp"),
        ("android-app://com.whatsapp/", "whatsapp"),
        ("https://wa.me/966500000000", "whatsapp"),
        ("https://blog.example.com/best-coffee", "referral"),
        ("https://box.com/", "referral"),  # ends in x.com, and is not it
        ("https://www.shop.sa/", ""),
        ("https://pay.shop.sa/done", ""),
        ("https://other.sa/", ""),  # the shop's second site
        ("https://checkout.tabby.ai/", ""),
        ("https://moyasar.com/3ds", ""),
        ("not an address", "direct"),
        ("https://[broken", "direct"),
    ],
)
def test_a_referrer_makes_a_channel(referrer, channel):
    assert came(referrer=referrer, own=["other.sa"]).channel == channel


@pytest.mark.parametrize(
    ("query", "referrer", "channel"),
    [
        ("gclid=1", "https://www.google.com/", "paid search"),
        ("GBRAID=1", "", "paid search"),
        ("wbraid=1", "", "paid search"),
        ("msclkid=1", "", "paid search"),
        ("gclid=1&utm_source=youtube&utm_medium=cpc", "", "paid video"),
        ("gclid=1&utm_source=news&utm_medium=email", "", "paid search"),  # an ad's link, its tags left over
        ("dclid=1", "", "display"),
        ("ScCid=1", "", "paid social"),
        ("ttclid=1", "https://www.tiktok.com/", "paid social"),
        ("twclid=1", "https://t.co/", "paid social"),
        ("li_fat_id=1", "", "paid social"),
        ("fbclid=1", "", "organic social"),  # Facebook adds it to every link
        ("fbclid=1&utm_source=fb&utm_medium=paid", "", "paid social"),
        ("srsltid=1", "https://www.google.com/", "organic shopping"),
        ("mc_eid=1", "", "email"),
        ("utm_source=snapchat&utm_medium=cpc", "https://www.google.com/", "paid social"),
    ],
)
def test_click_ids_and_tags_of_the_address(query, referrer, channel):
    assert came(f"{SHOP}?{query}", referrer).channel == channel


def test_tags_of_the_address_fill_what_the_sdk_left_out():
    found = came(f"{SHOP}?utm_source=snap&utm_medium=cpc&utm_campaign=%D8%B9%D9%8A%D8%AF")
    assert (found.source, found.medium, found.name) == ("snap", "cpc", "عيد")
    assert (
        came(f"{SHOP}?mtm_source=google&mtm_medium=cpc").channel == "paid search"
    )  # Matomo's way to write it
    assert came(f"{SHOP}?utm_source=a", utm_source="b").source == "b"  # what the SDK says goes first


def test_a_move_that_tells_nothing_has_no_channel():
    assert came(url="").channel == ""


def test_an_address_loses_its_click_ids_and_nothing_else():
    assert without_click_ids(f"{SHOP}?a=1&gclid=x&b=&FBCLID=y#top") == f"{SHOP}?a=1&b=#top"
    assert without_click_ids(f"{SHOP}?q=%20+") == f"{SHOP}?q=%20+"


def test_hosts_and_sites():
    assert host_of("https://WWW.Shop.sa:8443/x") == "www.shop.sa"
    assert host_of("android-app://com.whatsapp/x") == "whatsapp.com"
    assert (site("a.b.shop.com.sa"), site("a.shop.sa"), site("localhost")) == (
        "shop.com.sa",
        "shop.sa",
        "localhost",
    )


@given(*[st.text(max_size=30)] * 3)
def test_every_visit_has_a_channel(source, medium, campaign):
    assert channel_of(source, medium, campaign) in CHANNELS


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=10))
def test_no_address_is_too_odd(url, referrer, tag):
    assert came(url, referrer, utm_source=tag).channel in (*CHANNELS, "")
    assert isinstance(without_click_ids(url), str)


def test_no_word_stands_twice_in_the_list():
    lines = LIST.read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith(("#", "[")) for word in line.split()]
    assert len(kinds()) == len(words), sorted({word for word in words if words.count(word) > 1})


# Where we mean to differ from Google's list: a page to pay on brings nobody, web mail is e-mail, WhatsApp is a channel of its own.
OTHERWISE = {"payment", "email", "whatsapp"}


@pytest.mark.shared
def test_our_list_agrees_with_googles(shared_data):
    with (shared_data / "ga4_reference" / "ga4_source_categories.csv").open(encoding="utf-8") as file:
        google = {
            row["source"]: row["source_category"].rpartition("_")[2].lower() for row in csv.DictReader(file)
        }
    ours = {source: kind_of(source) for source in google}
    known = {source for source in google if ours[source] and ours[source] not in OTHERWISE}
    differing = {source: (ours[source], google[source]) for source in known if ours[source] != google[source]}
    assert not differing
    # Google's social list is mostly networks that are no more; ours keeps to the living.
    for kind, least in {"search": 0.90, "shopping": 0.70, "video": 0.95, "social": 0.30}.items():
        of_kind = [source for source in google if google[source] == kind]
        assert sum(source in known for source in of_kind) / len(of_kind) >= least, kind
