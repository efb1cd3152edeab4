import {registry} from "@web/core/registry";

/** What a person would have been told: addresses, names, the sample file. */
function told() {
    return JSON.parse(sessionStorage.getItem("distributor_feeds_story"));
}

function field(name) {
    return `.o_field_widget[name=${name}]`;
}

function typed(name, value = name) {
    return {
        content: `type the ${name}`,
        trigger: `${field(name)} input, ${field(name)} textarea`,
        run: (helpers) => helpers.edit(told()[value]),
    };
}

const TOURS = registry.category("web_tour.tours");

TOURS.add("distributor_feeds_story_set_up", {
    steps: () => [
        {
            content: "start from the dashboard",
            trigger:
                ".o_control_panel button:contains('Set Up from a Sample File'), .o_view_nocontent a:contains('Set Up from a Sample File')",
            run: "click",
        },
        {
            content: "choose the distributor's sample file",
            trigger: `${field("file")} input[type=file]:not(:visible)`,
            run({anchor}) {
                const transfer = new DataTransfer();
                transfer.items.add(
                    new File([told().sample], "items.csv", {type: "text/csv"}),
                );
                anchor.files = transfer.files;
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            trigger: `${field("file")} input[type=text]:value(items.csv)`,
        },
        {
            trigger: "button[name=action_read]",
            run: "click",
        },
        {
            content: "what was guessed is right: the first rows can all be used",
            trigger: "[name=preview] table:not(:has(tr.table-danger))",
        },
        {
            trigger: `${field("distributor_id")} input`,
            run: "edit Borealis IT",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Borealis IT')",
            run: "click",
        },
        {
            trigger: `${field("account_id")} input:value(Borealis IT)`,
        },
        {
            trigger: "button[name=action_save]",
            run: "click",
        },
        {
            content: "the feed is there: it is to come by SFTP",
            trigger: `.o_form_view:has(button[name=action_set_up]) ${field("method")} input`,
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains('SFTP')",
            run: "click",
        },
        typed("host"),
        typed("port"),
        typed("path"),
        typed("username"),
        typed("password"),
        {
            content: "save; the server has to show who it is",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: "button[name=action_ask_host_key]:visible",
            run: "click",
        },
        {
            trigger: `.modal ${field("compared")} input`,
            run: "click",
        },
        {
            trigger: ".modal button[name=action_trust]",
            run: "click",
        },
        {
            content: "now it can be fetched",
            trigger: "button[name=action_fetch]:visible",
        },
    ],
});

TOURS.add("distributor_feeds_story_fetch", {
    steps: () => [
        {
            trigger: "button[name=action_test_connection]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains('items.csv')",
        },
        {
            trigger: "button[name=action_fetch]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains('being fetched')",
        },
    ],
});

TOURS.add("distributor_feeds_story_shop", {
    steps: () => [
        {
            content: "the page says what the distributor has",
            trigger: "#product_detail:contains('ready to ship from')",
        },
        {
            trigger: "#add_to_cart",
            run: "click",
        },
        {
            content: "it is in the cart",
            trigger: ".my_cart_quantity:contains('1')",
        },
    ],
});

TOURS.add("distributor_feeds_story_cart", {
    steps: () => [
        {
            content: "the cart is there, whatever became of the distributor",
            trigger: ".o_line_promise:contains('eady to ship on')",
        },
        {
            trigger: "#cart_products:not(:contains('has changed'))",
        },
    ],
});

TOURS.add("distributor_feeds_story_held", {
    steps: () => [
        {
            content: "why the file is held",
            trigger: ".alert-danger:contains('move by too much')",
        },
        {
            trigger: "button[name=action_release]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains('Waiting')",
        },
    ],
});

TOURS.add("distributor_feeds_story_back", {
    steps: () => [
        {
            trigger: "button[name=action_go_back]",
            run: "click",
        },
        {
            content: "what it would do is told first",
            trigger: `.modal ${field("later_count")}:contains('1')`,
        },
        {
            trigger: ".modal button[name=action_go_back]",
            run: "click",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_go_back]:visible))",
        },
    ],
});
