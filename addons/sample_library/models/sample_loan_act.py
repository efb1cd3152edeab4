from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.trade_network.context import as_system

from ..tags import storable

_PROJECT_LENGTH = 250


class SampleLoan(models.Model):
    _inherit = "sample.loan"

    def action_extend(self):
        """Give the borrowers more time, as the rules allow.

        :raise UserError: if a loan is over, was extended often enough, or if somebody
            waits for the sample
        """
        self._check_clerk()
        loans_sudo = as_system(self)
        loans_sudo._refuse_closed()
        terms = loans_sudo._terms_per_loan()
        loans_sudo._refuse_waited_for()
        for loan in loans_sudo:
            limit = terms[loan].max_extensions
            if loan.extensions >= limit:
                raise UserError(
                    self.env._(
                        "%(copy)s was extended %(count)s times, which is the limit. "
                        "Ask for it back.",
                        copy=loan.copy_id.display_name,
                        count=loan.extensions,
                    )
                )
            start = max(loan.due_date, loan.library_id._today())
            loan.write(
                {
                    "due_date": start + timedelta(days=terms[loan].extension_days),
                    "extensions": loan.extensions + 1,
                }
            )

    def action_lost(self):
        """Write off samples that do not come back, and charge for them."""
        self._check_clerk()
        loans_sudo = as_system(self)
        loans_sudo._refuse_closed()
        now = fields.Datetime.now()
        for loan in loans_sudo:
            item = loan.item_id
            loan.write(
                {
                    "lost_at": now,
                    "lost_by_id": self.env.uid,
                    "charge": item.currency_id._convert(
                        item.charge,
                        loan.currency_id,
                        loan.company_id,
                        loan.library_id._today(),
                    ),
                }
            )
        loans_sudo.copy_id._set_state("lost")

    def action_mail_slip(self):
        """Mail everybody in these loans a list of what he has borrowed.

        :return: a notification for the web client
        :rtype: dict
        """
        self._check_clerk()
        loans_sudo = as_system(self)
        loans_sudo._refuse_closed()
        without = loans_sudo.person_id.filtered(lambda person: not person.email)
        if without:
            raise UserError(
                self.env._(
                    "%(person)s has no email address. Print the slip, or add the "
                    "address to the contact.",
                    person=without[0].name,
                )
            )
        loans_sudo._mail_per_person("sample_library.mail_template_slip")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The loan slip is on its way."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _lend(self, copy_id, item_id, library, person, moment, terms, project):
        """Write down that somebody takes a copy.

        :param int copy_id: ``sample.copy`` that is here
        :param int item_id: ``sample.item`` it is of
        :param library: ``sample.library`` it belongs to
        :param person: ``res.partner`` who takes it
        :param datetime moment: when, in UTC
        :param Terms terms: for how long
        :param project: what for, as it came from outside
        :return: the new loan
        """
        firm = person.commercial_partner_id
        day = library._day_of(moment)
        return self.create(
            {
                "copy_id": copy_id,
                "item_id": item_id,
                "library_id": library.id,
                "company_id": library.company_id.id,
                "currency_id": library.currency_id.id,
                "person_id": person.id,
                "firm_id": firm.id if firm != person else False,
                "project": storable(project, _PROJECT_LENGTH)
                if isinstance(project, str)
                else False,
                "lent_at": moment,
                "lent_by_id": self.env.uid,
                "due_date": day + timedelta(days=terms.loan_days),
            }
        )

    def _take_back(self, moment):
        """Write down that copies came back.

        :param datetime moment: when, in UTC
        """
        for loan in self:
            loan.write(
                {
                    # the clock of another browser may have said something later
                    "returned_at": max(moment, loan.lent_at),
                    "returned_by_id": self.env.uid,
                }
            )

    def _terms_per_loan(self):
        """The terms that hold today.

        :rtype: dict[SampleLoan, Terms]
        """
        wanted = [
            (loan.library_id.id, loan.item_id.id, loan.person_id.id) for loan in self
        ]
        return dict(
            zip(self, self.env["sample.loan.rule"]._terms_of(wanted), strict=True)
        )

    def _mail_per_person(self, template_xmlid):
        """One mail per borrower and library, over all of these loans.

        :param str template_xmlid: template that lists :meth:`_in_this_mail`
        """
        mails = {loans[0].id: loans.ids for loans in self._per_person()}
        self.env.ref(template_xmlid).with_context(
            sample_loans_of_mail=mails
        ).send_mail_batch(list(mails))

    def _per_person(self):
        """These loans, those of one borrower and library together.

        :rtype: list[SampleLoan]
        """
        return list(
            self.grouped(lambda loan: (loan.person_id, loan.library_id)).values()
        )

    def _in_this_mail(self):
        """The loans that a mail about this one is about, oldest due date first."""
        mails = self.env.context.get("sample_loans_of_mail", {})
        ids = mails.get(self.id, self.ids)
        prefetch = [one for some in mails.values() for one in some] or ids
        return self.browse(ids).with_prefetch(prefetch).sorted("due_date")

    def _check_clerk(self):
        """Loans are read-only for all; clerks of the library act by these methods.

        :raise AccessError: for others, and for loans that the user does not see
        """
        self.env["sample.library"]._refuse_all_but_clerks()
        self.check_access("read")

    def _refuse_closed(self):
        """:raise UserError: if one of the loans is over"""
        closed = self.filtered(lambda loan: not loan.is_open)
        if closed:
            raise UserError(
                self.env._(
                    "%(copy)s has come back, or is written off, already.",
                    copy=closed[0].copy_id.display_name,
                )
            )

    def _refuse_waited_for(self):
        """:raise UserError: if somebody waits for one of the samples"""
        waiting = self.env["sample.wait"]._read_group(
            [
                ("item_id", "in", self.item_id.ids),
                ("library_id", "in", self.library_id.ids),
                ("state", "=", "waiting"),
            ],
            ["item_id", "library_id"],
        )
        for item, library in waiting:
            for loan in self:
                if loan.item_id == item and loan.library_id == library:
                    raise UserError(
                        self.env._(
                            "Somebody waits for %(item)s, so the loan cannot be "
                            "extended.",
                            item=item.name,
                        )
                    )
