import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("order_prebook_cart", {
    steps: () => [
        {
            content: "the clock runs",
            trigger: ".o_prebook_countdown:contains('0:00:')",
            // it shows the cart anew when it stops
            run: () => undefined,
            expectUnloadPage: true,
            timeout: 40000,
        },
        {
            content: "at zero the goods leave the cart by themselves, and he is told",
            trigger:
                ".alert-warning:contains('no longer in your cart'):contains('Prebook Tulip')",
        },
        {
            content: "the rest stays",
            trigger:
                "#cart_products:contains('Prebook Vase'):not(:contains('Prebook Tulip'))",
        },
        {
            content: "no clock any more",
            trigger: "body:not(:has(.o_prebook_countdown))",
        },
    ],
});
