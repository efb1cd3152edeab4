import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("order_entry_by_phone", {
    steps: () => [
        {
            content: "Customer service has the customer open",
            trigger: ".o_form_view button[name='action_order_on_behalf']",
            run: "click",
        },
        {
            content: "A quotation in his name opens",
            trigger: ".o_field_widget[name='partner_id'] input:value(Mia Member)",
        },
        {
            content: "Something to order",
            trigger: ".o_field_x2many_list_row_add > a",
            run: "click",
        },
        {
            content: "Choose the product",
            trigger: ".o_field_widget[name='product_template_id'] input",
            run: "edit Review Display",
        },
        {
            trigger:
                ".ui-menu-item a:contains(Review Display), .o-autocomplete--dropdown-item:contains(Review Display)",
            run: "click",
        },
        {
            content: "The line has a price",
            trigger: ".o_selected_row [name='price_unit'] input:value(10.00)",
        },
        ...stepUtils.saveForm(),
        {
            content: "Send it off",
            trigger: "button[name='action_confirm']:not(:disabled)",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(Sales Order)",
        },
    ],
});

registry.category("web_tour.tours").add("order_entry_member_finds_it", {
    steps: () => [
        {
            content: "The newest order of the member",
            trigger: ".o_portal_my_doc_table a:first",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Says who placed it",
            trigger: "#sale_info_table:contains(Placed By):contains(review_csr)",
        },
    ],
});

registry.category("web_tour.tours").add("order_entry_shop_for_another", {
    steps: () => [
        {
            content: "Look for the colleague",
            trigger: "input[name='search'][aria-label]",
            run: "edit Mia",
        },
        {
            trigger: "form[role='search'] button[type='submit'][aria-label]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Order for her",
            trigger: "button[aria-label*='Mia Member']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The banner says for whom",
            trigger: "#o_on_behalf_banner:contains(Mia Member)",
            run() {
                window.location = "/shop?search=Review Display";
            },
            expectUnloadPage: true,
        },
        {
            trigger: ".oe_product_cart a:contains(Review Display)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#add_to_cart",
            run: "click",
        },
        {
            content: "It is in the cart",
            trigger: ".my_cart_quantity:contains(1)",
            run() {
                window.location = "/shop/cart";
            },
            expectUnloadPage: true,
        },
        {
            trigger: "#o_on_behalf_banner:contains(Mia Member)",
        },
        {
            content: "One click ends it",
            trigger: "#o_on_behalf_banner button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#on_behalf_people",
        },
        {
            trigger: "body:not(:has(#o_on_behalf_banner))",
        },
    ],
});
