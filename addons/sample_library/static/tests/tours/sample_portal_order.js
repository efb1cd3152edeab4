import {registry} from "@web/core/registry";

/** Nothing is wider than the phone. */
export function assertFits() {
    const width = document.documentElement.scrollWidth;
    if (width > window.innerWidth) {
        throw new Error(`The page scrolls sideways: ${width} px`);
    }
}

/** Search for words, and add the sample that is found. */
export function add(words, name) {
    return [
        {
            content: `search for ${words}`,
            trigger: ".o_sample_portal input[name=q]",
            run: `edit ${words}`,
        },
        {
            content: "search",
            trigger: '.o_sample_portal form[role=search] button:contains("Search")',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: `add ${name}`,
            trigger: `button[aria-label="Add ${name}"]`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: `${name} is on the order`,
            trigger: `#sample_told:contains("${name}")`,
            run: assertFits,
        },
    ];
}

registry.category("web_tour.tours").add("sample_portal_order", {
    steps: () => [
        {content: "an empty page", trigger: "#sample_empty", run: assertFits},
        ...add("sage", "Willow Sage"),
        {
            content: "four of the willow, not saved",
            trigger: '.o_sample_line input[aria-label="Pieces of Willow Sage"]',
            run: "edit 4",
        },
        ...add("moss", "Tweed Moss"),
        {
            content: "they are saved now",
            trigger:
                '.o_sample_line input[aria-label="Pieces of Willow Sage"][data-saved="4"]:value(4)',
        },
        {
            content: "three of the tweed",
            trigger: '.o_sample_line input[aria-label="Pieces of Tweed Moss"]',
            run: "edit 3",
        },
        {
            content: "take the willow off",
            trigger: 'button[aria-label="Remove Willow Sage"]',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "which was a slip",
            trigger: '#sample_told button:contains("Undo")',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "both are there, and so is the quantity",
            trigger: '.o_sample_line:contains("Willow Sage")',
        },
        {
            content: "go on",
            trigger: 'button:contains("Continue")',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "for whom",
            trigger: "#sample_person",
            run: "selectByLabel Sample Dirk",
        },
        {content: "it fits", trigger: "#sample_who", run: assertFits},
        {
            content: "send",
            trigger: 'button[value="send"]',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "two requests",
            trigger: ".o_sample_request + .o_sample_request",
            run: assertFits,
        },
        {
            content: "look at one",
            trigger: '.o_sample_request:contains("Sample Loom")',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "what was asked for",
            trigger: '.o_sample_request_line:contains("Wanted: 3")',
            run: assertFits,
        },
    ],
});
