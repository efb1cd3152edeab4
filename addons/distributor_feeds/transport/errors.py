"""What a fetch can fail with."""


class TransportError(Exception):
    """A file could not be fetched; the text says what a person can do about it.

    It holds no secret: neither in its text, nor in a chained exception, nor in the
    frames of its traceback.

    :param str code: ``bad_name``, ``bad_place``, ``busy``, ``changed_while_reading``,
        ``connection``, ``disk``, ``encoded``, ``growing``, ``host_key``, ``login``,
        ``not_found``, ``redirect``, ``refused_address``, ``refused_folder``,
        ``server``, ``stopped``, ``timeout``, ``tls``, ``too_big``, ``too_many_names``,
        ``unexpected``
    :param str template: text with ``%(name)s`` for each of ``values``
    :param values: what the text names; never a secret
    """

    def __init__(self, code, template, /, **values):
        self.code, self.template, self.values = code, template, values
        self.message = template % values
        super().__init__(self.message)

    def fresh(self):
        """The same error without traceback and chain.

        :rtype: TransportError
        """
        return TransportError(self.code, self.template, **self.values)
