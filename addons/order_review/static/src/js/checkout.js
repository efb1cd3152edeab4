import {markup} from "@odoo/owl";
import {rpc} from "@web/core/network/rpc";
import {setElementContent} from "@web/core/utils/html";
import {patch} from "@web/core/utils/patch";
import {Checkout} from "@website_sale/interactions/checkout";
import {showNextStep} from "@order_review/js/next_step";

/** Number of the latest question, so that an answer that comes late is left out. */
let asked = 0;

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

    /**
     * Rules may look at where the goods go.
     *
     * @override
     */
    async updateAddress() {
        await super.updateAddress(...arguments);
        await this._updateReview();
    },

    /**
     * Rules may look at how the goods go, and at the total with the delivery.
     *
     * @override
     */
    async _setDeliveryMethod() {
        const result = await super._setDeliveryMethod(...arguments);
        await this._updateReview();
        return result;
    },

    /**
     * A shop where goods are picked up is where they go.
     *
     * @override
     */
    async _setPickupLocation() {
        await super._setPickupLocation(...arguments);
        await this._updateReview();
    },

    /**
     * Draw the box of notices and the text beside the button anew.
     *
     * @private
     * @returns {Promise}
     */
    async _updateReview() {
        const box = document.getElementById("order_review_notices");
        if (!box) {
            return;
        }
        const number = ++asked;
        const answer = await rpc("/shop/review/notices");
        if (number !== asked || !answer) {
            return;
        }
        setElementContent(box, markup(answer.notices));
        showNextStep(answer.next_step, answer.cart_ready);
        // the one who waits for this may be gone: addresses chosen in quick succession
        // start the page's script anew in between
        this._enableMainButton();
    },
});
