import {Component} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** What a visitor took along, on paper or by mail. */
export class ScanSlip extends Component {
    static template = "sample_library.ScanSlip";
    static props = {
        name: String,
        loanIds: {type: Array, element: Number},
        onClose: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    print() {
        return this.action.doAction("sample_library.action_report_slip", {
            additionalContext: {active_ids: this.props.loanIds},
        });
    }

    async mail() {
        const action = await this.orm.call("sample.loan", "action_mail_slip", [
            this.props.loanIds,
        ]);
        await this.action.doAction(action);
    }
}
