/**
 * Scans that wait or were refused, in the storage of the browser.
 *
 * Each has a key of its own: of two tabs that write at the same moment neither
 * overwrites what the other one wrote.
 */
export class ScanStore {
    /**
     * @param {string} base what the keys of all users begin with
     * @param {number} userId whose scans these are
     * @param {Storage} storage
     */
    constructor(base, userId, storage) {
        this.base = base;
        this.userId = userId;
        this.prefix = `${base}.${userId}.scan.`;
        this.storage = storage;
    }

    /** All scans of the user, in the order in which they were made. */
    get all() {
        return this.keys(this.prefix)
            .map((key) => this.read(key))
            .filter(Boolean)
            .sort(
                (one, other) =>
                    one.order - other.order || (one.uid < other.uid ? -1 : 1),
            );
    }

    get waiting() {
        return this.all.filter((scan) => !scan.refused);
    }

    get refused() {
        return this.all.filter((scan) => scan.refused);
    }

    /**
     * Who else has scans that wait on this device.
     *
     * @returns {{userId: number, name: string, count: number}[]}
     */
    get others() {
        const found = {};
        for (const key of this.keys(`${this.base}.`)) {
            const [owner, kind] = key.slice(this.base.length + 1).split(".");
            const userId = Number(owner);
            if (kind !== "scan" || !userId || userId === this.userId) {
                continue;
            }
            const scan = this.read(key);
            if (scan && !scan.refused) {
                found[userId] ??= {userId, name: scan.userName, count: 0};
                found[userId].count += 1;
            }
        }
        return Object.values(found);
    }

    keys(prefix) {
        const keys = [];
        for (let index = 0; index < this.storage.length; index++) {
            const key = this.storage.key(index);
            if (key.startsWith(prefix)) {
                keys.push(key);
            }
        }
        return keys;
    }

    read(key) {
        try {
            return JSON.parse(this.storage.getItem(key));
        } catch {
            // not written by us: nothing in it can be sent
            return null;
        }
    }

    /** Whether a key of the storage is that of a scan of this user. */
    has(key) {
        return key === null || key.startsWith(this.prefix);
    }

    find(uid) {
        return this.read(this.prefix + uid);
    }

    add(scan) {
        const last = this.all.at(-1)?.order || 0;
        // the clock may be set back in between
        this.write({...scan, order: Math.max(Date.now(), last + 1)});
    }

    change(uid, values) {
        const scan = this.find(uid);
        if (scan) {
            this.write({...scan, ...values});
        }
    }

    write(scan) {
        this.storage.setItem(this.prefix + scan.uid, JSON.stringify(scan));
    }

    remove(uid) {
        this.storage.removeItem(this.prefix + uid);
    }
}
