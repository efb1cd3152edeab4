"""What an adapter is."""

from dataclasses import dataclass, field

from ..vocabulary import Trouble

_ADAPTERS = {}
MOST_PARALLEL = 16


@dataclass(frozen=True)
class Request:
    """One HTTP request.

    :param str url: with query; the host may be any that the policy allows
    :param tuple items: the `Item` objects that it asks about
    :param dict headers: names and values in ASCII
    :param bytes body: None for none
    """

    url: str
    items: tuple
    method: str = "GET"
    headers: dict = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


class Adapter:
    """Speaks one kind of service. Subclass it for a service that ``json`` and ``xml``
    cannot be set up for::

        @register("acme")
        class Acme(Adapter):
            def build(self, items):
                url = f"{self.service.url}/stock/{quote(items[0].code)}"
                return [Request(url, tuple(items))]

            def interpret(self, request, response):
                pieces = json.loads(response.body)["pieces"]
                return {request.items[0].ref: [Stock(quantity=pieces)]}

    An adapter is made for each question, and is used by several threads at once: keep
    no state in `interpret`. Only these two methods know the service's format; sending,
    deadlines, sizes and addresses are taken care of. What they raise becomes the status
    ``error``; a `Trouble` gives its reason. Values are to be judged here (`values`
    helps): what `interpret` returns is believed.

    :param service: `Service`
    """

    def __init__(self, service):
        self.service = service

    @property
    def parallel(self):
        """Requests of one question that run at once; option ``parallel``, 1 to 16."""
        wanted = self.service.options.get("parallel", 8)
        return max(1, min(int(wanted), MOST_PARALLEL))

    def build(self, items):
        """Make the requests for some items.

        :param list items: of `Item`, at least one
        :return: list of `Request`
        """
        raise NotImplementedError

    def interpret(self, request, response):
        """Read what came back.

        :param request: the `Request`
        :param response: `exchange.Response` with a status between 200 and 299
        :return: ``{ref: [Stock, …]}``; items that are left out are not known to the
            service, refs that were not asked for are ignored
        :raise Trouble: ``content``, or another reason
        """
        raise NotImplementedError


def register(name):
    """Class decorator: makes an adapter known under a name, in place of an earlier one.

    :param str name: as in `Service.adapter`
    """

    def keep(adapter):
        _ADAPTERS[name] = adapter
        return adapter

    return keep


def names():
    """The names under which adapters are known, in alphabetical order."""
    return sorted(_ADAPTERS)


def find(service):
    """The adapter of a service.

    :raise Trouble: ``adapter`` when there is none of that name
    """
    if service.adapter not in _ADAPTERS:
        raise Trouble("adapter")
    return _ADAPTERS[service.adapter](service)
