import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** Milliseconds until it is asked again whether another tab is done. */
const PAUSE = 1500;

/**
 * Adds a list portion by portion and shows how far it is.  Without this the form adds a
 * portion each time it is sent.  What is added stays added, whenever the page is left.
 */
export class QuickOrderList extends Interaction {
    static selector = "form.o_quick_list_form";
    dynamicContent = {
        _root: {"t-on-submit": this.onSubmit},
        "button[type='submit']": {"t-att-disabled": () => this.running},
        ".o_quick_list_progress": {
            "t-att-class": () => ({"d-none": !this.shown}),
        },
    };

    setup() {
        this.running = false;
        this.shown = !this.el
            .querySelector(".o_quick_list_progress")
            .classList.contains("d-none");
    }

    start() {
        if (this.shown) {
            this.label(_t("Continue")); // to the end, and not with one portion
        }
    }

    async onSubmit(ev) {
        if (ev.submitter && !ev.submitter.matches(".o_quick_list_add")) {
            return; // another button of the form
        }
        ev.preventDefault();
        if (this.running) {
            return;
        }
        this.running = true;
        this.shown = true;
        this.updateContent();
        this.tell(_t("Adding the first rows…"));
        this.label(_t("Adding…"));
        try {
            await this.addAll();
        } finally {
            this.running = false;
            this.updateContent();
        }
    }

    async addAll() {
        const url = `/shop/quick_order/list/${this.el.dataset.listId}/portion`;
        let choices = this.choices();
        let progress = {left: 1};
        while (progress.left) {
            try {
                progress = await this.waitFor(rpc(url, {choices}, {silent: true}));
            } catch (error) {
                this.tell(
                    _t(
                        "This did not go on. What is added stays in the cart; press the button to continue.",
                    ),
                    true,
                );
                this.label(_t("Continue"));
                throw error;
            }
            this.show(progress);
            if (progress.busy) {
                // another tab is at it: what was chosen here is sent when it is done
                await this.waitFor(
                    new Promise((resolve) => browser.setTimeout(resolve, PAUSE)),
                );
            } else {
                choices = {};
            }
        }
        browser.sessionStorage.setItem(
            "website_sale_cart_quantity",
            progress.cart_quantity,
        );
        // results of all rows, and what can be done next
        browser.location.reload();
    }

    choices() {
        const chosen = {};
        for (const select of this.el.querySelectorAll("select[name^='row_']")) {
            if (select.value) {
                chosen[select.name.slice(4)] = Number(select.value);
            }
        }
        return chosen;
    }

    show(progress) {
        const bar = this.el.querySelector("[role='progressbar']");
        bar.setAttribute("aria-valuenow", progress.percent);
        bar.firstElementChild.style.width = `${progress.percent}%`;
        this.tell(
            _t("%(done)s of %(total)s rows added", {
                done: progress.done.toLocaleString(document.documentElement.lang),
                total: progress.total.toLocaleString(document.documentElement.lang),
            }),
        );
    }

    label(text) {
        this.el.querySelector(".o_quick_list_add").textContent = text;
    }

    tell(text, failed) {
        const place = this.el.querySelector(".o_quick_list_told");
        place.textContent = text;
        place.classList.toggle("text-danger", Boolean(failed));
    }
}

registry
    .category("public.interactions")
    .add("order_entry.quick_order_list", QuickOrderList);
