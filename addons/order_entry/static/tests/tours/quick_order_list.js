import {registry} from "@web/core/registry";

const BAR = ".o_quick_list_form .o_quick_order_bar";

registry.category("web_tour.tours").add("order_entry_quick_list", {
    steps: () => [
        {
            content: "The bar of progress waits until there is some",
            trigger: `${BAR} .o_quick_list_progress:not(:visible)`,
        },
        {
            content: "One row is to choose",
            trigger: "select[name='row_7']",
            run: "selectByLabel Twin B",
        },
        {
            content: "The one button adds all of them, portion by portion",
            trigger: `${BAR} button.o_quick_list_add:contains(Add 6 good rows)`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "All are in the cart, and the page says so",
            trigger: ".alert-success:contains(7 rows are in the cart)",
        },
        {
            content: "What remains is to be mended",
            trigger: ".o_quick_list:contains(One row to mend)",
        },
        {
            content: "Look it up again",
            trigger: "button:contains(Look up again)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content:
                "It is still unknown, and what is in the cart is not offered again",
            trigger: `${BAR}:not(:has(.o_quick_list_add)) a:contains(Go to the cart)`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The number beside the cart is new",
            trigger:
                ".my_cart_quantity:contains(28):not(:visible), .my_cart_quantity:contains(28)",
        },
    ],
});

registry.category("web_tour.tours").add("order_entry_quick_list_resume", {
    steps: () => [
        {
            content: "Some rows were added before the page was left",
            trigger: `${BAR} .o_quick_list_told:contains(2 of 6 rows added)`,
        },
        {
            content: "It goes on",
            trigger: `${BAR} button.o_quick_list_add:contains(Continue)`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "To the end",
            trigger: ".alert-success:contains(6 rows are in the cart)",
        },
    ],
});
