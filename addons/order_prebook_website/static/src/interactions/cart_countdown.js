import {browser} from "@web/core/browser/browser";
import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/** Two digits, as clocks show them. */
function two(number) {
    return String(number).padStart(2, "0");
}

/** Counts down the time that goods stay in the cart, and shows the cart anew at zero. */
export class CartCountdown extends Interaction {
    static selector = ".o_prebook_countdown";

    start() {
        // The server says how long; the clock of the browser may be wrong.
        this.end = performance.now() + Number(this.el.dataset.seconds) * 1000;
        this.tick();
    }

    tick() {
        const left = Math.max(Math.ceil((this.end - performance.now()) / 1000), 0);
        const hours = Math.floor(left / 3600);
        const minutes = Math.floor(left / 60) % 60;
        this.el.textContent = `${hours}:${two(minutes)}:${two(left % 60)}`;
        if (left) {
            this.waitForTimeout(() => this.tick(), 500);
        } else {
            // a moment later, for the server to agree that it is over
            this.waitForTimeout(() => browser.location.assign("/shop/cart"), 1500);
        }
    }
}

registry
    .category("public.interactions")
    .add("order_prebook_website.cart_countdown", CartCountdown);
