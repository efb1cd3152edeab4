import {registry} from "@web/core/registry";

function checkOutFirstLine(product, quantity) {
    return [
        {
            content: `open the details of ${product}`,
            trigger: `div[name=prebook_line_ids] .o_data_row:contains('${product}') button[name=action_prebook_check_out]`,
            run: "click",
        },
        {
            content: "the dialog has this line only",
            trigger: `.modal .o_field_widget[name=line_ids]:not(:has(.o_data_row:nth-child(2):not(:empty) .o_data_cell)) .o_data_row:contains('${product}') .o_data_cell[name=quantity]`,
            run: "click",
        },
        {
            content: `take ${quantity} of it`,
            trigger: ".modal .o_data_row .o_field_widget[name=quantity] input",
            run: `edit ${quantity}`,
        },
        {
            content: "check it out",
            trigger: ".modal footer button[name=action_check_out]",
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("order_prebook_checkout", {
    steps: () => [
        {
            content: "the prebook is marked in the list of orders",
            trigger:
                ".o_data_row:contains('PREBOOK-TOUR'):has(.badge:contains('Draft')) .o_data_cell[name=partner_id]",
            run: "click",
        },
        {
            content: "the order says so too",
            trigger: "div[name=prebook_mark] .badge:contains('Draft')",
        },
        {
            content: "open the prebooks of the order",
            trigger: ".nav-link[name=prebooks]",
            run: "click",
        },
        ...checkOutFirstLine("Prebook Tulip", 99),
        {
            content: "more than is booked is refused, with the reason",
            trigger:
                ".modal:contains('99.00 Units cannot be checked out, 10.00 Units are open') button:contains('Close')",
            run: "click",
        },
        {
            content: "back in the dialog: the quantity can be mended",
            trigger:
                "body:not(:has(.o_error_dialog)) .modal .o_data_row .o_data_cell[name=quantity]",
            run: "click",
        },
        {
            content: "take 4",
            trigger: ".modal .o_data_row .o_field_widget[name=quantity] input",
            run: "edit 4",
        },
        {
            content: "check out",
            trigger: ".modal footer button[name=action_check_out]",
            run: "click",
        },
        {
            content: "6 tulips stay open",
            trigger:
                "body:not(:has(.modal)) div[name=prebook_line_ids] .o_data_row:contains('Prebook Tulip') .o_data_cell[name=prebook_qty_open]:contains('6.00')",
        },
        ...checkOutFirstLine("Prebook Tulip", 6),
        {
            content: "the tulips are done, the order is not",
            trigger:
                "body:not(:has(.modal)):has(div[name=prebook_mark] .badge:contains('Draft')) div[name=prebook_line_ids] .o_data_row:contains('Prebook Tulip'):has(.badge:contains('Checked Out'))",
        },
        ...checkOutFirstLine("Prebook Rose", 5),
        {
            content: "now the order is checked out",
            trigger:
                "body:not(:has(.modal)) div[name=prebook_mark] .badge:contains('Checked Out')",
        },
    ],
});

registry.category("web_tour.tours").add("order_prebook_list", {
    steps: () => [
        {
            content: "what arrived is shown",
            trigger:
                ".o_data_row:contains('Prebook Tulip') .o_data_cell[name=prebook_qty_arrived]:contains('10.00')",
        },
        {
            content: "look at the first order",
            trigger: ".o_data_row button[name=action_prebook_open_order]",
            run: "click",
        },
        {
            content: "it shows its prebooks",
            trigger:
                ".o_form_view div[name=prebook_line_ids] .o_data_row:contains('Prebook Tulip')",
        },
        {
            content: "back to the list",
            trigger: ".breadcrumb-item a:contains('Prebook Lines')",
            run: "click",
        },
        {
            content: "select all",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "check them out",
            trigger: ".o_control_panel button[name=action_prebook_check_out]",
            run: "click",
        },
        {
            content: "both orders are in the dialog",
            trigger: ".modal .o_data_row:nth-child(2) .o_data_cell[name=order_id]",
        },
        {
            content: "check out",
            trigger: ".modal footer button[name=action_check_out]",
            run: "click",
        },
        {
            content: "nothing is open any more",
            trigger: "body:not(:has(.modal)) .o_view_nocontent:contains('No prebooks')",
        },
    ],
});
