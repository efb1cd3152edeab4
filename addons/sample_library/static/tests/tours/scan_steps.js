import {browser} from "@web/core/browser/browser";

const RealRequest = browser.XMLHttpRequest;

/**
 * Cut the network for scans.
 *
 * @param {Boolean} arrives whether what is sent arrives, and only the answer gets lost
 */
export function cut(arrives) {
    browser.XMLHttpRequest = class extends RealRequest {
        open(method, url) {
            this.isScan = url.includes("/sample.copy/") || url.includes("/desk_person");
            this.url = url;
            super.open(method, url);
        }
        send(body) {
            if (!this.isScan) {
                return super.send(body);
            }
            const lose = () => this.dispatchEvent(new ProgressEvent("error"));
            if (!arrives) {
                return setTimeout(lose);
            }
            const request = new RealRequest();
            request.open("POST", this.url);
            request.setRequestHeader("Content-Type", "application/json");
            request.addEventListener("loadend", lose);
            request.send(body);
        }
    };
}

/** Have the server answer scans with an error. */
export function failWith(name, message) {
    const body = {error: {code: 0, message: "Odoo", data: {name, message}}};
    browser.XMLHttpRequest = answering(() => JSON.stringify(body));
}

/** A network that swallows scans: no answer, no error. */
export function swallow() {
    browser.XMLHttpRequest = answering(() => null);
}

/** Scans and badges get what a function says; null is no answer at all. */
function answering(say) {
    return class extends RealRequest {
        open(method, url) {
            this.isScan = url.includes("/sample.copy/") || url.includes("/desk_");
            super.open(method, url);
        }
        send(body) {
            if (!this.isScan) {
                return super.send(body);
            }
            const text = say();
            if (text !== null) {
                Object.defineProperty(this, "response", {value: text});
                setTimeout(() => this.dispatchEvent(new ProgressEvent("load")));
            }
        }
    };
}

/** Scans are sent in the session of somebody else than they were made by. */
export function beSomebodyElse() {
    browser.XMLHttpRequest = class extends RealRequest {
        send(body) {
            super.send(body.replace(/"user_id":\d+/, '"user_id":1'));
        }
    };
}

export function mend() {
    browser.XMLHttpRequest = RealRequest;
    // what the browser itself says when the network is back
    window.dispatchEvent(new Event("online"));
}

/** What a scanner types: keys in quick succession, nobody's field, Enter at the end. */
export function scan(code) {
    return {
        content: `the scanner reads ${code}`,
        trigger: ".o_sample_scan",
        run() {
            document.activeElement.blur();
            for (const key of [...code, "Enter"]) {
                document.body.dispatchEvent(
                    new KeyboardEvent("keydown", {key, bubbles: true}),
                );
            }
        },
    };
}

/** What a scanner types into the field where the cursor is. */
export function scanInto(selector, code, last = "Enter") {
    return {
        content: `the scanner types ${code} into ${selector}`,
        trigger: selector,
        run() {
            const field = this.anchor;
            field.focus();
            for (const key of code) {
                field.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
                field.value += key;
                field.dispatchEvent(new Event("input", {bubbles: true}));
            }
            const end = {key: last, bubbles: true, cancelable: true};
            field.dispatchEvent(new KeyboardEvent("keydown", end));
        },
    };
}

/** Do something to the browser before the next step. */
export function meanwhile(content, work) {
    return {content, trigger: ".o_sample_scan", run: () => work()};
}

export function type(text) {
    return [
        {
            content: `type ${text}`,
            trigger: ".o_sample_input",
            run: `edit ${text}`,
        },
        {
            content: "and send it",
            trigger: ".o_sample_submit",
            run: "click",
        },
    ];
}

export function answer(tone, ...words) {
    const contains = words.map((word) => `:contains("${word}")`).join("");
    return {
        content: `the screen says ${words[0]}, in words and color`,
        trigger: `.o_sample_message.text-bg-${tone}${contains}:has(.fa)`,
    };
}

export function listed(place, code, ...words) {
    const contains = [code, ...words].map((word) => `:contains("${word}")`).join("");
    return {
        content: `${code} is number ${place} of the list`,
        trigger: `.o_sample_entry:nth-child(${place})${contains}`,
    };
}

export function mode(id) {
    return {content: `to ${id}`, trigger: `.o_sample_mode_${id}`, run: "click"};
}

/** The screen says what is wrong, and how many scans wait. */
export function waiting(count, kind = "offline") {
    return {
        content: `${kind}: ${count} scans wait`,
        trigger: `.o_sample_scan:has(.o_sample_trouble[data-kind="${kind}"]):has(.o_sample_waiting:contains("${count}"))`,
    };
}

export const NOTHING_WAITS = {
    content: "all scans are sent",
    trigger: ".o_sample_scan:not(:has(.o_sample_trouble)):not(:has(.o_sample_waiting))",
};

export const DORA = {
    content: "Dora is here",
    trigger: '.o_sample_person:contains("Sample Dora")',
};

export const DONE = {content: "done", trigger: ".o_sample_done", run: "click"};

/** The banner says what is wrong. */
export function says(kind, ...words) {
    const contains = words.map((word) => `:contains("${word}")`).join("");
    return {
        content: `the screen says ${words[0]}`,
        trigger: `.o_sample_trouble[data-kind="${kind}"]${contains}`,
    };
}

export function check(content, isRight) {
    return {
        content,
        trigger: ".o_sample_scan",
        run() {
            if (!isRight()) {
                throw new Error(`not so: ${content}`);
            }
        },
    };
}
