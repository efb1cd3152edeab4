"""Two calls at the same second, on two real connections.

Records are committed and removed again: what one connection has not committed, another
one does not see.
"""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import execute_cr
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

TAG = "TWO-AT-ONCE"


class CommittedCase(BaseCase):
    """``_set_up`` and ``_tear_down`` get an environment, and are committed."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self._run(self._set_up)
        self.addCleanup(self._run, self._tear_down)

    def _run(self, function):
        with self.registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))


class AtOnceCase(CommittedCase):
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
