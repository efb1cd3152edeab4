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

export function waiting(count) {
    return {
        content: `${count} scans wait`,
        trigger: `.o_sample_offline:contains("No network"):contains("${count}")`,
    };
}

export const NOTHING_WAITS = {
    content: "all scans are sent",
    trigger: ".o_sample_scan:not(:has(.o_sample_offline))",
};
