"""Services that speak JSON."""

import json
import re
from decimal import Decimal

from ..vocabulary import Trouble
from .base import register
from .rows import RowsAdapter, plain

MOST_DEPTH = 40
_SIGNS = re.compile(rb'["\\\[\]{}]')


@register("json")
class JsonAdapter(RowsAdapter):
    """See `RowsAdapter`. ``body`` and ``line`` are JSON values; places are filled in
    their texts, ``"{quantity}"`` alone gives a number, ``"{lines}"`` alone the list.
    A name in a path reaches into each element of a list; ``*`` is every value."""

    accepts = sends = "application/json"

    def body(self, template, items):
        return json.dumps(self._filled(template, items)).encode()

    def _filled(self, node, items):
        if isinstance(node, dict):
            return {name: self._filled(value, items) for name, value in node.items()}
        if isinstance(node, list):
            return [self._filled(value, items) for value in node]
        if node == "{lines}":
            line = self.service.options["line"]
            return [self._filled(line, (item,)) for item in items]
        if node == "{quantity}":
            number = float(plain(items[0].quantity))
            return int(number) if number.is_integer() else number
        return self.fill(node, items) if isinstance(node, str) else node

    def parse(self, data):
        _check_depth(data)
        return json.loads(
            data, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse
        )

    def rows(self, root, path):
        places = list(_walk((root,), path))
        if not places:
            raise Trouble("content")
        for trail in places:
            for row in _elements(trail):
                if isinstance(row[-1], dict):
                    yield row

    def text(self, row, path):
        for trail in _walk(row, path):
            value = trail[-1]
            if isinstance(value, str):
                return value
            if isinstance(value, bool):
                return "true" if value else "false"
            if isinstance(value, Decimal):
                # Written out, an exponent of a few signs would fill the memory.
                return f"{value:f}" if abs(value.adjusted()) < 20 else str(value)
        return None


def _refuse(name):
    raise ValueError(f"{name} is no JSON")


def _check_depth(data):
    """Count brackets outside of texts: the parser itself would go as deep as it can."""
    depth, inside, escaped_at = 0, False, -1
    for found in _SIGNS.finditer(data):
        sign = found.group()
        if found.start() == escaped_at:
            continue
        if inside:
            if sign == b"\\":
                escaped_at = found.start() + 1
            inside = sign != b'"'
        elif sign == b'"':
            inside = True
        elif sign in b"[{":
            depth += 1
            if depth > MOST_DEPTH:
                raise ValueError("nested too deep")
        elif sign in b"]}":
            depth -= 1


def _elements(trail):
    """A list's elements, however nested, or the node itself."""
    if isinstance(trail[-1], list):
        for value in trail[-1]:
            yield from _elements((*trail, value))
    else:
        yield trail


def _walk(trail, path):
    """Follow a path.

    :param tuple trail: nodes from the root to where the path starts
    :param str path: empty: the node itself
    :return: iterator of trails
    """
    trails = [trail]
    for step in path.split(".") if path else ():
        trails = (after for before in trails for after in _step(before, step))
        trails = list(trails)
    return iter(trails)


def _step(trail, step):
    if step == "^":
        for length in range(len(trail) - 1, 0, -1):
            if isinstance(trail[length - 1], dict):
                yield trail[:length]
                return
        return
    for at in _elements(trail):
        node = at[-1]
        if not isinstance(node, dict):
            continue
        if step == "*":
            for value in node.values():
                yield (*at, value)
        elif step in node:
            yield (*at, node[step])
