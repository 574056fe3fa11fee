"""Device, browser and bots, by agents as they are met."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.collect.enrich.agent import Agent, read_agent, read_visitor
from masarat.collect.enrich.place import country_of

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("text", "device", "browser", "system"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/141.0.0.0 Safari/537.36",
            "desktop",
            "Chrome",
            "Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.5 Mobile/15E148 Safari/604.1",
            "mobile",
            "Mobile Safari",
            "iOS",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/16.6 Mobile/15E148 Safari/604.1",
            "tablet",
            "Mobile Safari",
            "iOS",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/141.0.0.0 Mobile Safari/537.36",
            "mobile",
            "Chrome Mobile",
            "Android",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 13; SM-X906C) {KIT} Chrome/126.0.0.0 Safari/537.36",
            "tablet",
            "Chrome",
            "Android",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 10; CUBOT X30) {KIT} Chrome/100.0.0.0 Mobile Safari/537.36",
            "mobile",
            "Chrome Mobile",
            "Android",
        ),  # no bot
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Mobile/15E148 Snapchat/12.80.0.37 (like Safari/8617.2.4.10.8, panda)",
            "mobile",
            "Snapchat",
            "iOS",
        ),
        (
            f"Mozilla/5.0 (Web0S; Linux/SmartTV) {KIT} Chrome/87.0.4280.88 Safari/537.36 WebAppManager",
            "tv",
            "Chrome",
            "Web0S",
        ),
        ("MyShop/3 CFNetwork/1494.0.7 Darwin/23.4.0", "mobile", "MyShop", "iOS"),  # an app
    ],
)
def test_agents_of_visitors(text, device, browser, system):
    assert read_agent(text) == Agent(device, browser, system, bot=False, visitor=True)


@pytest.mark.parametrize(
    "text",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        f"Mozilla/5.0 (X11; Linux x86_64) {KIT} HeadlessChrome/120.0.0.0 Safari/537.36",
        "Mozilla/5.0 (compatible; Pingdom.com_bot_version_1.4_(http://www.pingdom.com/))",
        f"Mozilla/5.0 (Linux; Android 11; moto g power (2022)) {KIT} Chrome/119.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse",
    ],
)
def test_bots(text):
    assert read_agent(text).bot


@pytest.mark.parametrize(
    "text",
    [
        "analytics-python/2.3.4",
        "python-requests/2.31.0",
        "axios/1.6.2",
        "node",
        "Java/17",
        "GuzzleHttp/7",
        "WooCommerce/8.2 Hookshot (WordPress/6.4)",
        "Go-http-client/1.1",
        "okhttp/4.12.0",
        "",
    ],
)
def test_a_server_is_neither_visitor_nor_bot(text):
    assert read_agent(text) == Agent()


def test_what_a_server_tells_of_its_visitor_may_be_a_bot():
    assert read_visitor("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)").bot
    assert read_visitor("WhatsApp/2.23.20.0").bot  # a preview of a link
    assert read_visitor("SmartFridge/1.0") == Agent(visitor=True)
    assert read_visitor("") == Agent()


@given(st.text(max_size=2000))
def test_no_agent_is_too_odd(text):
    assert read_agent(text).device in ("", "mobile", "tablet", "tv", "desktop")


@pytest.mark.parametrize(
    ("value", "header", "country"),
    [
        ("SA", "CF-IPCountry", "SA"),
        ("ae", "cf-ipcountry", "AE"),
        ("SA", "", ""),
        ("XX", "cf-ipcountry", ""),
        ("T1", "cf-ipcountry", ""),
        ("ksa", "cf-ipcountry", ""),
        ("سع", "cf-ipcountry", ""),
    ],
)
def test_country_is_what_the_proxy_says_where_a_setting_trusts_it(value, header, country):
    assert country_of({"cf-ipcountry": value}, header) == country
