import {_t} from "@web/core/l10n/translation";
import {canUndo, loansOf} from "./scan_queue";

const {DateTime} = luxon;

/** What is shown of something that was read, however long it is. */
const SHOWN = 64;

/** A picture per color, for those who do not see the color. */
export const ICONS = {
    success: "fa-check-circle",
    info: "fa-info-circle",
    warning: "fa-exclamation-circle",
    danger: "fa-times-circle",
    primary: "fa-bell",
    muted: "fa-clock-o",
};

export function modes() {
    return [
        {id: "out", name: _t("Lend"), icon: "fa-share-square-o"},
        {id: "in", name: _t("Take Back"), icon: "fa-reply"},
        {id: "find", name: _t("Where Is It?"), icon: "fa-search"},
    ];
}

export function states() {
    return {
        in: {name: _t("Here"), tone: "success"},
        out: {name: _t("Lent"), tone: "info"},
        lost: {name: _t("Lost"), tone: "danger"},
        retired: {name: _t("Retired"), tone: "secondary"},
    };
}

/** A number that no other scan has. */
export function newUid() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the input asks for. */
export function asked(mode, person) {
    if (mode === "find") {
        return _t("Tag, pattern or color");
    }
    return mode === "out" && !person ? _t("Badge or name") : _t("Tag of a sample");
}

/**
 * What is said of scans that a colleague made in this browser.
 *
 * @param {{name: string, count: number}} other
 * @returns {string}
 */
export function othersWords(other) {
    return _t(
        "Scans of %(name)s wait here: %(count)s. They are sent when %(name)s logs in and opens this screen.",
        {name: other.name, count: other.count},
    );
}

/** Nobody is at the counter yet. */
export function newVisit() {
    return {
        person: null,
        people: null,
        kits: null,
        project: "",
        text: "",
        visit: newUid(),
    };
}

/** What the screen starts with. */
export function newState() {
    return {
        ready: false,
        mode: "out",
        libraries: [],
        libraryId: false,
        ...newVisit(),
        asker: null,
        found: null,
        missing: [],
        words: "",
        slips: [],
        message: null,
        scans: [],
        refused: [],
        others: [],
        waiting: 0,
        trouble: null,
    };
}

export function shown(code) {
    return code.slice(0, SHOWN);
}

/** The time of day of a scan, as the clerk reads it. */
export function timeOf(at) {
    return DateTime.fromSQL(at, {zone: "utc"})
        .setZone("default")
        .toLocaleString(DateTime.TIME_SIMPLE);
}

/** The line of the list for an answer of the server. */
export function answeredLine(answer) {
    const undone = answer.undone || false;
    return {
        uid: answer.scan_uid,
        at: answer.scanned_at,
        tone: undone ? "info" : answer.tone,
        title: undone ? _t("Undone") : answer.title,
        text: undone ? "" : answer.text,
        what: answer.item || answer.code,
        photoOf: answer.photo && answer.copy_id,
        who: answer.kind === "in" ? "" : answer.person,
        canUndo: !undone && canUndo(answer),
        loanIds: answer.kind === "in" ? [] : loansOf(answer),
        undone,
        waiting: false,
        offer: offerOf(answer),
        // answers of earlier days have none
        requests: (!undone && answer.requests) || [],
    };
}

/** Who may be put on the wait list for what was scanned; nothing if nobody. */
export function offerOf(answer) {
    return answer.wait_for_id
        ? {
              copyId: answer.copy_id,
              personId: answer.wait_for_id,
              text: _t("Put %s on the wait list", answer.wait_for),
          }
        : null;
}

/** The line of the list for a scan that waits for its answer. */
export function waitingLine(scan) {
    return {
        uid: scan.uid,
        at: scan.at,
        tone: "muted",
        title: _t("Waiting"),
        text: _t("It is kept here and sent by itself."),
        what: shown(scan.code),
        photoOf: false,
        who: scan.personName,
        canUndo: true,
        loanIds: [],
        undone: false,
        waiting: true,
        offer: null,
        requests: [],
    };
}

/** The line of the list for what was done, and could not be undone as wanted. */
export function notUndoneLine(answer, problem) {
    return {
        ...answeredLine(answer),
        tone: "danger",
        title: _t("Not undone"),
        text: problem,
    };
}

/**
 * The line of the list for a scan that was taken back before it was answered.
 *
 * @param {Object} line as it was
 * @param {"removed"|"later"} cancelled whether it is gone, or has to be undone
 * @returns {Object}
 */
export function cancelledLine(line, cancelled) {
    return cancelled === "removed"
        ? {...line, undone: true, waiting: false, canUndo: false}
        : {
              ...line,
              text: _t("It was sent already, and is undone when it is answered."),
              canUndo: false,
          };
}

/** The line of the list for a scan that the server refused without an answer. */
export function refusedLine(scan) {
    return {
        ...waitingLine(scan),
        tone: "danger",
        title: _t("Refused"),
        text: scan.refused,
        canUndo: false,
        waiting: false,
    };
}
