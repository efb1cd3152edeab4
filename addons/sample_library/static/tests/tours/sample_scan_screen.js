import {
    DONE,
    DORA,
    NOTHING_WAITS,
    answer,
    check,
    cut,
    listed,
    meanwhile,
    mend,
    mode,
    says,
    scan,
    scanInto,
    swallow,
    type,
    waiting,
} from "./scan_steps";
import {patience} from "@sample_library/scan/scan_trouble";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sample_scan_fields", {
    steps: () => [
        scanInto(".o_sample_input", "SAMPLE-DORA", "Tab"),
        DORA,
        {
            content: "say what it is for",
            trigger: ".o_sample_project",
            run: "edit Hotel Lobby",
        },
        scanInto(".o_sample_project", "TOUR-1"),
        answer("success", "Lent", "Tour 1"),
        scanInto(".o_sample_project", "TOUR-2", "Tab"),
        answer("success", "Lent", "Tour 2"),
        check(
            "the project is as it was typed",
            () => document.querySelector(".o_sample_project").value === "Hotel Lobby",
        ),
    ],
});

registry.category("web_tour.tours").add("sample_scan_late", {
    steps: () => [
        scan("SAMPLE-DORA"),
        DORA,
        scan("TOUR-1"),
        answer("success", "Lent", "Tour 1"),
        meanwhile("answers get lost", () => cut(true)),
        scan("TOUR-2"),
        waiting(1),
        DONE,
        {
            content: "one on the slip",
            trigger: '.o_sample_slip:contains("Sample Dora"):contains("1 lent")',
        },
        meanwhile("the network is back", () => mend()),
        {
            content: "the late one as well",
            trigger: '.o_sample_slip:contains("Sample Dora"):contains("2 lent")',
        },
        scan("SAMPLE-DIRK"),
        {
            content: "Dirk is here, and the slip out of the way",
            trigger: ".o_sample_scan:has(.o_sample_person):not(:has(.o_sample_slip))",
        },
        scan("TOUR-3"),
        answer("success", "Lent", "Tour 3"),
        DONE,
        {
            content: "two slips",
            trigger: '.o_sample_slip:contains("Sample Dirk"):contains("1 lent")',
        },
        {
            content: "undo what is on one",
            trigger: '.o_sample_entry:contains("Tour 3") .o_sample_undo',
            run: "click",
        },
        {
            content: "the other one stays",
            trigger:
                '.o_sample_scan:not(:has(.o_sample_slip:contains("Sample Dirk"))) .o_sample_slip:contains("2 lent")',
        },
        {content: "close it", trigger: ".o_sample_slip_close", run: "click"},
        {content: "gone", trigger: ".o_sample_scan:not(:has(.o_sample_slip))"},
    ],
});

let before = null;

registry.category("web_tour.tours").add("sample_scan_announced", {
    steps: () => [
        ...type("Sample D"),
        {content: "who is it", trigger: ".o_sample_people button:contains('Dora')"},
        check("the first person has the focus", () =>
            document.activeElement.matches(".o_sample_people button:first-child"),
        ),
        {
            content: "it is Dora",
            trigger: '.o_sample_people button:contains("Sample Dora")',
            run: "click",
        },
        DORA,
        check("the cursor is where tags are typed", () =>
            document.activeElement.matches(".o_sample_input"),
        ),
        scan("TOUR-99"),
        answer("danger", "Unknown tag"),
        {
            content: "what is wrong interrupts",
            trigger: '[role="alert"] .o_sample_message',
            run() {
                before = this.anchor;
            },
        },
        scan("TOUR-99"),
        {
            content: "two lines",
            trigger: '.o_sample_entry:nth-child(2):contains("Unknown tag")',
        },
        {
            content: "and it is said twice",
            trigger: '[role="alert"] .o_sample_message:contains("Unknown tag")',
            run() {
                if (this.anchor === before || before.isConnected) {
                    throw new Error("the same node: nobody hears it again");
                }
            },
        },
        scan("TOUR-1"),
        answer("success", "Lent", "Tour 1"),
        {
            content: "what went well waits for its turn",
            trigger: '[role="status"] .o_sample_message',
        },
        {
            content: "with its photo",
            trigger: '.o_sample_entry:contains("Tour 1") img.o_sample_photo',
            run() {
                return this.anchor.decode();
            },
        },
        mode("find"),
        ...type("tour"),
        {
            content: "there as well, where there is one",
            trigger: '.o_sample_found:contains("TOUR-2") img.o_sample_photo',
            run() {
                if (document.querySelectorAll(".o_sample_found img").length !== 1) {
                    throw new Error("Samples without a photo show one");
                }
                return this.anchor.decode();
            },
        },
    ],
});

registry.category("web_tour.tours").add("sample_scan_library", {
    steps: () => [
        mode("in"),
        meanwhile("no network", () => {
            patience.ms = 300;
            swallow();
        }),
        {
            content: "the other library",
            trigger: ".o_sample_library",
            run: "selectByLabel Sample Atelier Library",
        },
        says("offline", "No network"),
        scan("TOUR-SECOND"),
        waiting(1),
        meanwhile("back", () => {
            patience.ms = 8000;
            mend();
        }),
        NOTHING_WAITS,
        listed(1, "Not lent"),
    ],
});
