import {Component, onMounted, onWillUnmount, xml} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const PERIOD = 3000;

/**
 * Reads the record of a form again, every few seconds, as long as its run is at work.
 *
 * Which field says so is the widget's option `text`: it is empty when nothing runs.
 */
export class FeedRunRefresh extends Component {
    static template = xml`<t/>`;
    static props = {...standardWidgetProps, text: {type: String}};

    setup() {
        onMounted(() => {
            this.timer = browser.setInterval(() => this.refresh(), PERIOD);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    async refresh() {
        const {record, text} = this.props;
        // What a person is typing is not read over, and nobody looks at a hidden page.
        if (record.data[text] && !record.dirty && !document.hidden) {
            await record.load();
        }
    }
}

export const feedRunRefresh = {
    component: FeedRunRefresh,
    extractProps: ({attrs}) => ({text: attrs.text}),
};

registry.category("view_widgets").add("feed_run_refresh", feedRunRefresh);
