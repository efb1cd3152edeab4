"""What every door must keep: three promises, asked in the same way of all of them."""

import json
from urllib.parse import urljoin

from odoo.tests import HttpCase
from odoo.tools.misc import mute_logger

from ..exceptions import ReviewError
from .common import ReviewCommon


class Refused(Exception):
    """What a client on the other end of a wire was told."""


class DoorCase(ReviewCommon):
    """A door is a function that takes an order and tries to get it confirmed."""

    #: What the rule of :meth:`ReviewCommon._rule` says about 11 displays.
    SENTENCE = "Review Display: at most 10"

    def _quotation(self, quantity):
        return self._order((self.display, quantity))

    def _check_door(self, door, make=None, told=None):
        """Try a door without the rule, with a small order and with too large a one.

        :param door: function that takes an order; returns what the caller gets
        :param make: function that takes a quantity and returns the order to try with
        :param told: function that takes what the door returned for the held order and
            says whether the caller was told; by default the door must raise
        :return: the order that was held
        """
        make = make or self._quotation
        control = make(11)
        door(control)
        self.env.invalidate_all()
        self.assertEqual(control.state, "sale", "the door does not work at all")
        self._rule()
        small = make(3)
        door(small)
        self.env.invalidate_all()
        self.assertEqual(small.state, "sale", "a small order must pass")
        held = make(11)
        if told:
            answer = door(held)
            self.assertTrue(told(answer), f"not told: {answer}")
        else:
            self._assert_refused(door, held)
        self.env.invalidate_all()
        self.assertIn(held.state, ("draft", "sent"), "the order got through")
        self.assertEqual(held.review_state, "blocked")
        return held

    def _assert_refused(self, call, *args, sentence=None):
        """The call must fail, and its message must say which limit was broken.

        :return: the message
        """
        text = None
        with mute_logger("odoo.http"):
            try:
                with self.env.cr.savepoint():
                    call(*args)
                    self.env.flush_all()
            except (ReviewError, Refused) as error:
                text = str(error)
        self.env.invalidate_all()
        self.assertIsNotNone(text, "nobody was told")
        self.assertIn(sentence or self.SENTENCE, text)
        return text


class HttpDoorCase(DoorCase, HttpCase):
    """Doors that a browser or another program comes through."""

    def _json(self, route, **params):
        """Call a JSON-RPC route.

        :raise Refused: with the message, when the server answers with an error
        """
        self.env.flush_all()
        response = self.opener.post(
            urljoin(self.base_url(), route),
            json={"jsonrpc": "2.0", "method": "call", "params": params, "id": 1},
            timeout=60,
        )
        response.raise_for_status()
        answer = response.json()
        self.env.invalidate_all()
        if error := answer.get("error"):
            raise Refused(error.get("data", {}).get("message") or json.dumps(error))
        return answer.get("result")

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _call(self, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        return self._json(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def _button(self, records, method, **context):
        """Click a button as the web client does."""
        return self._json(
            f"/web/dataset/call_button/{records._name}/{method}",
            model=records._name,
            method=method,
            args=[records.ids],
            kwargs={"context": context},
        )
