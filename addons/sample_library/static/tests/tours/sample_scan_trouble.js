import {
    DORA,
    NOTHING_WAITS,
    answer,
    beSomebodyElse,
    check,
    failWith,
    listed,
    meanwhile,
    mend,
    mode,
    says,
    scan,
    swallow,
    type,
    waiting,
} from "./scan_steps";
import {patience} from "@sample_library/scan/scan_trouble";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sample_scan_trouble", {
    steps: () => [
        scan("SAMPLE-DORA"),
        DORA,
        meanwhile("the session ends", () =>
            failWith("odoo.http.SessionExpiredException", "Session expired"),
        ),
        scan("TOUR-1"),
        waiting(1, "logged_out"),
        says("logged_out", "You are logged out", "Next try in"),
        {
            content: "log in, in another tab",
            trigger: '.o_sample_login[target="_blank"][href^="/web/login"]',
        },
        meanwhile("logged in", () => mend()),
        NOTHING_WAITS,
        listed(1, "Tour 1", "Lent"),

        meanwhile("somebody else logs in", () => beSomebodyElse()),
        scan("TOUR-2"),
        waiting(1, "other_user"),
        says("other_user", "Somebody else is logged in", "sample_clerk"),
        {
            content: "the other one logs out first",
            trigger: '.o_sample_login[href^="/web/session/logout"]',
        },
        meanwhile("the clerk is back", () => mend()),
        NOTHING_WAITS,
        listed(1, "Tour 2", "Lent"),

        meanwhile("the database is restarted", () =>
            failWith("psycopg2.OperationalError", "terminating connection"),
        ),
        scan("TOUR-3"),
        waiting(1, "server"),
        says("server", "The server has a problem", "terminating connection"),
        meanwhile("it is there again", () => mend()),
        NOTHING_WAITS,
        listed(1, "Tour 3", "Lent"),

        meanwhile("the network swallows all", () => {
            patience.ms = 300;
            swallow();
        }),
        scan("TOUR-4"),
        waiting(1),
        meanwhile("it is mended", () => {
            patience.ms = 8000;
            mend();
        }),
        NOTHING_WAITS,
        listed(1, "Tour 4", "Lent"),

        mode("find"),
        meanwhile("no network", () => {
            patience.ms = 300;
            swallow();
        }),
        ...type("tour"),
        says("offline", "No network"),
        meanwhile("back, and nothing waits that would show it", () => {
            patience.ms = 8000;
            mend();
        }),
        NOTHING_WAITS,
    ],
});

registry.category("web_tour.tours").add("sample_scan_refused", {
    steps: () => [
        scan("SAMPLE-DORA"),
        DORA,
        meanwhile("the server will not", () =>
            failWith("odoo.exceptions.UserError", "This scan is too old."),
        ),
        scan("TOUR-1"),
        answer("danger", "Refused", "TOUR-1", "too old"),
        scan("TOUR-2"),
        answer("danger", "Refused", "TOUR-2", "too old"),
        meanwhile("one scan breaks the server", () =>
            failWith("odoo.exceptions.AccessError", "Not in this library."),
        ),
        scan("TOUR-3"),
        waiting(1, "server"),
        {
            content: "the others are not to wait for it",
            trigger: ".o_sample_set_aside",
            run: "click",
        },
        {
            content: "three were not done",
            trigger: '.o_sample_refused:contains("Not done: 3")',
        },
        {
            content: "the page is loaded again",
            trigger: ".o_sample_scan",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        {
            content: "they are still there",
            trigger:
                '.o_sample_refused:contains("TOUR-1"):contains("TOUR-2"):contains("Not in this library.")',
        },
        {
            content: "one is sent again",
            trigger: '.o_sample_refusal:contains("TOUR-1") .o_sample_again',
            run: "click",
        },
        answer("success", "Lent", "Tour 1"),
        {
            content: "and another one",
            trigger: '.o_sample_refusal:contains("TOUR-3") .o_sample_again',
            run: "click",
        },
        answer("success", "Lent", "Tour 3"),
        {
            content: "the last one was seen",
            trigger: '.o_sample_refusal:contains("TOUR-2") .o_sample_dismiss',
            run: "click",
        },
        {
            content: "none is left",
            trigger: ".o_sample_scan:not(:has(.o_sample_refused))",
        },
        check("nothing is kept", () =>
            Object.keys(localStorage).every((key) => !key.includes(".scan.")),
        ),
    ],
});
