class PostingError(ValueError):
    """Why a whole file cannot be read.

    :param str code: ``empty``, ``too_big``, ``rows``, ``columns``, ``encoding``,
        ``binary``, ``workbook``, ``bomb``, ``old_workbook``, ``quotes``,
        ``missing_columns``
    :param values: what the message names
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code, self.values = code, values
