import {
    NOTHING_WAITS,
    answer,
    cut,
    listed,
    mend,
    mode,
    scan,
    type,
    waiting,
} from "./scan_steps";
import {registry} from "@web/core/registry";

const FIVE = [1, 2, 3, 4, 5].map((number) => `TOUR-${number}`);

registry.category("web_tour.tours").add("sample_scan", {
    steps: () => [
        scan("NOBODY-7"),
        answer("danger", "Nobody found", "NOBODY-7"),
        scan("SAMPLE-DORA"),
        {
            content: "the badge is known",
            trigger: '.o_sample_person:contains("Sample Dora"):contains("Has 0")',
        },
        ...FIVE.flatMap((code, index) => [
            scan(code),
            answer("success", "Lent", `Tour ${index + 1}`),
        ]),
        {
            content: "five are with her",
            trigger: '.o_sample_has:contains("5")',
        },
        scan("TOUR-1"),
        answer("warning", "Scanned already", "Sample Dora"),
        scan("TOUR-TAKEN"),
        answer("danger", "Lent already", "Sample Dirk"),
        scan("TOUR-THEIRS"),
        answer("danger", "Another library"),
        scan("TOUR-99"),
        answer("danger", "Unknown tag"),
        scan("01095011015300042112"),
        answer("danger", "Not a tag", "check digit"),
        ...type("TOUR-6"),
        answer("success", "Lent", "Tour 6"),
        {
            content: "that one was a mistake",
            trigger: '.o_sample_entry:contains("Tour 6") .o_sample_undo',
            run: "click",
        },
        answer("info", "Undone", "Tour 6"),
        {
            content: "it is crossed out",
            trigger:
                '.o_sample_entry:contains("Tour 6"):contains("Undone"):not(:has(.o_sample_undo))',
        },
        {content: "done", trigger: ".o_sample_done", run: "click"},
        {
            content: "the slip can be mailed",
            trigger:
                '.o_sample_slip:contains("Sample Dora"):contains("5") .o_sample_slip_mail',
        },
        mode("in"),
        ...FIVE.flatMap((code, index) => [
            scan(code),
            answer("success", "Returned", `Tour ${index + 1}`, "Bin 1"),
        ]),
        scan("TOUR-1"),
        answer("warning", "Not lent", "Bin 1"),
        mode("find"),
        ...type("tour"),
        {
            content: "all are found, with place and borrower",
            trigger:
                '.o_sample_found:contains("TOUR-5"):contains("Bin 1"):contains("Sample Dirk")',
        },
        ...type("plaid"),
        {content: "nothing of that", trigger: ".o_sample_nothing"},
    ],
});

registry.category("web_tour.tours").add("sample_scan_by_name", {
    steps: () => [
        ...type("Sample D"),
        {
            content: "choose a person by name",
            trigger: '.o_sample_people button:contains("Sample Dora")',
            run: "click",
        },
        {
            content: "say what it is for",
            trigger: ".o_sample_project",
            run: "edit Hotel Lobby",
        },
        scan("TOUR-1"),
        answer("success", "Lent", "Tour 1"),
        {content: "done", trigger: ".o_sample_done", run: "click"},
        {
            content: "mail the slip",
            trigger: ".o_sample_slip_mail",
            run: "click",
        },
        {
            content: "it is on its way",
            trigger: '.o_notification:contains("on its way")',
        },
    ],
});

registry.category("web_tour.tours").add("sample_scan_dropped", {
    steps: () => [
        scan("SAMPLE-DORA"),
        {
            content: "Dora is here",
            trigger: '.o_sample_person:contains("Sample Dora")',
        },
        scan("TOUR-1"),
        answer("success", "Lent", "Tour 1"),
        {
            content: "answers get lost on their way back",
            trigger: ".o_sample_scan",
            run: () => cut(true),
        },
        scan("TOUR-2"),
        waiting(1),
        {
            content: "now nothing gets through",
            trigger: ".o_sample_scan",
            run: () => cut(false),
        },
        scan("TOUR-3"),
        waiting(2),
        scan("TOUR-TAKEN"),
        waiting(3),
        scan("TOUR-4"),
        waiting(4),
        {
            content: "one was a mistake: it is not sent at all",
            trigger: '.o_sample_entry:contains("TOUR-4") .o_sample_undo',
            run: "click",
        },
        waiting(3),
        scan("TOUR-2"),
        waiting(4),
        listed(1, "TOUR-2", "Waiting"),
        {
            content: "the network is back",
            trigger: ".o_sample_scan",
            run: () => mend(),
        },
        NOTHING_WAITS,
        listed(1, "Tour 2", "Scanned already"),
        listed(2, "TOUR-4", "Undone"),
        listed(3, "Tour Taken", "Lent already", "Sample Dirk"),
        listed(4, "Tour 3", "Lent"),
        listed(5, "Tour 2", "Lent"),
        {
            content: "the next visitor comes while the network is gone again",
            trigger: ".o_sample_done",
            run: "click",
        },
        {
            content: "cut it",
            trigger: ".o_sample_scan:not(:has(.o_sample_person))",
            run: () => cut(false),
        },
        scan("SAMPLE-DIRK"),
        waiting(1),
        scan("TOUR-5"),
        waiting(2),
        {
            content: "the page is loaded again",
            trigger: ".o_sample_scan",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        NOTHING_WAITS,
        listed(1, "Tour 5", "Lent", "Sample Dirk"),
        {
            content: "what was lent without a network is on a slip",
            trigger: '.o_sample_slip:contains("Sample Dirk"):contains("1 lent")',
        },
        mode("in"),
        {
            content: "taking back, without a network",
            trigger: ".o_sample_mode_in.btn-primary",
            run: () => cut(true),
        },
        scan("TOUR-3"),
        waiting(1),
        scan("TOUR-3"),
        waiting(2),
        {
            content: "the network is back",
            trigger: ".o_sample_scan",
            run: () => mend(),
        },
        NOTHING_WAITS,
        listed(1, "Tour 3", "Not lent"),
        listed(2, "Tour 3", "Returned"),
    ],
});
