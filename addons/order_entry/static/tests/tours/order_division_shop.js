import {registry} from "@web/core/registry";
import * as tourUtils from "@website_sale/js/tours/tour_utils";

const BUTTON = "a[name='website_sale_main_button']";

registry.category("web_tour.tours").add("order_division_shop", {
    steps: () => [
        {
            content: "Two displays on the page of boxes",
            trigger:
                "form.o_quick_order .o_quick_order_row:has(a:contains(Counter Display)) " +
                ".o_quick_order_qty",
            run: "edit 2",
        },
        {
            content: "Put all that is filled in into the cart",
            trigger: "form.o_quick_order button[type='submit']:contains(Add to cart)",
            run: "click",
        },
        {
            content: "They are in the cart",
            trigger: "form.o_quick_order .alert-success:contains(added)",
        },
        tourUtils.goToCart({quantity: 2}),
        {
            content: "Choose the region",
            trigger: "#order_division_id",
            run: "selectByLabel Region West",
        },
        {
            content: "Use it",
            trigger: "#order_division_box button:contains(Use)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Twelve stores get two each",
            trigger: "#order_division_totals:contains('Recipients: 12')",
        },
        {
            content: "That makes as many parcels and 24 units",
            trigger:
                "#order_division_totals:contains('parcels: 12'):contains('units in all: 24')",
        },
        {
            content: "One store has no complete address, so it goes no further",
            trigger: "#order_division_problems:contains(Store 007)",
        },
        {
            content: "The button cannot be used",
            trigger: `${BUTTON}.disabled`,
        },
        {
            content: "Agree to skip it",
            trigger: "#order_division_skip",
            run: "click",
        },
        {
            content: "Save that",
            trigger: "#order_division_box button:contains(Save)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Eleven are left",
            trigger:
                "#order_division_totals:contains('Recipients: 11'):contains('units in all: 22')",
        },
        {
            content: "Three for each of them instead",
            trigger: ".o_cart_product input.js_quantity",
            run: "edit 3 && click body",
        },
        {
            content: "The totals follow",
            trigger: "#order_division_totals:contains('units in all: 33')",
        },
        {
            content: "The line says both",
            trigger: ".o_cart_product:contains('in all: 33')",
        },
        {
            content: "Who gets it can be read",
            trigger: "#order_division_box summary",
            run: "click",
        },
        {
            content: "With addresses",
            trigger: "#order_division_box details[open] li:contains(3 Store Street)",
        },
        {
            content: "On to the checkout",
            trigger: `${BUTTON}[href]:not(.disabled)`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The delivery is chosen and its price known",
            trigger: "input[name='o_delivery_radio']:checked",
        },
        tourUtils.waitForInteractionToLoad(),
        tourUtils.confirmOrder(),
        ...tourUtils.pay({expectUnloadPage: true, waitFinalizeYourPayment: true}),
        {
            content: "The order is placed",
            trigger: "h3:contains(Thank you for your order)",
        },
    ],
});
