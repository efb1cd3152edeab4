"""Calls as they come from outside."""

from odoo.service.model import call_kw


class RpcMixin:
    """Call methods as another user does over RPC."""

    def _call(self, user, records, method, *args, context=None, **kwargs):
        """Call a method as JSON-RPC does: on a model, or on records if there are.

        :param dict context: what the caller says in his context
        """
        # what another user has read is not to be found in memory
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env(user=user, context={})[records._name]
        # the context of a call is one of its arguments; any other is dropped
        kwargs["context"] = context or {}
        return call_kw(
            model, method, [*([records.ids] if records else []), *args], kwargs
        )
