import {markup} from "@odoo/owl";
import {setElementContent} from "@web/core/utils/html";

/**
 * Say beside the buttons of the next step why they do not work, and switch their links.
 *
 * There are two of each, for narrow and for wide screens.
 *
 * @param {String} text - what the server rendered; empty when nothing is to be done
 * @param {Boolean} ready - whether the cart may go on
 */
export function showNextStep(text, ready) {
    for (const el of document.querySelectorAll(".o_review_next_step")) {
        setElementContent(el, markup(text));
    }
    for (const el of document.querySelectorAll("a[name='website_sale_main_button']")) {
        if (ready) {
            el.setAttribute("href", el.dataset.href);
            el.removeAttribute("aria-disabled");
        } else {
            el.removeAttribute("href");
            el.setAttribute("aria-disabled", "true");
            el.classList.add("disabled");
        }
    }
    const pending = Boolean(text.trim());
    for (const el of document.querySelectorAll(".o_review_express")) {
        el.classList.toggle("d-none", pending);
    }
}
