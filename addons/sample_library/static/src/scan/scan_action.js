import {
    BarcodeVideoScanner,
    isBarcodeScannerSupported,
} from "@web/core/barcode/barcode_video_scanner";
import {Component, onWillStart, onWillUnmount, useRef, useState} from "@odoo/owl";
import {useBus, useService} from "@web/core/utils/hooks";
import {ScanQueue} from "./scan_queue";
import {ScanSound} from "./scan_sound";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {serializeDateTime} from "@web/core/l10n/dates";
import {session} from "@web/session";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {user} from "@web/core/user";

const {DateTime} = luxon;
const LISTED = 30;
// a camera reads the same code many times a second
const SAME_CODE_MS = 2500;

const ICONS = {
    success: "fa-check-circle",
    info: "fa-info-circle",
    warning: "fa-exclamation-circle",
    danger: "fa-times-circle",
    secondary: "fa-clock-o",
};

function newUid() {
    const bytes = browser.crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class ScanAction extends Component {
    static template = "sample_library.ScanAction";
    static components = {BarcodeVideoScanner};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.input = useRef("input");
        this.sound = new ScanSound();
        this.hasCamera = isBarcodeScannerSupported();
        const key = `sample_library.${session.db}.${user.userId}`;
        this.libraryKey = `${key}.library`;
        this.queue = new ScanQueue(
            `${key}.queue`,
            (method, args, kwargs) =>
                this.orm.silent.call("sample.copy", method, args, kwargs),
            {
                answered: (scan, answer) => this.onAnswer(scan, answer),
                failed: (scan, message) => this.onRefused(scan, message),
                changed: () => this.onQueueChange(),
            }
        );
        this.state = useState({
            ready: false,
            mode: "out",
            libraries: [],
            libraryId: false,
            person: null,
            people: null,
            found: null,
            project: "",
            text: "",
            visit: newUid(),
            loanIds: [],
            slip: null,
            message: null,
            scans: [],
            waiting: 0,
            offline: false,
            camera: false,
            cameraError: "",
        });
        useBus(useService("barcode").bus, "barcode_scanned", (ev) =>
            this.read(ev.detail.barcode)
        );
        const onOnline = () => this.queue.flush();
        browser.addEventListener("online", onOnline);
        onWillStart(() => this.open());
        onWillUnmount(() => {
            browser.removeEventListener("online", onOnline);
            this.queue.stop();
            this.sound.close();
        });
    }

    // === What is on the screen === //

    async open(libraryId) {
        const last = Number(browser.localStorage.getItem(this.libraryKey));
        const desk = await this.orm.call("sample.library", "desk_open", [
            libraryId || last || false,
        ]);
        Object.assign(this.state, {
            ready: true,
            libraries: desk.libraries,
            libraryId: desk.library_id,
            scans: desk.scans.map((answer) => this.entry(answer)),
        });
        browser.localStorage.setItem(this.libraryKey, desk.library_id);
        // what was scanned before the page was loaded again
        for (const scan of this.queue.scans) {
            this.list(this.waitingEntry(scan));
        }
        this.queue.flush();
    }

    get modes() {
        return [
            {id: "out", name: _t("Lend"), icon: "fa-share-square-o"},
            {id: "in", name: _t("Take Back"), icon: "fa-reply"},
            {id: "find", name: _t("Where Is It?"), icon: "fa-search"},
        ];
    }

    get placeholder() {
        if (this.state.mode === "find") {
            return _t("Tag, pattern or color");
        }
        if (this.state.mode === "out" && !this.state.person) {
            return _t("Badge or name");
        }
        return _t("Tag of a sample");
    }

    get states() {
        return {
            in: {name: _t("Here"), tone: "success"},
            out: {name: _t("Lent"), tone: "info"},
            lost: {name: _t("Lost"), tone: "danger"},
            retired: {name: _t("Retired"), tone: "secondary"},
        };
    }

    icon(tone) {
        return ICONS[tone];
    }

    time(at) {
        return DateTime.fromSQL(at, {zone: "utc"})
            .setZone("default")
            .toLocaleString(DateTime.TIME_SIMPLE);
    }

    entry(answer) {
        return {
            uid: answer.scan_uid,
            at: answer.scanned_at,
            mode: answer.kind,
            tone: answer.tone,
            title: answer.title,
            text: answer.text,
            what: answer.item || answer.code,
            who: answer.kind === "out" ? answer.person : "",
            canUndo:
                answer.ok && Boolean(answer.loan_id || answer.outcome === "found"),
            undone: answer.undone || false,
            waiting: false,
        };
    }

    waitingEntry(scan) {
        return {
            uid: scan.uid,
            at: scan.at,
            mode: scan.mode,
            tone: "secondary",
            title: _t("Waiting for the network"),
            text: _t("It is kept here and sent by itself."),
            what: scan.code.slice(0, 64),
            who: scan.personName,
            canUndo: true,
            undone: false,
            waiting: true,
        };
    }

    /** Put a scan on top of the list, or in the place it has there already. */
    list(entry) {
        const index = this.state.scans.findIndex((one) => one.uid === entry.uid);
        if (index < 0) {
            this.state.scans.unshift(entry);
            this.state.scans.splice(LISTED);
        } else {
            this.state.scans[index] = entry;
        }
    }

    say(tone, title, text, what = "") {
        this.state.message = {tone, title, text, what};
        this.sound.play(tone);
    }

    focus() {
        this.input.el?.focus();
    }

    // === What the clerk does === //

    setMode(mode) {
        this.finish();
        Object.assign(this.state, {mode, message: null, found: null, slip: null});
        this.focus();
    }

    async setLibrary(ev) {
        this.finish();
        Object.assign(this.state, {message: null, found: null, slip: null});
        await this.open(Number(ev.target.value));
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.submit();
        }
    }

    submit() {
        const text = this.state.text;
        this.state.text = "";
        if (text.trim()) {
            return this.read(text);
        }
    }

    onCamera(code) {
        const now = Date.now();
        if (code !== this.lastCode || now - this.lastTime > SAME_CODE_MS) {
            this.read(code);
        }
        Object.assign(this, {lastCode: code, lastTime: now});
    }

    toggleCamera() {
        Object.assign(this.state, {camera: !this.state.camera, cameraError: ""});
    }

    onCameraError(error) {
        Object.assign(this.state, {camera: false, cameraError: error.message});
    }

    /** Whatever way something was read: scanner, camera or keyboard. */
    async read(code) {
        this.state.people = null;
        if (this.state.mode === "find") {
            await this.find(code);
        } else if (
            this.state.mode === "out" &&
            !this.state.person &&
            !this.state.offline
        ) {
            await this.findPerson(code);
        } else {
            this.scan(code);
        }
    }

    scan(code) {
        this.state.slip = null;
        const scan = {
            uid: newUid(),
            mode: this.state.mode,
            libraryId: this.state.libraryId,
            personId: this.state.person?.id || false,
            personName: this.state.person?.name || "",
            visit: this.state.visit,
            project: this.state.project,
            at: serializeDateTime(DateTime.now()),
            code,
        };
        this.list(this.waitingEntry(scan));
        this.queue.add(scan);
    }

    async find(text) {
        const found = await this.ask("desk_find", text);
        if (found) {
            this.state.found = found;
            this.sound.play(found.length ? "success" : "danger");
        }
    }

    async findPerson(code) {
        const found = await this.ask("desk_person", code);
        if (!found) {
            // the badge is looked up when the network is back
            this.scan(code);
        } else if (found.badge) {
            this.setPerson(found.people[0]);
            this.sound.play("info");
        } else if (found.people.length) {
            this.state.people = found.people;
        } else {
            this.say(
                "danger",
                _t("Nobody found"),
                _t("Scan a badge or type a name first, then the samples."),
                code.slice(0, 64)
            );
        }
    }

    /** Ask what can wait no longer than the clerk; nothing if the network is lost. */
    async ask(method, text) {
        try {
            return await this.orm.silent.call("sample.library", method, [
                this.state.libraryId,
                text,
            ]);
        } catch (error) {
            if (this.queue.refused(error)) {
                throw error;
            }
            this.queue.wait();
            if (this.state.mode === "find") {
                this.say("warning", _t("No network"), _t("Try again in a moment."));
            }
            return null;
        }
    }

    setPerson(person) {
        Object.assign(this.state, {
            person,
            people: null,
            slip: null,
            message: null,
            loanIds: [],
            visit: newUid(),
        });
        this.focus();
    }

    finish() {
        const {person, loanIds} = this.state;
        if (person && loanIds.length) {
            this.state.slip = {name: person.name, loanIds: [...loanIds]};
        }
        Object.assign(this.state, {
            person: null,
            people: null,
            project: "",
            text: "",
            loanIds: [],
            visit: newUid(),
        });
        this.focus();
    }

    async undo(entry) {
        if (entry.waiting) {
            this.queue.remove(entry.uid);
            this.list({...entry, undone: true, waiting: false, canUndo: false});
            return;
        }
        const answer = await this.orm.call("sample.copy", "scan_undo", [entry.uid]);
        this.list({...entry, undone: true, canUndo: false});
        this.say(answer.tone, answer.title, answer.text, answer.item);
    }

    printSlip() {
        return this.action.doAction("sample_library.action_report_slip", {
            additionalContext: {active_ids: this.state.slip.loanIds},
        });
    }

    async mailSlip() {
        const action = await this.orm.call("sample.loan", "action_mail_slip", [
            this.state.slip.loanIds,
        ]);
        await this.action.doAction(action);
    }

    // === What the queue says === //

    onAnswer(scan, answer) {
        this.list(this.entry(answer));
        this.say(answer.tone, answer.title, answer.text, answer.item || answer.code);
        if (scan.visit !== this.state.visit) {
            return;
        }
        if (answer.outcome === "badge") {
            this.setPerson(answer.who);
            // what was scanned after the badge belongs to it
            this.state.visit = scan.visit;
            this.say(answer.tone, answer.title, answer.text);
        } else if (answer.outcome === "lent" && this.state.person) {
            this.state.loanIds.push(answer.loan_id);
            this.state.person.open += 1;
        }
    }

    onRefused(scan, message) {
        const entry = {
            ...this.waitingEntry(scan),
            tone: "danger",
            title: _t("Refused"),
            text: message,
            canUndo: false,
            waiting: false,
        };
        this.list(entry);
        this.say("danger", entry.title, message, entry.what);
    }

    onQueueChange() {
        this.state.waiting = this.queue.scans.length;
        this.state.offline = this.queue.offline;
    }
}

registry.category("actions").add("sample_library.scan", ScanAction);
