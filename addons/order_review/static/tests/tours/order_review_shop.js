import {registry} from "@web/core/registry";
import * as tourUtils from "@website_sale/js/tours/tour_utils";

const BUTTON = "a[name='website_sale_main_button']";

registry.category("web_tour.tours").add("order_review_shop", {
    steps: () => [
        {
            content: "The limit is told at the quantity box",
            trigger: "#o_review_limits:contains(At most 50 per order)",
        },
        {
            content: "Ask for too many",
            trigger: "input[name='add_qty']",
            run: "edit 60",
        },
        {
            content: "Add them to the cart",
            trigger: "#add_to_cart",
            run: "click",
        },
        {
            content: "The shop says at once that these are too many",
            trigger: ".toast:contains(at most 50 per order, 60 asked)",
        },
        tourUtils.goToCart({quantity: 60}),
        {
            content: "The box names what is wrong",
            trigger: "#order_review_box:contains(at most 50 per order, 60 asked)",
        },
        {
            content: "The button cannot be used",
            trigger: `${BUTTON}.disabled[aria-disabled='true']:not([href])`,
        },
        {
            content: "Beside it stands why",
            trigger: ".o_review_next_step:contains(as soon as you have changed)",
        },
        {
            content: "The box leads to the line",
            trigger: "#order_review_box a:contains(Go to the line)",
            run: "click",
        },
        {
            content: "The line is marked",
            trigger: ".o_cart_product .o_review_line:contains(To change)",
        },
        {
            content: "Another page of the checkout",
            trigger: "#shop_cart",
            run() {
                window.location = "/shop/checkout";
            },
            expectUnloadPage: true,
        },
        {
            content: "Names it as well",
            trigger: "#order_review_box:contains(at most 50 per order, 60 asked)",
        },
        {
            content: "The delivery is chosen and its price known",
            trigger: "input[name='o_delivery_radio']:checked",
        },
        tourUtils.waitForInteractionToLoad(),
        {
            content: "The button still cannot be used",
            trigger: `${BUTTON}.disabled[aria-disabled='true']:not([href])`,
        },
        {
            content: "The link of the box goes back to the line",
            trigger: "#order_review_box a:contains(Go to the line)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Ask for fewer",
            trigger: ".o_cart_product input.js_quantity",
            run: "edit 40 && click body",
        },
        {
            content: "The box is gone",
            trigger: "#shop_cart:not(:has(#order_review_box))",
        },
        {
            content: "The button works again",
            trigger: `${BUTTON}[href]:not(.disabled):not([aria-disabled])`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The page of the addresses says nothing",
            trigger: "#shop_checkout, #delivery_method",
        },
        tourUtils.confirmOrder(),
        {
            content: "Nor does the page of the payment",
            trigger: "#wrap:not(:has(#order_review_box)) #payment_method",
        },
        ...tourUtils.pay({expectUnloadPage: true, waitFinalizeYourPayment: true}),
        {
            content: "The order is placed",
            trigger: "h3:contains(Thank you for your order)",
        },
        {
            content: "And is not being checked",
            trigger: "#wrap:not(:has(.o_review_received))",
        },
    ],
});
