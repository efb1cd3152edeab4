import {registry} from "@web/core/registry";

function openDialog(order) {
    return [
        {
            content: "the banner says what is wrong",
            trigger:
                "div[name=review_banner]:contains('at most 10 per order, 11 asked')",
        },
        {
            content: `open the findings of ${order}`,
            trigger: "button[name=action_review_open]",
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("order_review_salesman_asks", {
    steps: () => [
        {
            content: "the order is marked in the list",
            trigger:
                ".o_data_row:contains('REVIEW-TOUR') .badge:contains('Waiting for release')",
        },
        {
            content: "open it",
            trigger:
                ".o_data_row:contains('REVIEW-TOUR') .o_data_cell[name=partner_id]",
            run: "click",
        },
        {
            content: "the banner says what is wrong",
            trigger:
                "div[name=review_banner]:contains('at most 10 per order, 11 asked')",
        },
        {
            content: "try to confirm",
            trigger: ".o_statusbar_buttons button[name=action_review_confirm]:visible",
            run: "click",
        },
        {
            content: "the dialog tells the same",
            trigger:
                ".modal .o_review_findings:contains('at most 10 per order, 11 asked')",
        },
        {
            content: "a salesperson can only ask",
            trigger:
                ".modal:not(:has(button[name=action_decide])):not(:has(button[name=action_decide_confirm])) button[name=action_request]",
            run: "click",
        },
        {
            content: "the order is held, and still a quotation",
            trigger:
                "body:not(:has(.modal)) div[name=review_banner]:contains('held since')",
        },
    ],
});

registry.category("web_tour.tours").add("order_review_manager_releases", {
    steps: () => [
        ...openDialog("the held order"),
        {
            content: "nothing happens without a reason",
            trigger: ".modal button[name=action_decide_confirm]",
            run: "click",
        },
        {
            content: "the reason is asked for",
            trigger: ".modal .o_field_invalid[name=reason]",
        },
        {
            content: "give it",
            trigger: ".modal [name=reason] textarea",
            run: "edit They open a new shop",
        },
        {
            content: "allow",
            trigger: ".modal button[name=action_decide_confirm]",
            run: "click",
        },
        {
            content: "the order is confirmed",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains('Sales Order')",
        },
        {
            content: "its page of decisions",
            trigger: ".nav-link[name=review]",
            run: "click",
        },
        {
            content: "who decided, and why",
            trigger:
                "div[name=review_decision_ids] .o_data_row:contains('They open a new shop'):contains('Released')",
        },
        {
            content: "open the menu",
            trigger: ".o_menu_sections button:contains('Review')",
            run: "click",
        },
        {
            content: "the list of all decisions",
            trigger: ".dropdown-item:contains('Decisions')",
            run: "click",
        },
        {
            content: "has it too",
            trigger:
                ".o_list_view .o_data_row:contains('They open a new shop'):contains('Released')",
        },
    ],
});

registry.category("web_tour.tours").add("order_review_several_confirmed", {
    steps: () => [
        {
            content: "select all",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "confirm them",
            trigger: ".o_control_panel button[name=action_review_confirm]",
            run: "click",
        },
        {
            content: "what is held is named with the reason",
            trigger:
                ".o_notification.text-prewrap:contains('1 orders confirmed.'):contains('cannot be confirmed'):contains('at most 10 per order, 11 asked')",
        },
    ],
});
