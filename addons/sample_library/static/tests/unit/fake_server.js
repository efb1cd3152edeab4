import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {ScanQueue} from "@sample_library/scan/scan_queue";
import {ScanStore} from "@sample_library/scan/scan_store";

/** A storage of its own, as two tabs have it together. */
export function newStorage() {
    const kept = new Map();
    return {
        get length() {
            return kept.size;
        },
        key: (index) => [...kept.keys()][index],
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => kept.set(key, value),
        removeItem: (key) => kept.delete(key),
    };
}

export function offline() {
    return new ConnectionLostError("/");
}

export function serverError(exceptionName, message = "No") {
    return Object.assign(new RPCError(message), {exceptionName, data: {message}});
}

export function newScan(uid, values = {}) {
    return {uid, mode: "out", visit: "v1", code: uid, userName: "Clara", ...values};
}

/** A server that says what `next` says, and a queue that sends to it. */
export function newQueue({storage = newStorage(), userId = 7} = {}) {
    const server = {
        asked: [],
        answered: [],
        refused: [],
        pinged: 0,
        next: (method, uid) => ({ok: true, outcome: "lent", loan_id: 1, scan_uid: uid}),
    };
    const call = async (method, args, kwargs) => {
        const uid = {
            scan_out: args[3],
            scan_in: args[2],
            scan_undo: args[0],
            desk_kit: args[3],
        }[method];
        server.asked.push(`${method} ${uid} ${kwargs.user_id}`);
        return server.next(method, uid);
    };
    const ping = async () => {
        server.pinged += 1;
        return server.next("ping");
    };
    const queue = new ScanQueue(new ScanStore("base", userId, storage), call, ping, {
        answered: (scan, answer, undo) =>
            server.answered.push({uid: scan.uid, ...undo}),
        refused: (scan) => server.refused.push(`${scan.uid}: ${scan.refused}`),
        changed: () => null,
    });
    // the lock of the browser is the same for all tests, and takes real time
    queue.alone = (work) => work();
    return {queue, server, storage};
}
