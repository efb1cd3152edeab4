import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("order_prebook_portal", {
    steps: () => [
        {
            content: "the customer sees what he booked",
            trigger:
                "#prebook_list:contains('Prebook Tulip'):contains('10.00 Units open')",
        },
        {
            content: "he wants 4 now",
            trigger: "#prebook_list input[name=quantity]",
            run: "edit 4",
        },
        {
            content: "check out",
            trigger: "#prebook_list form[action*=check-out] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "he is thanked, 6 stay open",
            trigger:
                ".alert-success:contains('We will send') ~ #prebook_list:contains('6.00 Units open')",
        },
        {
            content: "the rest is not wanted any more",
            trigger: "#prebook_list summary",
            run: "click",
        },
        {
            content: "cancel it",
            trigger: "#prebook_list form[action*=cancel] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "nothing is open",
            trigger:
                ".alert-success:contains('was cancelled') ~ .alert:contains('There are no prebooks')",
        },
    ],
});
