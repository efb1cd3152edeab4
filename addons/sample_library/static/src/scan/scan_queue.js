import {browser} from "@web/core/browser/browser";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";

/** Whether the server did something that it can undo. */
export function canUndo(answer) {
    return answer.ok && Boolean(answer.loan_id || answer.outcome === "found");
}

const RETRY_MS = 4000;
const SESSION_EXPIRED = "odoo.http.SessionExpiredException";

/**
 * Scans on their way to the server, in the order in which they were made.
 *
 * They are kept in the browser until they are answered, so a lost network, a closed tab
 * or an empty battery loses none. Each has a number of its own: if only the answer got
 * lost, the server repeats it instead of doing the scan again.
 */
export class ScanQueue {
    /**
     * @param {string} key where the browser keeps the scans
     * @param {(method: string, args: any[]) => Promise} call asks the server
     * @param {{answered: Function, failed: Function, changed: Function}} listener is
     *     told of answers, of scans the server refuses, and of every change
     */
    constructor(key, call, listener) {
        this.key = key;
        this.call = call;
        this.listener = listener;
        this.offline = false;
        this.sending = null;
        this.timer = null;
        this.stopped = false;
    }

    /** The waiting scans; another tab may have sent some of them. */
    get scans() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.key)) || [];
        } catch {
            // not written by us: nothing in it can be sent
            return [];
        }
    }

    save(scans) {
        browser.localStorage.setItem(this.key, JSON.stringify(scans));
        this.listener.changed();
    }

    add(scan) {
        this.save([...this.scans, scan]);
        return this.flush();
    }

    remove(uid) {
        this.save(this.scans.filter((scan) => scan.uid !== uid));
    }

    change(uid, values) {
        this.save(
            this.scans.map((scan) => (scan.uid === uid ? {...scan, ...values} : scan)),
        );
    }

    find(uid) {
        return this.scans.find((scan) => scan.uid === uid);
    }

    /**
     * Take back a scan that waits. One that was sent may have arrived: it is undone
     * when its answer is there.
     *
     * @param {string} uid number of the scan
     * @returns {"removed"|"later"|"gone"} gone if it does not wait any more
     */
    cancel(uid) {
        const scan = this.find(uid);
        if (!scan) {
            return "gone";
        }
        if (scan.sent) {
            this.change(uid, {undo: true});
            return "later";
        }
        this.remove(uid);
        return "removed";
    }

    /** A badge was read among the samples: what follows in this visit is that person's. */
    assign(after, personId) {
        this.save(
            this.scans.map((scan) =>
                scan.visit === after.visit && scan.mode === "out"
                    ? {...scan, personId}
                    : scan,
            ),
        );
    }

    /** Send what waits; a second call joins the first. */
    flush() {
        if (!this.sending) {
            this.sending = this.alone(() => this.send()).finally(() => {
                this.sending = null;
            });
        }
        return this.sending;
    }

    /** Two tabs share the scans: only one of them sends at a time. */
    alone(work) {
        const locks = browser.navigator.locks;
        return locks ? locks.request(this.key, work) : work();
    }

    async send() {
        browser.clearTimeout(this.timer);
        let scan = this.scans[0];
        while (scan && !this.stopped) {
            try {
                this.change(scan.uid, {sent: true});
                const answer = await this.call(...this.request(scan));
                const undone = this.find(scan.uid)?.undo && canUndo(answer);
                if (undone) {
                    await this.call("scan_undo", [scan.uid], {});
                }
                this.offline = false;
                this.remove(scan.uid);
                if (answer.outcome === "badge") {
                    this.assign(scan, answer.person_id);
                }
                this.listener.answered(scan, answer, Boolean(undone));
            } catch (error) {
                if (!this.refused(error)) {
                    this.wait();
                    return;
                }
                this.remove(scan.uid);
                this.listener.failed(scan, error.data?.message || error.message);
            }
            scan = this.scans[0];
        }
        this.listener.changed();
    }

    /** Whether the server itself said no; everything else may pass. */
    refused(error) {
        if (error instanceof ConnectionLostError) {
            return false;
        }
        if (error instanceof RPCError) {
            return error.exceptionName !== SESSION_EXPIRED;
        }
        throw error;
    }

    wait() {
        this.offline = true;
        this.listener.changed();
        browser.clearTimeout(this.timer);
        if (!this.stopped) {
            this.timer = browser.setTimeout(() => this.flush(), RETRY_MS);
        }
    }

    request(scan) {
        if (scan.mode === "out") {
            return [
                "scan_out",
                [scan.libraryId, scan.personId, scan.code, scan.uid, scan.at],
                {project: scan.project},
            ];
        }
        return ["scan_in", [scan.libraryId, scan.code, scan.uid, scan.at], {}];
    }

    stop() {
        this.stopped = true;
        browser.clearTimeout(this.timer);
    }
}
