import {advanceTime, describe, expect, test} from "@odoo/hoot";
import {newQueue, newScan, newStorage, offline, serverError} from "./fake_server";
import {ScanStore} from "@sample_library/scan/scan_store";
import {patience} from "@sample_library/scan/scan_trouble";

describe.current.tags("headless");

function say(error) {
    return () => {
        throw error;
    };
}

test("a scan is sent once, by its user, and forgotten when it is answered", async () => {
    const {queue, server} = newQueue();
    await queue.add(newScan("one"));
    expect(server.asked).toEqual(["scan_out one 7"]);
    expect(server.answered).toEqual([{uid: "one", undone: false, problem: ""}]);
    expect(queue.store.all).toEqual([]);
});

for (const [name, kind] of [
    ["odoo.http.SessionExpiredException", "logged_out"],
    ["odoo.exceptions.AccessError", "server"],
    ["odoo.exceptions.LockError", "server"],
    ["psycopg2.errors.SerializationFailure", "server"],
    ["builtins.MemoryError", "server"],
]) {
    test(`${name} loses no scan`, async () => {
        const {queue, server} = newQueue();
        const works = server.next;
        server.next = say(serverError(name, "Sorry"));
        await queue.add(newScan("one"));
        expect(queue.trouble.kind).toBe(kind);
        expect(queue.store.waiting.length).toBe(1);
        expect(server.refused).toEqual([]);
        server.next = works;
        await queue.flush();
        expect(queue.trouble).toBe(null);
        expect(server.answered.length).toBe(1);
        expect(queue.store.all).toEqual([]);
    });
}

for (const name of ["UserError", "ValidationError"]) {
    test(`${name} is final, and kept until a person has seen it`, async () => {
        const {queue, server, storage} = newQueue();
        server.next = say(serverError(`odoo.exceptions.${name}`, "Too old"));
        await queue.add(newScan("one"));
        expect(server.refused).toEqual(["one: Too old"]);
        expect(queue.trouble).toBe(null);
        // also after the page was loaded again
        const again = newQueue({storage}).queue;
        expect(again.store.waiting).toEqual([]);
        expect(again.store.refused.map((scan) => scan.uid)).toEqual(["one"]);
        again.remove("one");
        expect(again.store.all).toEqual([]);
    });
}

test("a refused scan is sent again on demand", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = say(serverError("odoo.exceptions.UserError"));
    await queue.add(newScan("one"));
    server.next = works;
    await queue.retry("one");
    expect(server.answered.length).toBe(1);
    expect(queue.store.all).toEqual([]);
});

test("it is tried again later and later, but soon when the network is back", async () => {
    const {queue, server} = newQueue();
    server.next = say(offline());
    await queue.add(newScan("one"));
    expect(queue.trouble.kind).toBe("offline");
    const asked = async (seconds) => {
        await advanceTime(seconds * 1000);
        return server.asked.length;
    };
    expect(await asked(1.9)).toBe(1);
    expect(await asked(0.2)).toBe(2);
    expect(await asked(3.8)).toBe(2);
    expect(await asked(0.3)).toBe(3);
    for (let tries = 3; tries < 10; tries++) {
        await queue.flush();
    }
    const now = server.asked.length;
    expect(await asked(29)).toBe(now);
    expect(await asked(2)).toBe(now + 1);
    queue.stop();
});

test("new scans do not hurry a server that is in trouble", async () => {
    const {queue, server} = newQueue();
    server.next = say(offline());
    await queue.add(newScan("one"));
    await queue.add(newScan("two"));
    await queue.add(newScan("three"));
    expect(server.asked.length).toBe(1);
    expect(queue.store.waiting.map((scan) => scan.uid)).toEqual([
        "one",
        "two",
        "three",
    ]);
    queue.stop();
});

test("somebody else is logged in: the queue waits", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = () => ({code: "other_user"});
    await queue.add(newScan("one"));
    expect(queue.trouble.kind).toBe("other_user");
    expect(queue.store.waiting.length).toBe(1);
    expect(server.answered).toEqual([]);
    // a tag that reads like this is no such thing
    server.next = (method, uid) => ({...works(method, uid), code: "other_user"});
    await queue.flush();
    expect(server.answered.length).toBe(1);
});

test("a call that nobody answers is given up", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = () => new Promise(() => null);
    queue.add(newScan("one"));
    await advanceTime(patience.ms - 100);
    expect(queue.trouble).toBe(null);
    await advanceTime(200);
    expect(queue.trouble.kind).toBe("offline");
    server.next = works;
    await queue.flush();
    expect(server.answered.length).toBe(1);
});

test("with nothing to send, the server is asked whether it is there", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = say(offline());
    await queue.tryOut(() => queue.ping());
    expect(queue.trouble.kind).toBe("offline");
    await queue.flush();
    expect(queue.trouble.kind).toBe("offline");
    server.next = works;
    await queue.flush();
    expect(queue.trouble).toBe(null);
    expect(server.pinged).toBe(3);
});

test("whatever is answered shows that it works again", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = say(offline());
    await queue.add(newScan("one"));
    server.next = works;
    await queue.tryOut(() => queue.ping());
    await queue.sending;
    expect(queue.trouble).toBe(null);
    expect(server.answered.length).toBe(1);
});

test("an undo that the server refuses is said, and what was done is not lost", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = say(offline());
    await queue.add(newScan("one"));
    expect(queue.cancel("one")).toBe("later");
    server.next = (method, uid) => {
        if (method === "scan_undo") {
            throw serverError("odoo.exceptions.UserError", "Too late");
        }
        return works(method, uid);
    };
    await queue.flush();
    expect(server.answered).toEqual([{uid: "one", undone: false, problem: "Too late"}]);
    expect(server.refused).toEqual([]);
    expect(queue.store.all).toEqual([]);
});

test("an undo in a moment of trouble is tried again", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = say(offline());
    await queue.add(newScan("one"));
    queue.cancel("one");
    server.next = (method, uid) => {
        if (method === "scan_undo") {
            throw serverError("odoo.exceptions.LockError");
        }
        return works(method, uid);
    };
    await queue.flush();
    expect(queue.store.waiting.length).toBe(1);
    server.next = works;
    await queue.flush();
    expect(server.answered).toEqual([{uid: "one", undone: true, problem: ""}]);
});

test("a scan is set aside, so that the others go on", async () => {
    const {queue, server} = newQueue();
    const works = server.next;
    server.next = (method, uid) => {
        if (uid === "one") {
            throw serverError("odoo.exceptions.AccessError", "Not yours");
        }
        return works(method, uid);
    };
    await queue.add(newScan("one"));
    await queue.add(newScan("two"));
    await queue.setAside();
    expect(server.refused).toEqual(["one: Not yours"]);
    expect(server.answered.map((one) => one.uid)).toEqual(["two"]);
    expect(queue.trouble).toBe(null);
});

test("scans behind a badge wait until it is known whose it is", async () => {
    const {queue, server} = newQueue();
    queue.hold(newScan("badge"));
    await queue.add(newScan("one"));
    expect(server.asked).toEqual([]);
    expect(queue.waitsFor("v1")).toBe(true);
    queue.remove("badge");
    queue.assign("v1", 3, "Dora");
    expect(queue.store.find("one").personId).toBe(3);
    await queue.release("v1");
    expect(server.asked).toEqual(["scan_out one 7"]);
});

test("what is added while the last one is being answered is sent as well", async () => {
    const {queue, server} = newQueue();
    queue.listener.changed = () => {
        if (server.answered.length === 1 && !queue.store.all.length) {
            queue.listener.changed = () => null;
            queue.add(newScan("two"));
        }
    };
    await queue.add(newScan("one"));
    await queue.sending;
    expect(server.answered.map((one) => one.uid)).toEqual(["one", "two"]);
});

test("two tabs that write at the same time lose nothing", () => {
    const storage = newStorage();
    const [one, other] = [1, 2].map(() => new ScanStore("base", 7, storage));
    one.add(newScan("first"));
    // one has read all that waits; before it writes, the other one adds
    const setItem = storage.setItem;
    storage.setItem = (key, value) => {
        storage.setItem = setItem;
        other.add(newScan("second"));
        setItem(key, value);
    };
    one.change("first", {sent: true});
    expect(one.all.map((scan) => scan.uid)).toEqual(["first", "second"]);
    one.remove("first");
    expect(other.all.map((scan) => scan.uid)).toEqual(["second"]);
});

test("scans of others wait for them, and are named", () => {
    const storage = newStorage();
    new ScanStore("base", 8, storage).add(newScan("one", {userName: "Bob"}));
    new ScanStore("base", 8, storage).add(newScan("two", {userName: "Bob"}));
    storage.setItem("base.9.scan.bad", "{");
    storage.setItem("base.9.library", "3");
    const mine = new ScanStore("base", 7, storage);
    expect(mine.all).toEqual([]);
    expect(mine.others).toEqual([{userId: 8, name: "Bob", count: 2}]);
});

test("the order is that of the scans, also if the clock is set back", () => {
    const store = new ScanStore("base", 7, newStorage());
    store.add(newScan("b"));
    store.write({...store.find("b"), order: Date.now() + 60000});
    store.add(newScan("a"));
    expect(store.all.map((scan) => scan.uid)).toEqual(["b", "a"]);
});
