"""Two clerks at the same second, on two real connections.

Records are committed and removed again: what one connection has not committed, another
one does not see.
"""

import threading
from unittest.mock import patch

import psycopg2.errors

from odoo import SUPERUSER_ID, Command, fields
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import execute_cr
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

TAG = "TWO-AT-ONCE"


@tagged("post_install", "-at_install")
class TestTwoAtOnce(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self._run(self._set_up)
        self.addCleanup(self._run, self._tear_down)

    def _run(self, function):
        with self.registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def _set_up(self, env):
        mill, showroom, *people = env["res.partner"].create(
            [{"name": f"Two at once {name}"} for name in "ABCD"]
        )
        library = env["sample.library"].create(
            {
                "name": "Two at once",
                "partner_id": showroom.id,
                "clerk_ids": [Command.set([SUPERUSER_ID])],
            }
        )
        item = env["sample.item"].create(
            {"distributor_id": mill.id, "pattern": "Two at once"}
        )
        copy = env["sample.copy"].create(
            {"item_id": item.id, "library_id": library.id, "tag": TAG}
        )
        self.partner_ids = (mill + showroom).ids + [person.id for person in people]
        self.person_ids = [person.id for person in people]
        self.library_id, self.item_id, self.copy_id = library.id, item.id, copy.id

    def _tear_down(self, env):
        here = [("library_id", "=", self.library_id)]
        env["sample.order"].search(here).unlink()
        env["sample.loan"].search(here).unlink()
        env["sample.copy"].search(here).unlink()
        env["sample.item"].browse(self.item_id).unlink()
        env["sample.library"].browse(self.library_id).unlink()
        env["res.partner"].browse(self.partner_ids).unlink()

    def _race(self, *scans):
        """Lend at once.

        :param scans: id of the person, number of the scan, tag
        :return: the answers
        """
        return self._at_once(
            ("_facts",),
            *(
                ("sample.copy", "scan_out", self.library_id, person_id, tag, uid)
                for person_id, uid, tag in scans
            ),
        )

    def _at_once(self, meeting, *calls, of="sample.copy"):
        """Call methods on a connection each.

        :param meeting: methods, one of which each call reaches before any of
            them goes on; what one has not written by then, the others do not see
        :param calls: model, method and arguments
        :param str of: the model that has the methods
        :return: what the calls returned
        """
        barrier = threading.Barrier(len(calls), timeout=30)
        met = threading.local()
        model = self.registry[of]

        def meeting_in(real):
            def meet(*args):
                if not getattr(met, "once", False):
                    met.once = True
                    barrier.wait()
                return real(*args)

            return meet

        answers = [None] * len(calls)

        def work(place, model_name, method, *args):
            with self.registry.cursor() as cr:
                answers[place] = execute_cr(
                    cr, SUPERUSER_ID, model_name, method, args, {}
                )

        threads = [
            threading.Thread(target=work, args=(place, *call))
            for place, call in enumerate(calls)
        ]
        with (
            patch.multiple(
                model, **{name: meeting_in(getattr(model, name)) for name in meeting}
            ),
            mute_logger("odoo.sql_db", "odoo.service.model"),
        ):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return answers

    def _loans(self, env):
        loans = env["sample.loan"].search([("copy_id", "=", self.copy_id)])
        return [loan.person_id.id for loan in loans]

    def test_one_of_two_clerks_lends(self):
        answers = self._race(
            (self.person_ids[0], "at-once-0001", TAG),
            (self.person_ids[1], "at-once-0002", TAG),
        )
        outcomes = sorted(answer["outcome"] for answer in answers)
        self.assertEqual(outcomes, ["already_out", "lent"])
        (lent,) = (one for one in answers if one["outcome"] == "lent")
        (refused,) = (one for one in answers if one["outcome"] == "already_out")
        self.assertEqual(self._run(self._loans), [lent["person_id"]])
        # the second one is told who was faster
        self.assertEqual(refused["person_id"], lent["person_id"])

    def test_one_scan_sent_twice_at_once(self):
        scan = (self.person_ids[0], "at-once-0001", TAG)
        first, second = self._race(scan, scan)
        self.assertEqual(first, second)
        self.assertEqual(first["outcome"], "lent")
        self.assertEqual(self._run(self._loans), [self.person_ids[0]])

    def test_limit_holds_for_two_clerks(self):
        """Two copies, one person, who may have one."""
        self._run(self._limit_to_one)
        answers = self._race(
            (self.person_ids[0], "at-once-0001", TAG),
            (self.person_ids[0], "at-once-0002", "TWO-AT-ONCE-2"),
        )
        outcomes = sorted(answer["outcome"] for answer in answers)
        self.assertEqual(outcomes, ["lent", "limit"])

    def _limit_to_one(self, env):
        env["sample.library"].browse(self.library_id).max_open_loans = 1
        env["sample.copy"].create(
            {
                "item_id": self.item_id,
                "library_id": self.library_id,
                "tag": "TWO-AT-ONCE-2",
            }
        )

    def test_return_and_wait(self):
        """A copy comes back while somebody is put on the list: it is kept for him."""
        first, second = self.person_ids
        self._race((first, "at-once-0001", TAG))
        answers = self._at_once(
            ("_facts", "_of_library"),
            ("sample.library", "desk_wait", self.library_id, second, self.copy_id),
            ("sample.copy", "scan_in", self.library_id, TAG, "at-once-0002"),
        )
        self.assertIn("keep", [answer["outcome"] for answer in answers])
        self.assertEqual(self._run(self._waits), [("ready", self.copy_id)])

    def test_wait_and_lending_what_is_here(self):
        """What one clerk keeps for somebody, another one does not lend."""
        first, second = self.person_ids
        answers = self._at_once(
            ("_facts", "_of_library"),
            ("sample.library", "desk_wait", self.library_id, second, self.copy_id),
            ("sample.copy", "scan_out", self.library_id, first, TAG, "at-once-0001"),
        )
        outcomes = tuple(answer["outcome"] for answer in answers)
        self.assertIn(outcomes, [("keep", "reserved"), ("waiting", "lent")])

    def test_undo_and_lending(self):
        """A second clerk is waited for; an undo is not refused because of him."""
        first, second = self.person_ids
        self._race((first, "at-once-0001", TAG))
        answers = self._at_once(
            ("_facts", "_lock_as_scans_do"),
            ("sample.copy", "scan_undo", "at-once-0001"),
            ("sample.copy", "scan_out", self.library_id, second, TAG, "at-once-0002"),
        )
        self.assertEqual(answers[0]["outcome"], "undone")
        self.assertIn(answers[1]["outcome"], ("lent", "already_out"))
        lent = [second] if answers[1]["outcome"] == "lent" else []
        self.assertEqual(self._run(self._loans), lent)

    def test_last_in_line_goes_and_another_one_comes(self):
        """What is kept no more is kept for who is just put on the list."""
        first, second = self.person_ids
        wait_id = self._run(lambda env: self._keep_for(env, first))
        answers = self._at_once(
            ("_of_library", "filtered"),
            ("sample.library", "desk_wait", self.library_id, second, self.copy_id),
            ("sample.wait", "action_cancel", [wait_id]),
        )
        self.assertIn(answers[0]["outcome"], ("keep", "waiting"))
        self.assertEqual(
            sorted(self._run(self._waits)),
            [("cancelled", False), ("ready", self.copy_id)],
        )

    def _keep_for(self, env, person_id):
        wait = env["sample.wait"].create(
            {
                "item_id": self.item_id,
                "library_id": self.library_id,
                "person_id": person_id,
            }
        )
        return wait.id

    def _waits(self, env):
        waits = env["sample.wait"].search([("library_id", "=", self.library_id)])
        return [(wait.state, wait.copy_id.id) for wait in waits]

    def _bag(self, env):
        env["sample.copy"].create(
            {
                "item_id": self.item_id,
                "library_id": self.library_id,
                "tag": "TWO-AT-ONCE-2",
            }
        )
        kit = env["sample.kit"].create(
            {
                "name": "Two at once",
                "library_id": self.library_id,
                "line_ids": [Command.create({"item_id": self.item_id, "quantity": 2})],
            }
        )
        return kit.id

    def _all_loans(self, env):
        loans = env["sample.loan"].search([("library_id", "=", self.library_id)])
        return sorted((loan.copy_id.tag, loan.person_id.id) for loan in loans)

    def test_one_bag_sent_twice_at_once(self):
        kit_id, person_id = self._run(self._bag), self.person_ids[0]
        bag = ("sample.library", "desk_kit", self.library_id, person_id, kit_id)
        first, second = self._at_once(
            ("_free_tags",), (*bag, "at-once-0001"), (*bag, "at-once-0001")
        )
        self.assertEqual(first, second)
        self.assertEqual(
            self._run(self._all_loans),
            [(TAG, person_id), ("TWO-AT-ONCE-2", person_id)],
        )

    def test_two_clerks_lend_one_bag(self):
        """Each copy goes to one of them, and the other one is told."""
        kit_id = self._run(self._bag)
        answers = self._at_once(
            ("_free_tags",),
            *(
                ("sample.library", "desk_kit", self.library_id, person_id, kit_id, uid)
                for person_id, uid in zip(
                    self.person_ids, ("at-once-0001", "at-once-0002"), strict=True
                )
            ),
        )
        self.assertEqual(sum(len(one["loan_ids"]) for one in answers), 2)
        self.assertEqual(len(self._run(self._all_loans)), 2)
        self.assertIn("kit_none", [one["outcome"] for one in answers])

    def test_two_taps_ask_a_distributor_once(self):
        request = (
            "sample.library",
            "desk_request",
            self.library_id,
            self.person_ids[0],
            self.item_id,
        )
        answers = self._at_once(("_scan_person",), request, request)
        self.assertEqual(answers[0]["order_id"], answers[1]["order_id"])
        outcomes = sorted(one["outcome"] for one in answers)
        self.assertEqual(outcomes, ["again", "requested"])

    def test_two_order_what_is_missing(self):
        rule_id = self._run(
            lambda env: (
                env["sample.replenishment"]
                .create(
                    {
                        "library_id": self.library_id,
                        "item_id": self.item_id,
                        "minimum": 3,
                        "maximum": 4,
                    }
                )
                .id
            )
        )
        call = ("sample.replenishment", "action_order", [rule_id])
        self._at_once(("_meet",), call, call, of="sample.replenishment")
        wanted = self._run(
            lambda env: (
                env["sample.order"]
                .search([("library_id", "=", self.library_id)])
                .line_ids.mapped("quantity")
            )
        )
        self.assertEqual(wanted, [3])

    def test_database_itself_refuses(self):
        """Also what goes past all our methods."""

        def lend(env):
            loan = env["sample.loan"]
            for person_id in self.person_ids:
                loan.create(
                    {
                        "copy_id": self.copy_id,
                        "item_id": self.item_id,
                        "library_id": self.library_id,
                        "company_id": env.company.id,
                        "currency_id": env.company.currency_id.id,
                        "person_id": person_id,
                        "lent_at": fields.Datetime.now(),
                        "lent_by_id": SUPERUSER_ID,
                        "due_date": fields.Date.today(),
                    }
                )
                env.flush_all()

        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
        ):
            self._run(lend)
        self.assertFalse(self._run(self._loans))
