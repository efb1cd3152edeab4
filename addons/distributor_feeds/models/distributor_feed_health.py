from odoo import fields, models

from .. import server_options, transport

# Runs that the health of a feed looks at.
RECENT = 20
GOOD = ("done", "same")


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    def _update_health(self):
        """Score a feed from 0 to 100: recent runs count most, rejected rows a
        little."""
        for feed in self:
            runs = self.env["distributor.feed.run"].search(
                [("feed_id", "=", feed.id), ("state", "not in", ("queued", "running"))],
                limit=RECENT,
            )
            points = weights = 0.0
            for age, run in enumerate(runs):
                weight = 1 / (1 + age / 4)
                share = run.rejected / run.rows if run.rows else 0
                points += weight * (100 * (1 - share) if run.state in GOOD else 0)
                weights += weight
            feed.health = round(points / weights) if weights else 100

    def _place(self):
        """Return where to fetch from: ``(Place, Secret, Policy, Known)`` of
        ``transport``."""
        self.ensure_one()
        secrets = self.env["distributor.secret"].sudo()
        place = transport.Place(
            scheme=self.method,
            host=self.host or "",
            port=self.port,
            path=self.path,
            username=self.username or "",
            host_key=self.host_key or "",
            each=self.delta,
        )
        secret = transport.Secret(
            password=secrets._of(self, "password"),
            private_key=secrets._of(self, "private_key"),
            token=secrets._of(self, "token"),
        )
        good = self.good_run_id
        known = None
        if good.sha256 and good.seed == str(self.profile_id._seed(self)):
            known = transport.Known(
                name=good.file_name or "",
                size=good.file_size,
                modified=good.file_modified
                and fields.Datetime.context_timestamp(
                    self.with_context(tz="UTC"), good.file_modified
                ),
                etag=good.etag or "",
            )
        return place, secret, self._policy(), known

    def _policy(self):
        """What the administrator's configuration file allows, as ``transport.Policy``.

        Section ``[distributor_feeds]`` of odoo.conf: ``allowed_hosts``,
        ``allowed_networks``,
        ``allowed_folders`` (comma-separated) and ``ca_file``. Nothing of it can be
        changed from within Odoo.
        """
        return transport.Policy(
            allowed_hosts=server_options.listed("allowed_hosts"),
            allowed_networks=server_options.listed("allowed_networks"),
            allowed_folders=server_options.listed("allowed_folders"),
            ca_file=server_options.text("ca_file"),
        )
