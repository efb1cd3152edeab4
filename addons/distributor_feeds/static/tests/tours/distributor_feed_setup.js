import {registry} from "@web/core/registry";

const SAMPLE = "Article;Qty;Cost\nT1;5;10,50\nT2;many;20,00\n";

registry.category("web_tour.tours").add("distributor_feed_setup", {
    steps: () => [
        {
            content: "start from the dashboard",
            trigger:
                ".o_control_panel button:contains('Set Up from a Sample File'), .o_view_nocontent a:contains('Set Up from a Sample File')",
            run: "click",
        },
        {
            content: "choose the file",
            trigger: ".o_field_widget[name=file] input[type=file]:not(:visible)",
            async run({anchor}) {
                const transfer = new DataTransfer();
                transfer.items.add(new File([SAMPLE], "tour.csv", {type: "text/csv"}));
                anchor.files = transfer.files;
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "it is there",
            trigger: ".o_field_widget[name=file] input[type=text]:value(tour.csv)",
        },
        {
            content: "have it read",
            trigger: "button[name=action_read]",
            run: "click",
        },
        {
            content: "the first rows are shown, one of them is red",
            trigger:
                "[name=preview]:contains('1 of the first 2 rows'):has(tr.table-danger:contains('many')):contains('10.5')",
        },
        {
            content: "a wrong delimiter is told at once",
            trigger: ".o_field_widget[name=delimiter] input",
            run: "edit |",
        },
        {
            content: "elsewhere",
            trigger:
                ".o_field_widget[name=record_path] input, .o_field_widget[name=units] input",
            run: "click",
        },
        {
            content: "nothing fits any more",
            trigger: "[name=preview] .alert-danger",
        },
        {
            content: "the right one again",
            trigger: ".o_field_widget[name=delimiter] input",
            run: "edit ;",
        },
        {
            content: "elsewhere again",
            trigger: ".o_field_widget[name=units] input",
            run: "click",
        },
        {
            content: "all is as before",
            trigger: "[name=preview]:contains('1 of the first 2 rows')",
        },
        {
            content: "whose file it is",
            trigger: ".o_field_widget[name=distributor_id] input",
            run: "edit Borealis IT",
        },
        {
            content: "choose the partner",
            trigger: ".o-autocomplete--dropdown-item:contains('Borealis IT')",
            run: "click",
        },
        {
            content: "the account is found",
            trigger: ".o_field_widget[name=account_id] input:value(Borealis IT)",
        },
        {
            content: "save",
            trigger: "button[name=action_save]",
            run: "click",
        },
        {
            content: "the feed is there, with its name",
            trigger:
                ".o_form_view:has(button[name=action_set_up]) .o_field_widget[name=name] :value(tour)",
        },
    ],
});
