import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("order_division_back_office", {
    steps: () => [
        {
            content: "What confirming would do is said at the top",
            trigger:
                "div[name='division_banner']:contains('Recipients: 3, parcels: 3')",
        },
        {
            content: "And what stands against it",
            trigger: "div[name='division_banner']:contains(Store 002)",
        },
        {
            content: "Skip the one without address",
            trigger: "button[name='action_division_skip']",
            run: "click",
        },
        {
            content: "Agree",
            trigger: ".modal button:contains(Ok)",
            run: "click",
        },
        {
            content: "Two are left",
            trigger:
                "div[name='division_banner']:contains('Recipients: 2, parcels: 2')",
        },
        {
            content: "Confirm",
            trigger:
                ".o_statusbar_buttons button:is([name='action_confirm'], " +
                "[name='action_review_confirm'])",
            run: "click",
        },
        {
            content: "Look at the recipients",
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(Sales Order)",
        },
        {
            content: "Open their page",
            trigger: "a[name='division_recipients']",
            run: "click",
        },
        {
            content: "Both deliveries were made, one was skipped",
            trigger: "div[name='division_progress'], .o_field_progressbar",
        },
        {
            content: "Take the first one out",
            trigger: "tr:contains(Store 001) button[name='action_take_out']",
            run: "click",
        },
        {
            content: "Agree",
            trigger: ".modal button:contains(Ok)",
            run: "click",
        },
        {
            content: "His delivery is cancelled",
            trigger: "tr:contains(Store 001):contains(Cancelled)",
        },
        {
            content: "The other one stays",
            trigger: "tr:contains(Store 003):contains(Ready)",
        },
    ],
});
