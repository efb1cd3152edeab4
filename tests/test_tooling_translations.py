"""The house rules that every text is translated and the catalogues are in order."""

import polib
import pytest

from scripts.desk import catalogues

SAME = polib.POEntry(msgid="ID", msgstr="ID")


def hello(msgstr, **more):
    return polib.POEntry(msgid="Hello %(name)s", msgstr=msgstr, **more)


@pytest.fixture
def told(tmp_path):
    """Return a function that plants an add-on and says what is found wrong with it."""
    i18n = tmp_path / "planted" / "i18n"
    i18n.mkdir(parents=True)

    def find(**planted):
        template = [hello(""), polib.POEntry(msgid="ID")]
        good = {word: [hello(f"{word} %(name)s"), SAME] for word in ("es", "fr", "de")}
        for name, entries in {"planted": template, **good, **planted}.items():
            catalogue = polib.POFile()
            catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
            catalogue.extend(entries)
            ending = "pot" if name == "planted" else "po"
            catalogue.save(str(i18n / f"{name}.{ending}"))
        return found()

    def found():
        return [line.removeprefix(f"{i18n}/") for line in catalogues.findings(tmp_path)]

    find.i18n, find.again = i18n, found
    return find


def test_translated(told):
    assert told() == []


def test_no_catalogue(told):
    told()
    (told.i18n / "es.po").unlink()
    assert told.again() == ["es.po: missing"]


def test_not_translated(told):
    gone = hello("Hola %(name)s", obsolete=True)
    assert told(es=[SAME, gone], fr=[SAME], de=[hello(" "), SAME]) == [
        "es.po: not translated: Hello %(name)s",
        "fr.po: not translated: Hello %(name)s",
        "de.po: not translated: Hello %(name)s",
    ]


def test_fuzzy(told):
    fuzzy = hello("Bonjour %(name)s", flags=["fuzzy"])
    assert told(fr=[fuzzy, SAME]) == ["fr.po: fuzzy: Hello %(name)s"]


def test_placeholders(told):
    assert told(de=[hello("Hallo %(nom)s"), SAME]) == [
        "de.po: placeholders differ (%(name)s, %(nom)s): Hello %(name)s"
    ]


def test_expressions(told):
    def named(msgstr):
        place = ("model:ir.actions.report,print_report_name:planted.report", "")
        return polib.POEntry(msgid="'The %s'", msgstr=msgstr, occurrences=[place])

    languages = {
        "es": [named("'El %s'")],
        "fr": [named("'L'%s'")],
        "de": [named("'Der %s'")],
    }
    assert told(planted=[named("")], **languages) == [
        "fr.po: no Python expression, as the name of a report has to be: 'The %s'"
    ]


def test_order(told, tmp_path):
    complaint = "es.po: not sorted or not wrapped (make format mends it)"
    assert told(es=[SAME, hello("Hola %(name)s")]) == [complaint]
    catalogues.mend(tmp_path)
    assert told.again() == []
