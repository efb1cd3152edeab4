"""Rows of texts become lines as COPY reads them: a column at a time."""

from __future__ import annotations

import json

from .types import NULL, SIGNS, Memory, Refused, Text, escaped


class Converter:
    """Converts the batches of one posting.

    A line has the number of the row, why it is refused (or nothing), the columns of the
    record, those of the child.

    :param mapping: ``mapping.Mapping``
    """

    def __init__(self, mapping, first_row=2):
        kind = mapping.kind
        self.row = first_row
        self.mapping = mapping
        self.parts = [
            *((name, place, kind.all_columns[name])
              for name, place in mapping.heads.items()),
            *((f"l_{name}", place, kind.child_columns[name])
              for name, place in mapping.children.items()),
        ]  # fmt: skip
        self.memories = {
            name: Memory(column.type.converter(mapping.habits))
            for name, _place, column in self.parts
        }
        self.width = 1 + max((place for _name, place, _column in self.parts), default=0)
        self.keyed = "external_ref" in mapping.heads

    @property
    def columns(self):
        """``[(name, type in PostgreSQL)]`` of a line, in its order."""
        typed = [(name, column.type.sql) for name, _place, column in self.parts]
        key = [] if self.keyed else [("external_ref", "varchar")]
        return [("row", "int4"), ("problem", "varchar"), ("detail", "varchar"), *typed,
                *key]  # fmt: skip

    def lines(self, rows):
        r"""Convert a batch.

        :param rows: lists of texts
        :return: lines, each ended by ``\n``
        :rtype: str
        """
        count, width = len(rows), self.width
        numbers = range(self.row, self.row + count)
        self.row += count
        if min(map(len, rows)) < width:
            rows = [row + [""] * (width - len(row)) for row in rows]
        cells = list(zip(*(row[:width] for row in rows), strict=True))
        problems = [NULL] * count
        details = [NULL] * count
        done = {}
        for name, place, column in self.parts:
            values = self._column(name, column, cells[place])
            if self.memories[name].refused:
                values = self._refuse(name, cells[place], values, problems, details)
            done[name] = values
        self._name_records(done, count)
        columns = [map(str, numbers), problems, details, *done.values()]
        return "\n".join(map("\t".join, zip(*columns, strict=True))) + "\n"

    def _column(self, name, column, cells):
        memory = self.memories[name]
        if isinstance(column.type, Text) and self._is_plain(cells, column.type.limit):
            values = list(map(str.strip, cells))
            return [value or NULL for value in values] if "" in values else values
        return list(map(memory.__getitem__, cells))

    def _is_plain(self, cells, limit):
        """Whether texts need no look at each of them."""
        joined = "".join(cells)
        return (
            max(map(len, cells)) <= limit
            and "\0" not in joined
            and not any(sign in joined for sign in SIGNS)
        )

    def _refuse(self, name, cells, values, problems, details):
        result = []
        for at, value in enumerate(values):
            if type(value) is Refused:
                if problems[at] is NULL:
                    problems[at] = value.reason
                    shown = cells[at].replace("\0", "\ufffd")[:200]
                    details[at] = escaped(
                        json.dumps(
                            {
                                "column": name.removeprefix("l_"),
                                "value": shown,
                                "limit": value.limit,
                            },
                            ensure_ascii=False,
                        )  # fmt: skip
                    )
                value = NULL
            result.append(value)
        return result

    def _name_records(self, done, count):
        """Give rows without a name of their own the one of what they are about."""
        own = done.get("external_ref")
        if own and NULL not in own:
            return
        key = self.mapping.kind.key
        if all(name in done for name in key):
            parts = zip(*(done[name] for name in key), strict=True)
            names = [NULL if NULL in part else " / ".join(part) for part in parts]
        else:
            names = [NULL] * count
        if own:
            names = [
                name if one is NULL or one == NULL else one
                for one, name in zip(own, names, strict=True)
            ]
        done["external_ref"] = names
