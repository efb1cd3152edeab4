import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("distributor_feeds_website_cart", {
    steps: () => [
        {
            content: "the page is there, then the distributor has answered",
            trigger: ".alert-warning:contains('The stock has changed')",
        },
        {
            content: "the line says so as well",
            trigger: ".o_line_promise:contains('Only 4 of 6')",
        },
        {
            content: "the change is accepted",
            trigger: ".alert-warning button:contains('Accept the Changes')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it is not asked again",
            trigger:
                "#cart_products:contains('Only 4 of 6'):not(:contains('has changed'))",
        },
        {
            content: "another quantity is another question",
            trigger: "#cart_products a[aria-label='Remove one']:visible",
            run: "click",
        },
        {
            content: "the line follows",
            trigger: ".o_line_promise:contains('Only 4 of 5')",
        },
    ],
});
