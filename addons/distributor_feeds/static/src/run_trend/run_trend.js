import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// How a bar looks; what is not named here is grey.
const COLOURS = {done: "success", same: "success", held: "warning", failed: "danger"};
// The lowest bar, in per cent: also a run without rows must be seen.
const LOWEST = 25;

/** The last runs of a feed as a row of small bars; the newest is on the right. */
export class RunTrend extends Component {
    static template = "distributor_feeds.RunTrend";
    static props = {...standardFieldProps};

    get bars() {
        const runs = this.props.record.data[this.props.name] || [];
        const most = Math.max(1, ...runs.map((run) => run.rows));
        return runs.map((run) => ({
            id: run.id,
            text: run.text,
            colour: COLOURS[run.state] || "secondary",
            height: LOWEST + Math.round(((100 - LOWEST) * run.rows) / most),
        }));
    }

    /** What a screen reader says for all of it: the newest run. */
    get label() {
        const bars = this.bars;
        return bars.length ? bars[bars.length - 1].text : _t("No runs yet");
    }
}

registry.category("fields").add("feed_run_trend", {
    component: RunTrend,
    displayName: _t("Last Runs"),
    supportedTypes: ["json"],
});
