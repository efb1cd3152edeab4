import {
    Component,
    onWillStart,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {ICONS, asked, modes, othersWords, states, timeOf} from "./scan_words";
import {useBus, useService} from "@web/core/utils/hooks";
import {ScanBanner} from "./scan_banner";
import {ScanBurst} from "./scan_burst";
import {ScanCamera} from "./scan_camera";
import {ScanDesk} from "./scan_desk";
import {ScanSlip} from "./scan_slip";
import {ScanSound} from "./scan_sound";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {user} from "@web/core/user";

export class ScanAction extends Component {
    static template = "sample_library.ScanAction";
    static components = {ScanBanner, ScanCamera, ScanSlip};
    static props = {...standardActionServiceProps};

    setup() {
        this.input = useRef("input");
        this.people = useRef("people");
        this.burst = new ScanBurst();
        Object.assign(this, {
            icons: ICONS,
            modes: modes(),
            states: states(),
            othersWords,
            timeOf,
        });
        this.desk = new ScanDesk({
            // a scan is to be answered, also when this screen was left meanwhile
            orm: this.env.services.orm.silent,
            storage: browser.localStorage,
            base: `sample_library.${session.db}`,
            user,
            sound: new ScanSound(),
            focus: () => this.input.el?.focus(),
            orders: {
                make: (context) => this.openOrder({context}),
                show: (orderId) => this.openOrder({res_id: orderId}),
            },
        });
        this.state = useState(this.desk.state);
        useBus(useService("barcode").bus, "barcode_scanned", (ev) =>
            this.desk.read(ev.detail.barcode),
        );
        // where somebody logs in, in another tab, he comes back from there
        for (const event of ["online", "focus"]) {
            useExternalListener(window, event, () => this.desk.queue.flush());
        }
        useExternalListener(window, "storage", (ev) => this.desk.onOtherTab(ev));
        useExternalListener(window, "pointerdown", () => this.desk.sound.wake());
        useEffect(
            () => this.people.el?.querySelector("button")?.focus(),
            () => [this.state.people],
        );
        onWillStart(() => this.desk.open());
        onWillUnmount(() => this.desk.close());
    }

    /** In a dialog: who is at the counter stays there. */
    openOrder(values) {
        return this.env.services.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Sample Order"),
            res_model: "sample.order",
            views: [[false, "form"]],
            target: "new",
            ...values,
        });
    }

    get asked() {
        return asked(this.state.mode, this.state.person);
    }

    /** A scanner types into the field where the cursor is: that is no text of it. */
    onKey(ev) {
        if (!ev.target.matches("input")) {
            return;
        }
        const scanned = this.burst.read(ev);
        if (scanned) {
            ev.preventDefault();
            ev.target.value = scanned.text;
            ev.target.dispatchEvent(new Event("input"));
            this.desk.read(scanned.code);
        } else if (ev.key === "Enter" && ev.target.matches(".o_sample_project")) {
            this.desk.focus();
        }
    }
}

registry.category("actions").add("sample_library.scan", ScanAction);
