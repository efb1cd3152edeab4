import {registry} from "@web/core/registry";

const FORM = "form.o_quick_order";
const row = (name) => `${FORM} .o_quick_order_row:has(a:contains(${name}))`;
const box = (name) => `${row(name)} .o_quick_order_qty`;

registry.category("web_tour.tours").add("order_entry_quick_order", {
    steps: () => [
        {
            content: "The form counts what is filled in",
            trigger: `${FORM} .o_quick_order_count:contains(No box filled yet)`,
        },
        {
            content: "The button is in sight wherever the page is",
            trigger: `${FORM} .o_quick_order_bar`,
            run({anchor}) {
                if (anchor.getBoundingClientRect().bottom > window.innerHeight + 1) {
                    throw new Error("The bar is below the page");
                }
            },
        },
        {
            content: "Pens",
            trigger: box("Quick Pen"),
            run: "edit 12",
        },
        {
            content: "The price of that quantity",
            trigger: `${row("Quick Pen")} .o_quick_order_unit_price:contains(1.50)`,
        },
        {
            content: "Enter leads to the next box",
            trigger: box("Quick Pen"),
            run: "press Enter",
        },
        {
            content: "Which has the focus, and nothing was sent",
            trigger: `${FORM}:not(:has(.alert))`,
            run() {
                const boxes = [...document.querySelectorAll(".o_quick_order_qty")];
                const pen = document.querySelector(
                    "input[aria-describedby]:focus.o_quick_order_qty",
                );
                if (!pen || boxes.indexOf(pen) < 1) {
                    throw new Error("The next box has no focus");
                }
            },
        },
        ...["Quick Cup", "Quick Bag", "Quick Tin", "Quick Flag"].map((name) => ({
            content: name,
            trigger: box(name),
            run: "edit 2",
        })),
        {
            content: "More lamps than allowed",
            trigger: box("Quick Lamp"),
            run: "edit 60",
        },
        {
            content: "All are counted",
            trigger: `${FORM} .o_quick_order_count:contains(6 of 6 boxes filled)`,
        },
        {
            content: "The one button",
            trigger: `${FORM} button[type='submit']`,
            run: "click",
        },
        {
            content: "What could not be added is named above the form",
            trigger: `${FORM} #quick_order_errors[role='alert'] a:contains(Quick Lamp)`,
        },
        {
            content: "And marked in its place, its quantity kept",
            trigger: `${row("Quick Lamp")} .o_quick_order_tell:contains(At most 50, we are short)`,
        },
        {
            content: "The box itself is marked",
            trigger: `${box("Quick Lamp")}[aria-invalid='true']`,
        },
        {
            content: "The others are in the cart",
            trigger: `${FORM} .alert-success:contains(5 products were added)`,
        },
        {
            content: "Their boxes are empty again",
            trigger: `${row("Quick Pen")} .o_quick_order_in_cart:contains(12 Units in the cart)`,
        },
        {
            content: "The number beside the cart",
            trigger:
                ".my_cart_quantity:not(:visible):contains(20), .my_cart_quantity:contains(20)",
        },
        {
            content: "Mend it",
            trigger: box("Quick Lamp"),
            run: "edit 50",
        },
        {
            content: "The mark goes as soon as it is changed",
            trigger: `${FORM}:not(:has([aria-invalid]))`,
        },
        {
            content: "Again",
            trigger: `${FORM} button[type='submit']`,
            run: "click",
        },
        {
            content: "Now it is added",
            trigger: `${FORM}:not(:has(#quick_order_errors)) .alert-success:contains(One product was added)`,
        },
        {
            content: "To the cart",
            trigger: `${FORM} .alert-success a`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "All six are there",
            trigger: "#shop_cart .o_cart_product:contains(Quick Lamp)",
        },
    ],
});
