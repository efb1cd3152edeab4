import {loansOf} from "./scan_queue";

const KEPT = 5;
const KEPT_MS = 12 * 3600 * 1000;

/**
 * What each visitor took along, for the slips.
 *
 * Answers may come long after the visit, in another order, or after the page was loaded
 * again, so this is in the storage of the browser: a key per visit and person.
 */
export class ScanVisits {
    /**
     * @param {string} prefix what the keys begin with
     * @param {Storage} storage
     */
    constructor(prefix, storage) {
        this.prefix = prefix;
        this.storage = storage;
    }

    /** Slips with something on them, the newest first. */
    get slips() {
        const slips = [];
        for (let index = 0; index < this.storage.length; index++) {
            const key = this.storage.key(index);
            if (key.startsWith(this.prefix)) {
                slips.push(this.read(key));
            }
        }
        return slips
            .filter((slip) => slip?.loanIds.length)
            .sort((one, other) => other.at - one.at);
    }

    read(key) {
        try {
            return JSON.parse(this.storage.getItem(key));
        } catch {
            // not written by us
            return null;
        }
    }

    find(visit, personId) {
        return this.read(`${this.prefix}${visit}.${personId}`);
    }

    write(slip) {
        this.storage.setItem(this.prefix + slip.id, JSON.stringify(slip));
    }

    /**
     * Note that something was lent, whenever the answer comes.
     *
     * @param {string} visit in which it was scanned
     * @param {Object} answer of the server
     */
    add(visit, answer) {
        const id = `${visit}.${answer.person_id}`;
        const slip = this.find(visit, answer.person_id) || {
            id,
            visit,
            personId: answer.person_id,
            name: answer.person,
            loanIds: [],
        };
        slip.loanIds = [...new Set([...slip.loanIds, ...loansOf(answer)])];
        slip.at = Math.max(Date.now(), (this.slips[0]?.at || 0) + 1);
        this.write(slip);
        const old = slip.at - KEPT_MS;
        for (const [index, one] of this.slips.entries()) {
            if (index >= KEPT || one.at < old) {
                this.remove(one.id);
            }
        }
    }

    /** A loan that was undone is on no slip; the others stay as they are. */
    forget(loanId) {
        for (const slip of this.slips.filter((one) => one.loanIds.includes(loanId))) {
            const loanIds = slip.loanIds.filter((id) => id !== loanId);
            if (loanIds.length) {
                this.write({...slip, loanIds});
            } else {
                this.remove(slip.id);
            }
        }
    }

    remove(id) {
        this.storage.removeItem(this.prefix + id);
    }
}
