import {DORA, NOTHING_WAITS, answer, listed, mode, scan, type} from "./scan_steps";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sample_scan_bag", {
    steps: () => [
        scan("SAMPLE-DORA"),
        DORA,
        {content: "a whole bag", trigger: ".o_sample_bag", run: "click"},
        {
            content: "the bag of the lobby",
            trigger: '.o_sample_kits button:contains("Lobby"):contains("3")',
            run: "click",
        },
        answer("warning", "Bag lent in part", "Lobby", "Not here: Tour Taken"),
        {content: "two are with her", trigger: '.o_sample_has:contains("2")'},
        NOTHING_WAITS,
        {
            content: "what is not here is asked of its distributor",
            trigger: ".o_sample_message .o_sample_request",
            run: "click",
        },
        answer("success", "On the order", "Tour Taken", "Open the order"),
        {
            content: "that was a mistake",
            trigger: '.o_sample_entry:contains("Lobby") .o_sample_undo',
            run: "click",
        },
        answer("info", "Undone", "Lobby"),
        {content: "she has nothing", trigger: '.o_sample_has:contains("0")'},
        // the tag on the bag
        scan("BAG-7"),
        answer("warning", "Bag lent in part", "Lobby"),
        listed(1, "Lobby", "Sample Dora"),
        {content: "two are with her", trigger: '.o_sample_has:contains("2")'},
        mode("find"),
        {
            content: "it is still about her",
            trigger: '.o_sample_asker:contains("Sample Dora")',
        },
        ...type("Tour Taken"),
        {
            content: "it is on the order already",
            trigger: '.o_sample_missing:contains("Tour Taken") .o_sample_request',
            run: "click",
        },
        answer("warning", "On the order already", "Tour Taken"),
        ...type("Alpaca 7"),
        {
            content: "nobody has that",
            trigger: ".o_sample_nothing",
        },
        {content: "in words", trigger: ".o_sample_in_words", run: "click"},
        {
            content: "an order for her, with these words",
            trigger: '.modal .o_field_x2many:contains("Alpaca 7")',
        },
        {
            content: "not now",
            trigger: ".modal .o_form_button_cancel, .modal .btn-close",
            run: "click",
        },
        {
            content: "the screen is there again",
            trigger: "body:not(:has(.modal)) .o_sample_asker",
        },
    ],
});
