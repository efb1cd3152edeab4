import {patch} from "@web/core/utils/patch";
import {Checkout} from "@website_sale/interactions/checkout";

patch(Checkout.prototype, {
    /**
     * A delivery that was chosen does not open an order with something to mend.
     *
     * @override
     */
    _canEnableMainButton() {
        return (
            super._canEnableMainButton() &&
            this.mainButton?.getAttribute("aria-disabled") !== "true"
        );
    },
});
