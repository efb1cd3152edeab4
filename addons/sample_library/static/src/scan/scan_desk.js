import {cancelledLine, newUid, newVisit, shown, waitingLine} from "./scan_words";
import {ScanScreen} from "./scan_screen";
import {_t} from "@web/core/l10n/translation";
import {messageOf} from "./scan_trouble";
import {serializeDateTime} from "@web/core/l10n/dates";
import {troubleWords} from "./scan_banner";

/** What a clerk does at the scan screen. */
export class ScanDesk extends ScanScreen {
    async open() {
        const last = Number(this.storage.getItem(this.libraryKey)) || false;
        const desk = await this.orm.call("sample.library", "desk_open", [last]);
        Object.assign(this.state, {
            ready: true,
            libraries: desk.libraries,
            libraryId: desk.library_id,
        });
        this.storage.setItem(this.libraryKey, desk.library_id);
        this.relist(desk.scans);
        this.showSlips();
        this.queue.flush();
    }

    setMode(mode) {
        // who asks where something is may want it
        const {person, asker} = this.state;
        this.finish();
        Object.assign(this.state, {
            ...{mode, message: null, found: null, missing: [], words: ""},
            asker: mode === "find" ? person || asker : null,
        });
    }

    async setLibrary(ev) {
        this.setMode(this.state.mode);
        // what is scanned from now on is of this library, also without a network
        this.state.libraryId = Number(ev.target.value);
        this.storage.setItem(this.libraryKey, this.state.libraryId);
        this.relist([]);
        await this.refresh();
    }

    async refresh() {
        const {libraryId} = this.state;
        const desk = await this.ask("desk_open");
        if (desk && libraryId === this.state.libraryId) {
            this.relist(desk.scans);
        }
    }

    close() {
        this.queue.stop();
        this.sound.close();
    }

    submit() {
        const text = this.state.text;
        this.state.text = "";
        return text.trim() && this.read(text);
    }

    /** Whatever way something was read: scanner, camera or keyboard. */
    read(code) {
        const {mode, person, visit, trouble} = this.state;
        Object.assign(this.state, {people: null, kits: null});
        if (mode === "find") {
            return this.find(code);
        }
        // the samples behind a badge wait until it is known whose it is
        if (mode === "in" || person || trouble || this.queue.waitsFor(visit)) {
            return this.scan(code);
        }
        return this.findPerson(code);
    }

    newScan(code) {
        return {
            uid: newUid(),
            mode: this.state.mode,
            libraryId: this.state.libraryId,
            userName: this.user.name,
            personId: this.state.person?.id || false,
            personName: this.state.person?.name || "",
            visit: this.state.visit,
            project: this.state.project,
            at: serializeDateTime(luxon.DateTime.now()),
            code,
        };
    }

    scan(code) {
        const scan = this.newScan(code);
        this.list(waitingLine(scan));
        this.queue.add(scan);
    }

    async find(text) {
        this.finding = text;
        const found = await this.ask("desk_find", text);
        const missing = found && (await this.ask("desk_missing", text));
        if (missing && this.finding === text) {
            Object.assign(this.state, {found, missing, words: shown(text)});
            this.sound.play(found.length ? "success" : "danger");
        }
    }

    /** What is not here: on the order for whoever wants it; else in a form of an order. */
    async request({item_id, item, person_id}) {
        const personId = person_id || this.state.asker?.id;
        if (!personId) {
            this.openOrder({
                default_line_ids: [[0, 0, {item_id, name: item, quantity: 1}]],
            });
            return;
        }
        const told = await this.ask("desk_request", personId, item_id);
        if (told) {
            this.say(told.tone, told.title, told.text, told.item, {
                orderId: told.order_id,
            });
        }
        this.focus();
    }

    /** What is in no library, in words. */
    requestWords() {
        const name = this.state.words;
        this.openOrder({default_line_ids: [[0, 0, {name, quantity: 1}]]});
    }

    openOrder(values) {
        const personId = (this.state.person || this.state.asker)?.id;
        this.orders.make({
            default_library_id: this.state.libraryId,
            default_source: "counter",
            ...(personId && {default_person_id: personId}),
            ...values,
        });
    }

    /** Bags to choose from; a second time, they are put away. */
    async showKits() {
        if (this.state.kits) {
            this.state.kits = null;
            return;
        }
        const kits = await this.ask("desk_kits");
        if (kits) {
            this.state.kits = kits;
        }
    }

    /** A whole bag, kept and sent like a scan. */
    lendKit(kit) {
        const scan = {...this.newScan(kit.name), mode: "kit", kitId: kit.id};
        this.state.kits = null;
        this.list(waitingLine(scan));
        this.queue.add(scan);
        this.focus();
    }

    async findPerson(code) {
        // kept like any scan, should nobody answer or the tab be closed
        const scan = this.newScan(code);
        this.queue.hold(scan);
        try {
            const found = await this.ask("desk_person", code);
            if (found) {
                this.queue.remove(scan.uid);
                this.onPeople(scan, found);
            } else {
                this.list(waitingLine(scan));
            }
        } finally {
            this.queue.release(scan.visit);
        }
    }

    /** Ask what can wait no longer than the clerk; nothing if the server is not there. */
    async ask(method, ...args) {
        const {answer, error, trouble} = await this.queue.tryOut(() =>
            this.orm.call("sample.library", method, [this.state.libraryId, ...args]),
        );
        if (error) {
            this.say("danger", _t("That did not work"), messageOf(error));
        } else if (trouble) {
            const {title, text} = troubleWords(trouble);
            this.say("warning", title, text);
        }
        return answer;
    }

    setPerson(person, visit) {
        this.finish();
        Object.assign(this.state, {person, message: null}, visit && {visit});
        this.showSlips();
    }

    finish() {
        Object.assign(this.state, newVisit());
        this.showSlips();
        this.focus();
    }

    async undo(line) {
        const cancelled = line.waiting ? this.queue.cancel(line.uid) : "gone";
        if (cancelled !== "gone") {
            this.list(cancelledLine(line, cancelled));
            return;
        }
        const {answer, error, trouble} = await this.queue.tryOut(() =>
            this.queue.undo(line.uid),
        );
        if (answer) {
            this.list({...line, undone: true, canUndo: false});
            this.forget(line.loanIds);
            this.say(answer.tone, answer.title, answer.text, answer.item);
        } else if (error) {
            this.say("danger", _t("Not undone"), messageOf(error), line.what);
        } else {
            this.say(
                "warning",
                troubleWords(trouble).title,
                _t("Not undone. Try again in a moment."),
            );
        }
    }

    /** Somebody wants what is not here: one button puts the person on the list. */
    async wait(offer) {
        const told = await this.ask("desk_wait", offer.personId, offer.copyId);
        if (told) {
            this.say(told.tone, told.title, told.text, told.item);
        }
        this.focus();
    }

    closeSlip(slip) {
        this.visits.remove(slip.id);
        this.showSlips();
    }

    /** Another tab has scanned, or has sent what was scanned here. */
    onOtherTab(ev) {
        this.showSlips();
        if (!this.queue.store.has(ev.key)) {
            return;
        }
        this.onQueueChange();
        if (!ev.newValue && this.state.scans.some((line) => line.waiting)) {
            this.refresh();
        }
    }

    dismiss(line) {
        this.queue.remove(line.uid);
        this.focus();
    }

    retry(line) {
        const scan = this.queue.store.find(line.uid);
        if (scan) {
            this.list(waitingLine(scan));
            this.queue.retry(line.uid);
        }
    }
}
