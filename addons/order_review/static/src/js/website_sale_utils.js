import {markup} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {setElementContent} from "@web/core/utils/html";
import wSaleUtils from "@website_sale/js/website_sale_utils";

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
        for (const el of document.querySelectorAll(".o_review_next_step")) {
            setElementContent(el, markup(step));
        }
        for (const el of document.querySelectorAll(
            "a[name='website_sale_main_button']",
        )) {
            el.classList.toggle("disabled", !data.cart_ready);
            el.toggleAttribute("href", false);
            if (data.cart_ready) {
                el.setAttribute("href", el.dataset.href);
                el.removeAttribute("aria-disabled");
            } else {
                el.setAttribute("aria-disabled", "true");
            }
        }
        const pending = Boolean(step.trim());
        for (const el of document.querySelectorAll(".o_review_express")) {
            el.classList.toggle("d-none", pending);
        }
    },
});
