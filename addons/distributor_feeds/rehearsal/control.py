"""The page that switches the rehearsal distributor's moods while it runs."""

from html import escape

from .moods import API_MOODS, FILE_MOODS

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Rehearsal distributor</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:16px sans-serif;max-width:44em;margin:2em auto;padding:0 1em}}
label{{display:block;margin:.8em 0}}select,input{{font:inherit}}</style></head>
<body><h1>Rehearsal distributor</h1>
<form method="post" action="/control">
<label>Files <select name="mood">{moods}</select></label>
<label>Service <select name="api_mood">{api_moods}</select></label>
<label>Revision <input name="revision" type="number" min="0" value="{revision}"></label>
<label>Articles <input name="count" type="number" min="0" value="{count}"></label>
<button>Apply</button></form>
<h2>Files</h2><ul>{files}</ul>
</body></html>
"""


def page(state, names):
    """The page as it shows a state.

    :param dict state: ``mood``, ``api_mood``, ``revision``, ``count``
    :param names: of the files that are offered
    :rtype: bytes
    """
    return _PAGE.format(
        moods=_options(FILE_MOODS, state["mood"]),
        api_moods=_options(API_MOODS, state["api_mood"]),
        revision=state["revision"],
        count=state["count"],
        files="".join(
            f'<li><a href="/files/{escape(name)}">{escape(name)}</a></li>'
            for name in names
        ),
    ).encode()


def wishes(fields):
    """What a form or a JSON object wants changed, checked.

    :param dict fields: texts or numbers by name; other names are refused
    :raise ValueError: with a text for the person who asked
    :return: arguments of `RehearsalDistributor.misbehave`
    :rtype: dict
    """
    wanted = {}
    for name, value in fields.items():
        known = {"mood": FILE_MOODS, "api_mood": API_MOODS}.get(name)
        if known is not None:
            if value not in known:
                raise ValueError(f"{name} is one of: {', '.join(known)}.")
            wanted[name] = value
        elif name in ("revision", "count"):
            if not str(value).isdigit():
                raise ValueError(f"{name} is a whole number.")
            wanted[name] = int(value)
        else:
            raise ValueError("There are: mood, api_mood, revision, count.")
    return wanted


def _options(moods, chosen):
    return "".join(
        f'<option value="{name}"{" selected" if name == chosen else ""}>'
        f"{name}: {escape(text)}</option>"
        for name, text in moods.items()
    )
