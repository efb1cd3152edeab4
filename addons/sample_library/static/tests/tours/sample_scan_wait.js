import {
    NOTHING_WAITS,
    answer,
    cut,
    listed,
    mend,
    mode,
    scan,
    waiting,
} from "./scan_steps";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sample_scan_undone", {
    steps: () => [
        scan("SAMPLE-DORA"),
        {
            content: "Dora is here",
            trigger: '.o_sample_person:contains("Sample Dora")',
        },
        {
            content: "answers get lost on their way back",
            trigger: ".o_sample_scan",
            run: () => cut(true),
        },
        scan("TOUR-1"),
        waiting(1),
        {
            content: "take it back",
            trigger: '.o_sample_entry:contains("TOUR-1") .o_sample_undo',
            run: "click",
        },
        listed(1, "TOUR-1", "sent already"),
        {
            content: "the network is back",
            trigger: ".o_sample_scan",
            run: () => mend(),
        },
        NOTHING_WAITS,
        listed(1, "Tour 1", "Undone"),
        {
            content: "she has nothing",
            trigger: '.o_sample_has:contains("0")',
        },
    ],
});

/** What is heard, as the frequencies of the tones. */
const heard = [];

/** Listen to the tones instead of playing them. */
function listen() {
    window.AudioContext = class {
        currentTime = 0;
        createGain() {
            return {gain: {}, connect: () => null};
        }
        createOscillator() {
            const frequency = {};
            return {
                frequency,
                connect: (next) => next,
                start: () => heard.push(frequency.value),
                stop: () => null,
            };
        }
        close() {
            return null;
        }
    };
}

registry.category("web_tour.tours").add("sample_scan_wait", {
    steps: () => [
        {content: "listen", trigger: ".o_sample_scan", run: () => listen()},
        scan("SAMPLE-DORA"),
        {
            content: "Dora is here",
            trigger: '.o_sample_person:contains("Sample Dora")',
        },
        scan("TOUR-TAKEN"),
        answer("danger", "Lent already", "Sample Dirk"),
        {
            content: "she wants it",
            trigger:
                '.o_sample_message .o_sample_wait:contains("Put Sample Dora on the wait list")',
            run: "click",
        },
        answer("success", "On the wait list", "Sample Dora"),
        mode("in"),
        {
            content: "it comes back",
            trigger: ".o_sample_mode_in.btn-primary",
            run: () => heard.splice(0),
        },
        scan("TOUR-TAKEN"),
        answer("primary", "Returned, and kept", "Sample Dora waits for it"),
        {
            content: "that sounds like nothing else",
            trigger: ".o_sample_message .fa-bell",
            run() {
                if (heard.join() !== "523,659,784") {
                    throw new Error(`heard ${heard}`);
                }
            },
        },
    ],
});
