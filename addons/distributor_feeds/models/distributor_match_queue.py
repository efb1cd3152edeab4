from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.trade_network.fields import UncheckedMany2one

from .. import loader
from ..loader.matching import normalise
from .distributor_feed_run_lock import LOCK_ACCOUNT

PORTION = 1000


class DistributorMatchQueue(models.Model):
    """What changed about products and codes, so that offers must be judged anew.

    Writing to offers at once could make a load fail that is running: whoever changes
    offers holds the lock of their account.
    """

    _name = "distributor.match.queue"
    _description = "Offers to Match Anew"
    _order = "id"
    _log_access = False

    product_id = UncheckedMany2one("product.product")
    product_tmpl_id = UncheckedMany2one("product.template")
    part_key = fields.Char()
    number = fields.Char(help="The part number alone, as it is compared.")
    gtin14 = fields.Char("GTIN")
    account_id = UncheckedMany2one("distributor.account")
    code = fields.Char()

    @api.model
    def _note_products(self, products):
        """Note products with the keys they have now; call it before and after a
        change."""
        self.sudo().create(
            [
                {
                    "product_id": product.id,
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "part_key": product.part_key,
                    "number": product.part_key and normalise(product.mpn),
                    "gtin14": product.gtin14,
                }
                for product in products.sudo()
            ]
        )

    @api.model
    def _note_codes(self, codes):
        """Note codes that are said to be another product, or none.

        :param codes: pairs of an account's id and a code
        """
        return self.sudo().create(
            [{"account_id": account, "code": code} for account, code in set(codes)]
        )

    @api.model
    def _match_now(self, codes):
        """Judge the offers of codes now; those of accounts with a load under way after
        it.

        What is noted stays for the scheduled action: to judge twice changes nothing.

        :param codes: set of pairs of an account's id and a code
        :return: ids of accounts that must wait
        """
        noted = self._note_codes(codes)
        self.env.flush_all()
        waiting = []
        for account in sorted({account for account, _code in codes}):
            [[free]] = self.env.execute_query(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK_ACCOUNT, account)
            )
            if free:
                loader.rematch(self.env.cr, account, noted.ids)
            else:
                waiting.append(account)
        self.env["distributor.offer"].invalidate_model(["product_id", "matched_by"])
        if waiting:
            self.env.ref("distributor_feeds.ir_cron_match")._trigger()
        return waiting

    @api.model
    def _cron_match(self):
        """Judge anew what is noted, account by account, each in a transaction of its
        own."""
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=self.search_count([]))
        while noted := self.search([], limit=PORTION):
            for account in loader.accounts_concerned(self.env.cr, noted.ids):
                self._match_account(account, noted.ids)
            done = len(noted)
            noted.unlink()
            if not crons._commit_progress(done):
                break

    def _match_account(self, account, noted):
        with self.env["distributor.feed.run"]._lock(LOCK_ACCOUNT, account, wait=True):
            with self.env.registry.cursor() as cr:
                loader.rematch(cr, account, noted)

    @api.autovacuum
    def _gc_lost_products(self):
        """Free offers of products that are gone without a word, as when SQL merges
        them."""
        lost = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT o.account_id, o.code
                  FROM distributor_offer o
                  LEFT JOIN product_product p ON p.id = o.product_id
                 WHERE o.product_id IS NOT NULL AND p.id IS NULL
                """
            )
        )
        self._note_codes(lost)
