import {Component, onWillStart, onWillUnmount, useRef, useState} from "@odoo/owl";
import {useBus, useService} from "@web/core/utils/hooks";
import {
    ICONS,
    answeredLine,
    asked,
    cancelledLine,
    modes,
    newState,
    newUid,
    newVisit,
    refusedLine,
    shown,
    states,
    timeOf,
    waitingLine,
} from "./scan_words";
import {Mutex} from "@web/core/utils/concurrency";
import {ScanCamera} from "./scan_camera";
import {ScanQueue} from "./scan_queue";
import {ScanSlip} from "./scan_slip";
import {ScanSound} from "./scan_sound";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {serializeDateTime} from "@web/core/l10n/dates";
import {session} from "@web/session";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {user} from "@web/core/user";

const LISTED = 30;

export class ScanAction extends Component {
    static template = "sample_library.ScanAction";
    static components = {ScanCamera, ScanSlip};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.sound = new ScanSound();
        this.mutex = new Mutex();
        Object.assign(this, {icons: ICONS, modes: modes(), states: states(), timeOf});
        const key = `sample_library.${session.db}.${user.userId}`;
        this.libraryKey = `${key}.library`;
        this.queue = new ScanQueue(
            `${key}.queue`,
            (method, args, kwargs) =>
                this.orm.silent.call("sample.copy", method, args, kwargs),
            {
                answered: (...args) => this.onAnswer(...args),
                failed: (scan, message) => this.onRefused(scan, message),
                changed: () => this.onQueueChange(),
            },
        );
        this.state = useState(newState());
        useBus(useService("barcode").bus, "barcode_scanned", (ev) =>
            this.read(ev.detail.barcode),
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
            scans: desk.scans.map((answer) => answeredLine(answer)),
        });
        browser.localStorage.setItem(this.libraryKey, desk.library_id);
        // what was scanned before the page was loaded again
        for (const scan of this.queue.scans) {
            this.list(waitingLine(scan));
        }
        this.queue.flush();
    }

    get asked() {
        return asked(this.state.mode, this.state.person);
    }

    /** Put a scan on top of the list, or in the place it has there already. */
    list(line) {
        const index = this.state.scans.findIndex((one) => one.uid === line.uid);
        if (index < 0) {
            this.state.scans.unshift(line);
            this.state.scans.splice(LISTED);
        } else {
            this.state.scans[index] = line;
        }
    }

    say(tone, title, text, what = "", offer = null) {
        this.state.message = {tone, title, text, what, offer};
        this.sound.play(tone);
    }

    focus() {
        this.input.el?.focus();
    }

    // === What the clerk does === //

    setMode(mode) {
        this.finish();
        Object.assign(this.state, {mode, message: null, found: null, slip: null});
    }

    setLibrary(ev) {
        this.setMode(this.state.mode);
        return this.open(Number(ev.target.value));
    }

    submit() {
        const text = this.state.text;
        this.state.text = "";
        return text.trim() && this.read(text);
    }

    /** Whatever way something was read: scanner, camera or keyboard. */
    read(code) {
        // the samples behind a badge wait until it is known whose it is
        return this.mutex.exec(() => this.take(code));
    }

    async take(code) {
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
            at: serializeDateTime(luxon.DateTime.now()),
            code,
        };
        this.list(waitingLine(scan));
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
                shown(code),
            );
        }
    }

    /** Ask what can wait no longer than the clerk; nothing if the network is lost. */
    async ask(method, ...args) {
        try {
            return await this.orm.silent.call("sample.library", method, [
                this.state.libraryId,
                ...args,
            ]);
        } catch (error) {
            if (this.queue.refused(error)) {
                throw error;
            }
            this.queue.wait();
            if (this.state.mode === "find" || method === "desk_wait") {
                this.say("warning", _t("No network"), _t("Try again in a moment."));
            }
            return null;
        }
    }

    setPerson(person) {
        this.finish();
        Object.assign(this.state, {person, message: null});
    }

    finish() {
        const {person, loanIds} = this.state;
        if (person && loanIds.length) {
            this.state.slip = {name: person.name, loanIds: [...loanIds]};
        }
        Object.assign(this.state, newVisit());
        this.focus();
    }

    async undo(line) {
        const cancelled = line.waiting ? this.queue.cancel(line.uid) : "gone";
        if (cancelled !== "gone") {
            this.list(cancelledLine(line, cancelled));
            return;
        }
        const answer = await this.orm.call("sample.copy", "scan_undo", [line.uid]);
        this.list({...line, undone: true, canUndo: false});
        this.forget(line.loanId);
        this.say(answer.tone, answer.title, answer.text, answer.item);
    }

    /** Somebody wants what is not here: one button puts the person on the list. */
    async wait(offer) {
        const told = await this.ask("desk_wait", offer.personId, offer.copyId);
        if (told) {
            this.say(told.tone, told.title, told.text, told.item);
        }
        this.focus();
    }

    /** A loan that was undone is on no slip. */
    forget(loanId) {
        const {person, loanIds} = this.state;
        if (loanIds.includes(loanId)) {
            this.state.loanIds = loanIds.filter((id) => id !== loanId);
            person.open -= 1;
        }
        this.state.slip = null;
    }

    // === What the queue says === //

    onAnswer(scan, answer, undone) {
        const line = answeredLine({...answer, undone});
        this.list(line);
        this.say(line.tone, line.title, line.text, line.what, line.offer);
        if (undone || scan.visit !== this.state.visit) {
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
        const line = refusedLine(scan, message);
        this.list(line);
        this.say(line.tone, line.title, line.text, line.what);
    }

    onQueueChange() {
        const {scans, offline} = this.queue;
        const more = scans.length > this.state.waiting || !this.state.offline;
        Object.assign(this.state, {waiting: scans.length, offline});
        if (offline && scans.length && more) {
            const line = waitingLine(scans.at(-1));
            this.say("warning", line.title, line.text, line.what);
        }
    }
}

registry.category("actions").add("sample_library.scan", ScanAction);
