import {patch} from "@web/core/utils/patch";
import wSaleUtils from "@website_sale/js/website_sale_utils";
import {showNextStep} from "@order_review/js/next_step";

patch(wSaleUtils, {
    /**
     * Say beside the button of the next step why it does not work, and switch it.
     *
     * @override
     */
    updateCartNavBar(data) {
        super.updateCartNavBar(...arguments);
        const step = data["order_review.next_step"];
        if (step === undefined) {
            return;
        }
        showNextStep(step, data.cart_ready);
        for (const el of document.querySelectorAll(
            "a[name='website_sale_main_button']",
        )) {
            el.classList.toggle("disabled", !data.cart_ready);
        }
    },
});
