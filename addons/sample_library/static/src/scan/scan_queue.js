import {
    OTHER_USER,
    REFUSED,
    delayOf,
    inTime,
    isOtherUser,
    kindOf,
    messageOf,
} from "./scan_trouble";
import {browser} from "@web/core/browser/browser";

/** What an answer is about: the loan of a sample, or those of a bag. */
export function loansOf(answer) {
    return answer.loan_id ? [answer.loan_id] : answer.loan_ids || [];
}

/** Whether the server did something that it can undo. */
export function canUndo(answer) {
    return answer.ok && Boolean(loansOf(answer).length || answer.outcome === "found");
}

/**
 * Scans on their way to the server, in the order in which they were made.
 *
 * They are kept in the browser until they are answered, so a lost network, a closed tab
 * or an empty battery loses none. Each has a number of its own: if only the answer got
 * lost, the server repeats it instead of doing the scan again. What the server refuses
 * is kept as well, until a person has seen it.
 */
export class ScanQueue {
    /**
     * @param {ScanStore} store
     * @param {(method: string, args: any[], kwargs: Object) => Promise} call asks the
     *     server to lend, take back or undo
     * @param {() => Promise} ping asks the server anything
     * @param {{answered: Function, refused: Function, changed: Function}} listener is
     *     told of answers, of scans the server refuses, and of every change
     */
    constructor(store, call, ping, listener) {
        Object.assign(this, {store, call, ping, listener});
        /** What is wrong: `kind`, `text`, and `retryAt` in milliseconds; null if nothing */
        this.trouble = null;
        this.tries = 0;
        this.held = new Set();
        this.wanted = false;
        this.sending = null;
        this.timer = null;
        this.stopped = false;
    }

    // === What waits === //

    add(scan) {
        this.store.add(scan);
        this.listener.changed();
        // while something is wrong, it is tried when it is time to
        return this.trouble ? Promise.resolve() : this.flush();
    }

    /** Keep a scan, but send nothing of its visit before it is released. */
    hold(scan) {
        this.held.add(scan.visit);
        this.store.add(scan);
    }

    release(visit) {
        this.held.delete(visit);
        this.listener.changed();
        return this.trouble ? Promise.resolve() : this.flush();
    }

    remove(uid) {
        this.store.remove(uid);
        this.listener.changed();
    }

    /** Whether scans of a visit wait. */
    waitsFor(visit) {
        return this.store.waiting.some((scan) => scan.visit === visit);
    }

    /**
     * Take back a scan that waits. One that was sent may have arrived: it is undone
     * when its answer is there.
     *
     * @param {string} uid number of the scan
     * @returns {"removed"|"later"|"gone"} gone if it does not wait any more
     */
    cancel(uid) {
        const scan = this.store.find(uid);
        if (!scan || scan.refused) {
            return "gone";
        }
        if (scan.sent) {
            this.store.change(uid, {undo: true});
            return "later";
        }
        this.remove(uid);
        return "removed";
    }

    /** A badge was read among the samples: what follows in this visit is that person's. */
    assign(visit, personId, personName) {
        for (const scan of this.store.waiting) {
            if (scan.visit === visit && scan.mode === "out") {
                this.store.change(scan.uid, {personId, personName});
            }
        }
    }

    /** Have a person look at the first scan, so that the others can go on. */
    setAside() {
        const scan = this.store.waiting[0];
        if (scan) {
            this.refuse(scan, this.trouble?.text);
        }
        return this.flush();
    }

    /** Send a refused scan again. */
    retry(uid) {
        this.store.change(uid, {refused: false});
        return this.flush();
    }

    refuse(scan, reason) {
        this.store.change(scan.uid, {refused: reason || "?"});
        this.listener.refused(this.store.find(scan.uid) || scan);
        this.listener.changed();
    }

    // === On the way === //

    /** Send what waits; a second call joins the first. */
    flush() {
        this.wanted = true;
        if (!this.sending && !this.stopped) {
            this.sending = this.work();
        }
        return this.sending;
    }

    async work() {
        try {
            // what was added meanwhile may have been overlooked
            while (this.wanted && !this.stopped) {
                this.wanted = false;
                await this.alone(() => this.send());
            }
        } finally {
            this.sending = null;
        }
    }

    /** Two tabs share the scans: only one of them sends at a time. */
    async alone(work) {
        const locks = browser.navigator.locks;
        return locks ? locks.request(this.store.prefix, work) : work();
    }

    async send() {
        browser.clearTimeout(this.timer);
        let goesOn = true;
        while (goesOn && !this.stopped) {
            const scan = this.store.waiting[0];
            if (!scan || this.held.has(scan.visit)) {
                break;
            }
            goesOn = await this.sendOne(scan);
        }
        if (goesOn && this.trouble && !this.stopped) {
            // nothing waits that would show whether it works again
            await this.tryOut(() => this.ping());
        }
        this.listener.changed();
    }

    /** @returns {Promise<boolean>} whether the next one can be sent */
    async sendOne(scan) {
        this.store.change(scan.uid, {sent: true});
        const {answer, error, trouble} = await this.tryOut(() =>
            this.call(...this.request(scan)),
        );
        if (trouble) {
            return false;
        }
        if (error) {
            this.refuse(scan, messageOf(error));
            return true;
        }
        let undone = false;
        let problem = "";
        if (this.store.find(scan.uid)?.undo && canUndo(answer)) {
            const undo = await this.tryOut(() => this.undo(scan.uid));
            if (undo.trouble) {
                return false;
            }
            undone = !undo.error;
            problem = undo.error ? messageOf(undo.error) : "";
        }
        this.store.remove(scan.uid);
        if (answer.outcome === "badge") {
            this.assign(scan.visit, answer.person_id, answer.person);
        }
        this.listener.answered(scan, answer, {undone, problem});
        return true;
    }

    /**
     * Ask the server, and note whether it can be asked at all.
     *
     * @param {() => Promise} ask
     * @returns {Promise<{answer?: any, error?: Error, trouble?: Object}>} the answer,
     *     the error if it refused, or else what is wrong
     */
    async tryOut(ask) {
        try {
            const answer = await inTime(ask());
            if (isOtherUser(answer)) {
                return {trouble: this.wait(OTHER_USER)};
            }
            this.clear();
            return {answer};
        } catch (error) {
            const kind = kindOf(error);
            if (kind === REFUSED) {
                this.clear();
                return {error};
            }
            return {trouble: this.wait(kind, messageOf(error))};
        }
    }

    wait(kind, text = "") {
        this.tries += 1;
        // nothing more is sent before it is time, whoever asked for it meanwhile
        this.wanted = false;
        const delay = delayOf(this.tries);
        this.trouble = {kind, text, retryAt: Date.now() + delay};
        browser.clearTimeout(this.timer);
        if (!this.stopped) {
            this.timer = browser.setTimeout(() => this.flush(), delay);
        }
        this.listener.changed();
        return this.trouble;
    }

    clear() {
        browser.clearTimeout(this.timer);
        this.tries = 0;
        if (this.trouble) {
            this.trouble = null;
            this.listener.changed();
            this.flush();
        }
    }

    undo(uid) {
        return this.call("scan_undo", [uid], {user_id: this.store.userId});
    }

    request(scan) {
        const user_id = this.store.userId;
        if (scan.mode === "out") {
            return [
                "scan_out",
                [scan.libraryId, scan.personId, scan.code, scan.uid, scan.at],
                {project: scan.project, user_id},
            ];
        }
        if (scan.mode === "kit") {
            return [
                "desk_kit",
                [scan.libraryId, scan.personId, scan.kitId, scan.uid, scan.at],
                {project: scan.project, user_id},
            ];
        }
        return ["scan_in", [scan.libraryId, scan.code, scan.uid, scan.at], {user_id}];
    }

    stop() {
        this.stopped = true;
        browser.clearTimeout(this.timer);
    }
}
