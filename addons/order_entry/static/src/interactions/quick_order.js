import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/**
 * The order form without loading the page again.  Without this it works as well: it is
 * a plain form, and the server says the same.
 */
export class QuickOrder extends Interaction {
    static selector = "form.o_quick_order";
    dynamicContent = {
        _root: {"t-on-submit.prevent": this.onSubmit},
        ".o_quick_order_qty": {
            "t-on-input": this.onInput,
            "t-on-keydown": this.onKeydown,
        },
        ".o_quick_order_uom": {"t-on-change": this.onInput},
        "button[type='submit']": {"t-att-disabled": () => this.busy},
    };

    setup() {
        this.busy = false;
        // in a cart for a division a quantity is what each of them gets
        this.recipients = Number(this.el.dataset.recipients) || 1;
    }

    start() {
        this.boxes = [...this.el.querySelectorAll(".o_quick_order_qty")];
        for (const box of this.filled) {
            this.showPrice(box.closest(".o_quick_order_row"));
        }
        this.count();
    }

    // --- Typing ---------------------------------------------------------------

    onInput(ev) {
        const row = ev.currentTarget.closest(".o_quick_order_row");
        this.mark(row, "", "");
        this.showPrice(row);
        this.count();
    }

    /**
     * Enter leads on, as in a list of figures; with Ctrl it sends the form.
     */
    onKeydown(ev) {
        if (ev.key !== "Enter") {
            return;
        }
        ev.preventDefault();
        if (ev.ctrlKey || ev.metaKey) {
            this.el.requestSubmit();
            return;
        }
        const next = this.boxes[this.boxes.indexOf(ev.currentTarget) + 1];
        (next || this.el.querySelector("button[type='submit']")).focus();
        next?.select();
    }

    get filled() {
        return this.boxes.filter((box) => box.value.trim());
    }

    count() {
        const filled = this.filled.length;
        const text = filled
            ? _t("%(filled)s of %(all)s boxes filled", {
                  filled,
                  all: this.boxes.length,
              })
            : _t("No box filled yet");
        this.el.querySelector(".o_quick_order_count").textContent = text;
    }

    /**
     * Show the price that holds for the quantity in the box.
     */
    showPrice(row) {
        const prices = JSON.parse(row.dataset.prices || "{}");
        const uom = row.querySelector(".o_quick_order_uom")?.value;
        const table = uom ? prices[uom] : Object.values(prices)[0];
        const price = row.querySelector(".o_quick_order_unit_price");
        if (!table?.length || !price) {
            return;
        }
        const text = row.querySelector(".o_quick_order_qty")?.value.trim() || "";
        // only what is surely a number; the server reads all that people write
        const share = /^\d+$/.test(text) ? Number(text) : 1;
        const quantity = share * this.recipients;
        const steps = table.filter((step) => step[0] <= quantity);
        price.textContent = (steps.at(-1) || table[0])[2];
        for (const el of row.querySelectorAll(".o_quick_order_step")) {
            const from = Number(el.dataset.from);
            el.classList.toggle(
                "o_quick_order_step_on",
                steps.length > 1 && from === steps.at(-1)[0],
            );
        }
    }

    // --- Sending --------------------------------------------------------------

    async onSubmit() {
        const boxes = this.filled.map((box) => {
            const row = box.closest(".o_quick_order_row");
            return {
                key: row.dataset.key,
                product_id: Number(row.dataset.key),
                quantity: box.value,
                uom_id: Number(row.querySelector(".o_quick_order_uom")?.value || 0),
            };
        });
        if (!boxes.length) {
            this.summarize([], 0, true);
            return;
        }
        if (this.busy) {
            return;
        }
        this.busy = true;
        this.updateContent();
        const answer = await this.send(boxes);
        if (answer.login) {
            window.location = answer.login;
            return;
        }
        this.show(answer);
    }

    async send(boxes) {
        try {
            return await this.waitFor(rpc("/shop/quick_order/add", {boxes}));
        } finally {
            this.busy = false;
            this.updateContent();
        }
    }

    show(answer) {
        const bad = [];
        let added = 0;
        for (const [key, box] of Object.entries(answer.boxes)) {
            const row = this.el.querySelector(
                `.o_quick_order_row[data-key="${CSS.escape(key)}"]`,
            );
            const input = row.querySelector(".o_quick_order_qty");
            if (box.reason) {
                bad.push({key, input, name: this.name(row), reason: box.reason});
                this.mark(row, box.reason, "");
            } else {
                added += 1;
                input.value = "";
                this.mark(row, "", `${this.added(box.added)} ${box.note}`.trim());
            }
            const inCart = row.querySelector(".o_quick_order_in_cart");
            inCart.textContent = box.in_cart
                ? _t("%(quantity)s in the cart", {quantity: box.in_cart})
                : "";
            inCart.classList.toggle("d-none", !box.in_cart);
            this.showPrice(row);
        }
        this.count();
        this.summarize(bad, added, false);
        this.showCartQuantity(answer.cart_quantity);
        const info = answer.notification_info;
        // it would cover the list of what is to be mended
        if (info.lines && !bad.length) {
            this.services.cartNotificationService.add(
                _t("Item(s) added to your cart"),
                {
                    lines: info.lines,
                    currency_id: info.currency_id,
                },
            );
        }
    }

    added(quantity) {
        if (this.recipients === 1) {
            return _t("%(quantity)s added.", {quantity});
        }
        return _t("%(quantity)s added for each of %(recipients)s recipients.", {
            quantity,
            recipients: this.recipients,
        });
    }

    showCartQuantity(quantity) {
        browser.sessionStorage.setItem("website_sale_cart_quantity", quantity);
        for (const el of document.querySelectorAll(".my_cart_quantity")) {
            el.textContent = quantity;
            el.classList.toggle("d-none", !quantity);
            el.closest("li.o_wsale_my_cart")?.classList.toggle("d-none", !quantity);
        }
    }

    name(row) {
        return row.querySelector(".o_quick_order_name a").textContent.trim();
    }

    mark(row, reason, note) {
        const input = row.querySelector(".o_quick_order_qty");
        const tell = row.querySelector(".o_quick_order_tell");
        row.classList.toggle("o_quick_order_bad", Boolean(reason));
        input.classList.toggle("is-invalid", Boolean(reason));
        if (reason) {
            input.setAttribute("aria-invalid", "true");
        } else {
            input.removeAttribute("aria-invalid");
        }
        tell.classList.toggle("text-danger", Boolean(reason));
        tell.replaceChildren();
        if (reason || note) {
            const icon = document.createElement("i");
            icon.className = reason ? "fa fa-times-circle" : "fa fa-check text-success";
            icon.setAttribute("aria-hidden", "true");
            tell.append(icon, ` ${reason || note}`);
        }
    }

    /**
     * Say above the form what became of it, with links to the boxes to mend.
     */
    summarize(bad, added, empty) {
        const place = this.el.querySelector(".o_quick_order_summary");
        place.replaceChildren();
        if (bad.length) {
            const box = this.alert("danger", "alert");
            box.id = "quick_order_errors";
            const title = document.createElement("b");
            title.textContent =
                bad.length === 1
                    ? _t("One box could not be added:")
                    : _t("%(count)s boxes could not be added:", {count: bad.length});
            const list = document.createElement("ul");
            list.className = "mb-0";
            for (const one of bad) {
                const item = document.createElement("li");
                const link = document.createElement("a");
                link.href = `#${one.input.id}`;
                link.className = "alert-link";
                link.textContent = one.name;
                item.append(link, `: ${one.reason}`);
                list.append(item);
            }
            box.append(title, list);
            place.append(box);
        }
        if (added) {
            const box = this.alert("success", "status");
            const link = document.createElement("a");
            link.href = "/shop/cart";
            link.className = "alert-link";
            link.textContent = _t("Go to the cart");
            const text =
                added === 1
                    ? _t("One product was added.")
                    : _t("%(count)s products were added.", {count: added});
            box.append(text, " ", link);
            place.append(box);
        }
        if (empty) {
            const box = this.alert("info", "status");
            box.textContent = _t(
                "All boxes are empty: fill in the quantities you want.",
            );
            place.append(box);
        }
        if (bad.length) {
            bad[0].input.focus();
            bad[0].input.select();
        }
    }

    alert(level, role) {
        const box = document.createElement("div");
        box.className = `alert alert-${level}`;
        box.setAttribute("role", role);
        return box;
    }
}

registry.category("public.interactions").add("order_entry.quick_order", QuickOrder);
