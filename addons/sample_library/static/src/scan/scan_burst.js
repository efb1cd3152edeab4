/** A scanner types quicker than people do: so many milliseconds at most between keys. */
const BETWEEN_MS = 50;
const SHORTEST = 3;
// a group separator (GS1) comes as this key with Control
const SEPARATOR_KEY = "]";
const SEPARATOR = "\x1d";

/** Tells what a scanner types into a field from what a person types there. */
export class ScanBurst {
    constructor() {
        this.reset();
    }

    reset() {
        Object.assign(this, {code: "", text: "", field: null, last: -Infinity});
    }

    /**
     * Look at the next key.
     *
     * @param {KeyboardEvent} ev of a field, before the key changes it
     * @returns {{code: string, text: string}|null} what a scanner has typed, when the
     *     key is its last one, and what the field held before
     */
    read(ev) {
        const field = ev.target;
        const quick = field === this.field && ev.timeStamp - this.last <= BETWEEN_MS;
        if (ev.key === "Enter" || ev.key === "Tab") {
            const {code, text} = this;
            this.reset();
            return quick && code.length >= SHORTEST ? {code, text} : null;
        }
        if (ev.key === "Shift" || ev.key === "Control") {
            return null;
        }
        const isSeparator = ev.ctrlKey && ev.key === SEPARATOR_KEY;
        if (ev.key?.length !== 1 || ev.repeat || (ev.ctrlKey && !isSeparator)) {
            this.reset();
            return null;
        }
        if (!quick) {
            Object.assign(this, {code: "", text: field.value, field});
        }
        this.code += isSeparator ? SEPARATOR : ev.key;
        this.last = ev.timeStamp;
        return null;
    }
}
