import {describe, expect, test} from "@odoo/hoot";
import {ScanBurst} from "@sample_library/scan/scan_burst";
import {ScanSound} from "@sample_library/scan/scan_sound";
import {ScanVisits} from "@sample_library/scan/scan_visits";
import {newStorage} from "./fake_server";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";

describe.current.tags("headless");

/** Type into a field; each key comes so many milliseconds after the one before. */
function typing(field = {value: "Hotel"}) {
    const burst = new ScanBurst();
    let now = 0;
    return (keys, gap, more = {}) => {
        let found = null;
        for (const key of keys) {
            now += gap;
            found = burst.read({key, target: field, timeStamp: now, ...more});
            field.value += key.length === 1 ? key : "";
        }
        return found;
    };
}

test("a scanner is quicker than a person, and what was there before stays", () => {
    const type = typing();
    type(" LobbyS", 120);
    expect(type([..."4K7QX", "Enter"], 10)).toEqual({
        code: "S4K7QX",
        text: "Hotel Lobby",
    });
});

test("Tab at the end, capital letters and a group separator", () => {
    const type = typing();
    expect(type(["Shift", "A", "b", "c", "Tab"], 10).code).toBe("Abc");
    type([..."0121S"], 10);
    type(["Control"], 10);
    type(["]"], 10, {ctrlKey: true});
    expect(type([..."10L", "Enter"], 10).code).toBe("0121S\x1d10L");
});

test("what a person types is no scan", () => {
    expect(typing()([..."Lobby", "Enter"], 120)).toBe(null);
    expect(typing()([..."ab", "Enter"], 10)).toBe(null);
    expect(typing()([..."Lob", "Backspace", "Enter"], 10)).toBe(null);
    expect(typing()([..."aaaaa", "Enter"], 10, {repeat: true})).toBe(null);
    const slowAtTheEnd = typing();
    slowAtTheEnd("Lobby", 10);
    expect(slowAtTheEnd(["Enter"], 400)).toBe(null);
});

test("two fields are no burst", () => {
    const burst = new ScanBurst();
    const fields = [{value: ""}, {value: ""}];
    for (const [index, key] of ["a", "b", "c", "d"].entries()) {
        burst.read({key, target: fields[index % 2], timeStamp: index});
    }
    expect(burst.read({key: "Enter", target: fields[1], timeStamp: 5})).toBe(null);
});

const lent = (loan_id, person_id = 3, person = "Dora") => ({
    loan_id,
    person_id,
    person,
});

test("late answers extend the slip of their visit", () => {
    const storage = newStorage();
    const visits = new ScanVisits("slip.", storage);
    visits.add("v1", lent(1));
    visits.add("v2", lent(2, 4, "Dirk"));
    visits.add("v1", lent(3));
    // the answer of a scan that was sent twice
    visits.add("v1", lent(3));
    const slips = new ScanVisits("slip.", storage).slips;
    expect(slips.map((slip) => [slip.name, slip.loanIds.join()]).sort()).toEqual([
        ["Dirk", "2"],
        ["Dora", "1,3"],
    ]);
});

test("two people of one visit have a slip each", () => {
    const visits = new ScanVisits("slip.", newStorage());
    visits.add("v1", lent(1));
    visits.add("v1", lent(2, 4, "Dirk"));
    expect(visits.find("v1", 3).loanIds).toEqual([1]);
    expect(visits.find("v1", 4).loanIds).toEqual([2]);
});

test("what was undone is on no slip, and the slips of others stay", () => {
    const visits = new ScanVisits("slip.", newStorage());
    visits.add("v1", lent(1));
    visits.add("v1", lent(2));
    visits.add("v2", lent(3, 4, "Dirk"));
    visits.forget(1);
    expect(visits.find("v1", 3).loanIds).toEqual([2]);
    visits.forget(3);
    expect(visits.slips.map((slip) => slip.name)).toEqual(["Dora"]);
});

test("old slips are forgotten", () => {
    const storage = newStorage();
    const visits = new ScanVisits("slip.", storage);
    visits.add("v0", lent(1));
    visits.write({...visits.find("v0", 3), at: Date.now() - 13 * 3600 * 1000});
    for (let visit = 1; visit < 9; visit++) {
        visits.add(`v${visit}`, lent(visit));
    }
    expect(storage.length).toBe(5);
    expect(visits.find("v8", 3).loanIds).toEqual([8]);
});

test("sound that the browser held back is resumed at a touch", () => {
    let resumed = 0;
    patchWithCleanup(window, {
        AudioContext: class {
            state = "suspended";
            resume() {
                resumed += 1;
                this.state = "running";
            }
            close() {
                this.state = "closed";
            }
        },
    });
    const sound = new ScanSound();
    expect(sound.wake()).toBe(true);
    sound.wake();
    expect(resumed).toBe(1);
    sound.close();
    expect(sound.wake()).toBe(false);
});
