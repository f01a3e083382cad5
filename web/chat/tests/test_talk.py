"""The chat as a plain page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from chat import rasa
from chat.models import Conversation, Disposition, Message
from conftest import FakeRasa


class Reader:
    """A browser without JavaScript: it reads pages and sends the forms that it finds there."""

    def __init__(self) -> None:
        self.browser, self.page = Client(enforce_csrf_checks=True), ""
        self.read("/chat/")

    def read(self, address: str) -> str:
        """Open a page."""
        self.page = str(self.browser.get(address).content.decode())
        return self.page

    def hidden(self, name: str) -> str:
        """Give a hidden value of the last form."""
        return str(re.findall(rf'name="{name}" value="([^"]*)"', self.page)[-1])

    def send(self, **fields: str) -> str:
        """Send the form and follow to the page that comes."""
        given = {"csrfmiddlewaretoken": self.hidden("csrfmiddlewaretoken"), "client_id": self.hidden("client_id")}
        self.answer = self.browser.post("/chat/", {**given, **fields}, headers={"Accept": "text/html"}, follow=True)
        self.page = self.answer.content.decode()
        return self.page


@pytest.fixture
def reader(db: None) -> Reader:
    """Somebody without JavaScript."""
    return Reader()


def test_a_message_is_answered_on_the_page(reader: Reader, fake_rasa: FakeRasa) -> None:
    page = reader.send(text="what are milia?")
    sent = Message.objects.get(author="visitor")
    assert reader.answer.redirect_chain == [(f"/chat/#message-{sent.pk}", 302)]
    assert f'id="message-{sent.pk}"' in page and "<p>Milia are small white bumps.</p>" in page
    assert fake_rasa.relayed == [(str(Conversation.objects.get().pk), str(sent.pk), "what are milia?", "")]


def test_a_form_that_is_sent_twice_is_answered_once(reader: Reader, fake_rasa: FakeRasa) -> None:
    first = reader.hidden("client_id")
    reader.send(text="hello")
    reader.send(text="hello", client_id=first)
    assert (len(fake_rasa.relayed), Conversation.objects.count()) == (1, 1)


def test_an_offered_answer_can_be_pressed_until_something_is_said(reader: Reader, fake_rasa: FakeRasa) -> None:
    buttons = ({"title": "Yes", "payload": "/affirm"}, {"title": "Call 911", "url": "tel:911"})
    fake_rasa.turn = rasa.Turn((rasa.Reply("Does it bleed?", buttons),))
    page = reader.send(text="a bump")
    assert '<a class="button" href="tel:911">Call 911</a>' in page
    [choice] = re.findall(r'name="choice" value="([^"]+)">Yes<', page)
    fake_rasa.turn = rasa.Turn((rasa.Reply("Thank you."),))
    page = reader.send(choice=choice)
    assert fake_rasa.relayed[-1][2:] == ("Yes", "/affirm")
    assert 'name="choice"' not in page


def test_an_advice_shows_its_level_in_words_and_as_a_shape(reader: Reader, fake_rasa: FakeRasa) -> None:
    fake_rasa.decide(Disposition.URGENT)
    metadata = {
        "type": "advice",
        "level": "urgent",
        "reasons": [{"because": "Because.", "words": ["a & b"]}],
        "sources": [{"title": "T", "url": "https://t.org"}],
    }
    fake_rasa.turn = rasa.Turn((rasa.Reply("**Go today.**", metadata=metadata),), disposition=Disposition.URGENT)
    page = reader.send(text="a bump")
    assert 'data-level="urgent"' in page and "/static/site/levels.svg#urgent" in page and "See someone today" in page
    assert "Because. You wrote: “a &amp; b”." in page and 'href="https://t.org"' in page


def test_a_comparison_and_a_drawing_are_shown(reader: Reader, fake_rasa: FakeRasa) -> None:
    table = {
        "type": "comparison",
        "title": "Milia or whiteheads?",
        "columns": ["", "Milia", "Whiteheads"],
        "rows": [["Opening", "none", "<a pore>"]],
    }
    drawing = {"drawing": {"name": "milium", "alt": "A cut through the skin."}}
    fake_rasa.turn = rasa.Turn((rasa.Reply("plain", metadata=table), rasa.Reply("Look.", metadata=drawing)))
    page = reader.send(text="compare")
    assert (
        "<caption>Milia or whiteheads?</caption>" in page
        and '<th scope="row">Opening</th>' in page
        and "&lt;a pore&gt;" in page
    )
    assert 'src="/static/chat/drawings/milium.svg" alt="A cut through the skin."' in page


def test_an_outage_says_where_help_is_and_offers_to_try_again(reader: Reader, fake_rasa: FakeRasa) -> None:
    fake_rasa.down = True
    page = reader.send(text="my eyelid is swollen")
    assert '<a href="tel:911">911</a>' in page and "Try again" in page
    fake_rasa.down = False
    [again] = re.findall(r'name="client_id" value="([^"]+)"><input type="hidden" name="text"', page)
    page = reader.send(text="my eyelid is swollen", client_id=again)
    assert "Milia are small white bumps." in page and "Try again" not in page
    assert Message.objects.filter(author="visitor").count() == 1


def test_what_is_refused_stays_in_the_box_with_the_reason(reader: Reader, fake_rasa: FakeRasa) -> None:
    page = reader.send(text="x" * 2001)
    assert reader.answer.status_code == 400
    assert "Your message has 2,001 characters." in page and "x" * 2001 in page and 'aria-invalid="true"' in page


@pytest.mark.parametrize("choice", ["1", "1:2:3", "a:b", ":", "99:0", "-1:0", "1:" + "9" * 30, "1:²"])
def test_a_choice_that_was_not_offered_is_refused(reader: Reader, fake_rasa: FakeRasa, choice: str) -> None:
    reader.send(choice=choice)
    assert (reader.answer.status_code, fake_rasa.relayed) == (400, [])


def test_words_of_a_visitor_stay_text(reader: Reader, fake_rasa: FakeRasa) -> None:
    page = reader.send(text="<script>alert(1)</script>")
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_link_can_open_the_page_on_a_topic(reader: Reader) -> None:
    assert "I have a bump on my skin. Is it milia?</textarea>" in reader.read("/chat/?topic=check")
    assert "></textarea>" in reader.read("/chat/?topic=<script>")


def test_another_site_cannot_send_the_form(reader: Reader, fake_rasa: FakeRasa) -> None:
    reader.send(text="hello", csrfmiddlewaretoken="x" * 64)
    assert (reader.answer.status_code, fake_rasa.relayed) == (403, [])


def test_too_many_messages_are_refused_with_where_help_is(reader: Reader, fake_rasa: FakeRasa, settings: Any) -> None:
    settings.CHAT_RATE_ADDRESS = "1/m"
    reader.send(text="one")
    page = reader.send(text="two")
    assert reader.answer.status_code == 429 and "call 911" in page and ">two</textarea>" in page


def test_looking_at_the_page_stores_no_conversation(reader: Reader) -> None:
    assert Conversation.objects.count() == 0
