from dataclasses import replace
from datetime import UTC

import pytz

from odoo import fields, models
from odoo.tools import format_date, format_time
from odoo.tools.misc import formatLang

from odoo.addons.trade_network.context import as_system

from ..story import tell


class TrackStory(models.AbstractModel):
    """Records that have a story: what happened to them, the same for every reader.

    A model with stories extends ``_story_facts`` and ``_story_parts``; an add-on that
    knows more of it extends them too. Both read for all of ``self`` at once, in a
    number of statements that does not depend on how many records there are.
    """

    _name = "track.story"
    _description = "Status Story"

    def _stories(self):
        """The stories of these records, in the reader's words.

        :return: ``{record id: Story}``; templates only show what is in it
        :rtype: dict[int, Story]
        :raise AccessError: when the reader may not read one of the records
        """
        self.check_access("read")
        known = as_system(self)
        known.env.flush_all()
        facts = known._story_facts()
        parts = known._story_parts()
        zones = known._story_zones()
        now = fields.Datetime.now().replace(tzinfo=UTC)
        words = {}
        for record in self:
            zone = pytz.timezone(zones.get(record.id) or "UTC")
            story = tell(
                facts.get(record.id, ()),
                today=now.astimezone(zone).date(),
                zone=zone,
                **parts.get(record.id, {}),
            )
            words[record.id] = self._story_worded(story)
        return words

    def _story_facts(self):
        """Facts of each record. Extend it to tell of more.

        Called as superuser; what it returns is shown to everybody who may read the
        record, customers too. Facts need no order.

        :return: ``{record id: [Fact]}``, with every id of ``self``
        :rtype: dict[int, list[Fact]]
        """
        return {record_id: [] for record_id in self.ids}

    def _story_parts(self):
        """What else ``tell`` needs of each record: lines, money, arrivals, stage.

        :return: ``{record id: {argument of tell: value}}``
        :rtype: dict[int, dict]
        """
        return {record_id: {} for record_id in self.ids}

    def _story_line_dates(self):
        """Days on which open lines are expected, from whoever knows them.

        Extend it to bring more (what a vendor says has the weight ``VENDOR``).

        :return: ``{line id: [LineDate]}``
        :rtype: dict[int, list[LineDate]]
        """
        return {}

    def _story_zones(self):
        """Time zones by whose days documents are dated: ``{record id: name}``."""
        return {}

    # === WORDS === #

    def _story_worded(self, story):
        """Put a story into words: every text and date that any door shows of it.

        In the language and the time zone of the reader, given by the context.

        :param Story story: as it was told
        :rtype: Story
        """
        texts = self._story_texts()
        sources = self._story_sources()

        def source(kind, reference):
            text = sources.get(kind, "")
            return f"{text} {reference}".strip() if reference else text

        return replace(
            story,
            steps=tuple(
                replace(
                    step,
                    text=self._story_step_text(step, texts),
                    when=self._story_when(step.fact),
                    source=source(
                        step.fact.source,
                        self._story_reference(step.fact),
                    ),
                )
                for step in story.steps
            ),
            payment=self._story_rollup(story.payment, texts),
            fulfilment=self._story_rollup(story.fulfilment, texts),
            returned=self._story_rollup(story.returned, texts),
            lines=tuple(self._story_line(line, texts, source) for line in story.lines),
        )

    def _story_reference(self, fact):
        """What is named beside the source of a fact: the document, or who said so."""
        # the text of a parcel has its number already
        named = not fact.parcel or fact.source in ("posted", "portal")
        return fact.reference if named else ""

    def _story_step_text(self, step, texts):
        """What a step says. Extend it for kinds that need words of their own.

        :param Step step: step without words
        :param dict texts: words of ``_story_texts``
        :rtype: str
        """
        fact = step.fact
        form = "expected" if fact.expected else "parcel" if fact.parcel else "done"
        text = texts.get((fact.kind, form)) or texts[fact.kind, "done"]
        text = text % {"parcel": " ".join(filter(None, (fact.carrier, fact.parcel)))}
        return " · ".join(filter(None, (text, fact.place, fact.note)))

    def _story_when(self, fact):
        if fact.at:
            # portal pages work as the superuser, in the context of the reader
            zone = self.env.context.get("tz") or self.env.user.tz or "UTC"
            local = fact.at.replace(tzinfo=UTC).astimezone(pytz.timezone(zone))
            time = format_time(self.env, fact.at, tz=zone, time_format="short")
            return f"{format_date(self.env, local.date())} {time}"
        return format_date(self.env, fact.on) if fact.on else ""

    def _story_rollup(self, rollup, texts):
        text = texts[rollup.kind, rollup.key]
        if rollup.late:
            day = format_date(self.env, rollup.due_on)
            text = texts["late", rollup.kind] % {"status": text, "day": day}
        return replace(rollup, label=texts["label", rollup.kind], text=text)

    def _story_line(self, line, texts, source):
        facts = line.facts
        shown = (
            ("ordered", facts.ordered),
            ("shipped" if facts.goods else "done", facts.shipped),
            ("open", facts.open),
            ("backordered", facts.backordered),
            ("cancelled", facts.cancelled),
            ("coming_back", facts.coming_back),
            ("returned", facts.returned),
        )
        expected = facts.expected
        return replace(
            line,
            quantities=tuple(
                (
                    texts["quantity", kind],
                    f"{self._story_quantity(quantity, facts)} {facts.unit}".strip(),
                )
                for kind, quantity in shown
                if kind == "ordered" or facts.is_positive(quantity)
            ),
            expected_label=texts["label", "expected"],
            expected=format_date(self.env, expected.on) if expected else "",
            source=source(expected.source, expected.reference) if expected else "",
        )

    def _story_quantity(self, quantity, facts):
        digits = facts.digits
        while digits and round(quantity, digits) == round(quantity, digits - 1):
            digits -= 1
        return formatLang(self.env, quantity, digits=digits)
