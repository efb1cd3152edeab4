import {Interaction} from "@web/public/interaction";
import {WebsiteSale} from "@website_sale/interactions/website_sale";
import {markup} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";
import {setElementContent} from "@web/core/utils/html";

/**
 * Show what is promised: one line per source, the first one in its colour.
 *
 * @param {HTMLElement} el
 * @param {Object|null} told as `website._promise_told` returns it
 */
function showPromise(el, told) {
    const lines = (told ? told.lines : []).map((text, index) => {
        const line = document.createElement("span");
        line.className = `d-block ${index ? "text-muted" : told.css}`;
        line.textContent = text;
        if (!index) {
            const dot = document.createElement("i");
            dot.className = "fa fa-circle me-1 small";
            dot.setAttribute("role", "presentation");
            line.prepend(dot);
        }
        return line;
    });
    el.replaceChildren(...lines);
}

/** Asks about the cart when its page is there, and says what came out. */
export class CartPromises extends Interaction {
    static selector = ".o_promise_check[data-live]";

    async willStart() {
        // Not waited for: the other interactions of the page start meanwhile.
        this.asked = rpc("/shop/cart/promises", {}, {silent: true}).catch(() => null);
    }

    start() {
        this.waitFor(this.asked).then((answer) => answer && this.show(answer));
    }

    show(answer) {
        for (const el of document.querySelectorAll(".o_line_promise")) {
            const told = answer.lines[el.dataset.lineId];
            if (told) {
                showPromise(el, told);
            }
        }
        setElementContent(this.el, markup(answer.changes));
    }
}

registry
    .category("public.interactions")
    .add("distributor_feeds_website.cart_promises", CartPromises);

patch(WebsiteSale.prototype, {
    /** Another variant, another stock. */
    _onChangeCombination(ev, parent, combination) {
        super._onChangeCombination(...arguments);
        const el =
            parent.matches(".js_main_product") &&
            parent.querySelector(".o_product_promise");
        if (el) {
            showPromise(el, combination.promise);
        }
    },
});
