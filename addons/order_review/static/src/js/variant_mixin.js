import {patch} from "@web/core/utils/patch";
import {WebsiteSale} from "@website_sale/interactions/website_sale";

patch(WebsiteSale.prototype, {
    /**
     * Show the limits of the variant that was chosen.
     *
     * @override
     */
    _onChangeCombination(ev, parent, combination) {
        super._onChangeCombination(...arguments);
        const list = parent.querySelector("#o_review_limits");
        if (!list || !combination.review_limits) {
            return;
        }
        const items = combination.review_limits.map((text) => {
            const item = document.createElement("li");
            item.textContent = text;
            return item;
        });
        list.replaceChildren(...items);
        list.classList.toggle("d-none", !items.length);
    },
});
