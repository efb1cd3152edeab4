import {DONE, answer, mode, scan} from "./scan_steps";
import {add, assertFits} from "./sample_portal_order";
import {choose, line} from "./sample_desk_link";
import {registry} from "@web/core/registry";

const FIVE = ["Fable Sage", "Fable Mist", "Fable Rust", "Tweed Moss", "Fable Reed"];
const tours = registry.category("web_tour.tours");

/** Press what leads to another page. */
function press(content, trigger) {
    return {content, trigger, run: "click", expectUnloadPage: true};
}

/** Compare the row of a table with what it has to say: figures by heading. */
function assertRow(table, headings, name, wanted) {
    const words = (cells) => [...cells].map((cell) => cell.textContent.trim());
    const row = [...table.querySelectorAll("tbody tr")].find(
        (one) => one.querySelector("th").textContent.trim() === name,
    );
    const cells = words(row.querySelectorAll("td"));
    const found = words(table.querySelectorAll(headings))
        .map((heading, index) => [heading, Number(cells[index])])
        .filter(([_heading, figure]) => figure);
    const [is, shouldBe] = [found, Object.entries(wanted)].map((figures) =>
        JSON.stringify(figures.sort()),
    );
    if (is !== shouldBe) {
        throw new Error(`${name}: ${is} instead of ${shouldBe}`);
    }
}

tours.add("sample_story_lend", {
    steps: () => [
        scan("SAMPLE-DIRK"),
        {content: "he is here", trigger: '.o_sample_person:contains("Sample Dirk")'},
        ...FIVE.flatMap((name, index) => [
            scan(`STORY-${index + 1}`),
            answer("success", "Lent", name),
        ]),
        DONE,
        {
            content: "five are on his slip",
            trigger: '.o_sample_slip:contains("Sample Dirk"):contains("5 lent")',
        },
        mode("in"),
        ...FIVE.flatMap((name, index) => [
            scan(`STORY-${index + 1}`),
            answer("success", "Returned", name),
        ]),
    ],
});

tours.add("sample_story_bag", {
    steps: () => [
        press("one tap for the bag", 'button:contains("Spring bag")'),
        {
            content: "it is on the order, and nothing is wider than the telephone",
            trigger: '#sample_told:contains("The kit Spring bag is on the order")',
            run: assertFits,
        },
        {
            content: "with so many pieces",
            trigger: 'input[aria-label="Pieces of Fable Sage"]:value(3)',
        },
        press("go on", 'button:contains("Continue")'),
        {
            content: "for the designer",
            trigger: "#sample_person",
            run: "selectByLabel Sample Dirk",
        },
        {
            content: "and the showroom",
            trigger: "#sample_showroom",
            run: "selectByLabel Sample Center",
        },
        {
            content: "for his project",
            trigger: "#sample_project",
            run: "edit Hotel Lobby",
        },
        press("send", 'button[value="send"]'),
        {
            content: "two requests, one per distributor",
            trigger:
                '.o_sample_portal:has(.o_sample_request:contains("Sample Mill")):has(.o_sample_request:contains("Sample Loom"))',
            run: assertFits,
        },
    ],
});

tours.add("sample_story_answer", {
    steps: () => [
        choose("Fable Sage", "Ship"),
        choose("Fable Mist", "Backorder"),
        {
            content: "expected on",
            trigger: `${line("Fable Mist")} input[name^="until_"]`,
            run() {
                const day = new Date(Date.now() + 9 * 24 * 3600 * 1000);
                this.anchor.value = day.toISOString().slice(0, 10);
            },
        },
        choose("Fable Rust", "Will Not Ship"),
        {
            content: "why",
            trigger: `${line("Fable Rust")} select[name^="reason_"]`,
            run: "selectByLabel Discontinued",
        },
        {content: "the parcel", trigger: "#tracking", run: "edit 1Z 42"},
        press("send it", 'button:contains("Send Answer")'),
        {content: "it was answered", trigger: '#desk_said:contains("Thank you")'},
        {
            content: "and the page says what",
            trigger:
                '#desk_answers:contains("1Z 42"):contains("backordered until"):contains("Discontinued")',
        },
    ],
});

tours.add("sample_story_again", {
    steps: () => [
        ...add("fable sage", "Fable Sage"),
        press("go on", 'button:contains("Continue")'),
        {
            content: "for the same designer",
            trigger: "#sample_person",
            run: "selectByLabel Sample Dirk",
        },
        press("send", 'button[value="send"]'),
        {
            content: "not sent yet: it was asked for a short time ago",
            trigger: '#sample_told.alert-warning:contains("asked for a short time ago")',
        },
        {
            content: "the sample is marked, and what became of it is told",
            trigger:
                'li:contains("Fable Sage") .o_sample_twin:contains("Asked for before"):contains("shipped on")',
        },
        {
            content: "but not who asked",
            trigger: "body:not(:contains('Sample Center'))",
        },
        press("it is needed all the same", 'button[value="send"]'),
        {
            content: "now it is sent",
            trigger: '.o_sample_request:contains("Sample Mill")',
        },
    ],
});

tours.add("sample_story_desk", {
    steps: () => [
        press(
            "the inbox marks the duplicate",
            '#desk_tickets .row:contains("Duplicate"):contains("Sample Atelier") a',
        ),
        {
            content: "who asked for the same before",
            trigger: `${line("Fable Sage")} [role=note]:contains("3 for Sample Dirk, Hotel Lobby"):contains("asked by Sample Center")`,
        },
        choose("Fable Sage", "Ship"),
        press("without a reason", 'button:contains("Send Answer")'),
        {
            content: "it has to be given",
            trigger: `${line("Fable Sage")} .invalid-feedback:contains("Say why it is shipped anyway")`,
        },
        {
            content: "why",
            trigger: `${line("Fable Sage")} input[name^="override_"]`,
            run: "edit The first one was cut",
        },
        press("send it", 'button:contains("Send Answer")'),
        {
            content: "it was answered",
            trigger: '#desk_answers:contains("The first one was cut")',
        },
    ],
});

/** Of each sample what became of it, as the manager reads it. */
const ALL = {
    "Fable Sage": {Lent: 1, Returned: 1, Shipped: 4},
    "Fable Mist": {Lent: 1, Returned: 1, Backordered: 2},
    "Fable Rust": {Lent: 1, Returned: 1, "Will Not Ship": 1},
    "Fable Reed": {Lent: 1, Returned: 1},
};

tours.add("sample_story_manager", {
    steps: () => [
        {
            content: "each sample, and what became of it",
            trigger: '.o_pivot table:has(th:contains("Fable Reed"))',
            run() {
                const headings = "thead tr:nth-child(2) th:has(span)";
                for (const [name, wanted] of Object.entries(ALL)) {
                    assertRow(this.anchor, headings, name, wanted);
                }
            },
        },
    ],
});

/** The showroom reads of its own requests, not of the library's loans. */
const OWN = {
    "Fable Sage": {Shipped: 3, Total: 3},
    "Fable Mist": {Backordered: 2, Total: 2},
    "Fable Rust": {"Will Not Ship": 1, Total: 1},
};

tours.add("sample_story_report", {
    steps: () => [
        {
            content: "by sample",
            trigger: '[role=region][aria-label="Sample"]',
            run() {
                for (const [name, wanted] of Object.entries(OWN)) {
                    assertRow(this.anchor, "thead th:not(:first-child)", name, wanted);
                }
            },
        },
        {
            content: "by distributor",
            trigger: '[role=region][aria-label="Distributor"]',
            run() {
                assertRow(this.anchor, "thead th:not(:first-child)", "Sample Mill", {
                    Shipped: 3,
                    "Will Not Ship": 1,
                    Backordered: 2,
                    Total: 6,
                });
            },
        },
    ],
});
