import {registry} from "@web/core/registry";

export const line = (name) => `.o_sample_line:contains("${name}")`;
export const choose = (name, kind) => ({
    content: `${name}: ${kind}`,
    trigger: `${line(name)} label:contains("${kind}")`,
    run: "click",
});

registry.category("web_tour.tours").add("sample_desk_link", {
    steps: () => [
        {
            content: "what is not chosen asks for nothing",
            trigger: `${line("Willow Sage")} .o_sample_for_ship:not(:visible)`,
        },
        choose("Willow Sage", "Ship"),
        {
            content: "all pieces are offered",
            trigger: `${line("Willow Sage")} input[name^="quantity_"]:value(3)`,
        },
        choose("Willow Mist", "Backorder"),
        {
            content: "expected on",
            trigger: `${line("Willow Mist")} input[name^="until_"]`,
            run() {
                const day = new Date(Date.now() + 9 * 24 * 3600 * 1000);
                this.anchor.value = day.toISOString().slice(0, 10);
            },
        },
        choose("Willow Rust", "Will Not Ship"),
        {
            content: "without a reason",
            trigger: 'button:contains("Send Answer")',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it is said where the reason is missing",
            trigger: `${line("Willow Rust")} .invalid-feedback:contains("Say why")`,
        },
        {
            content: "what was chosen before is kept",
            trigger: `${line("Willow Mist")} input[value="backorder"]:checked:not(:visible), ${line("Willow Mist")} input[name^="until_"]:visible`,
        },
        {
            content: "why",
            trigger: `${line("Willow Rust")} select[name^="reason_"]`,
            run: "selectByLabel Discontinued",
        },
        {
            content: "number of the parcel",
            trigger: "#tracking",
            run: "edit 1Z 42",
        },
        {
            content: "send it",
            trigger: 'button:contains("Send Answer")',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it was answered",
            trigger: '#desk_said:contains("Thank you")',
        },
        {
            content: "and the page says what",
            trigger: '#desk_answers:contains("1Z 42"):contains("Discontinued")',
        },
    ],
});
