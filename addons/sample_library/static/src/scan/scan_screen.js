import {
    answeredLine,
    newState,
    notUndoneLine,
    refusedLine,
    shown,
    waitingLine,
} from "./scan_words";
import {ScanQueue, loansOf} from "./scan_queue";
import {ScanStore} from "./scan_store";
import {ScanVisits} from "./scan_visits";
import {_t} from "@web/core/l10n/translation";
import {reactive} from "@odoo/owl";
import {troubleWords} from "./scan_banner";

const MODELS = {
    scan_out: "sample.copy",
    scan_in: "sample.copy",
    scan_undo: "sample.copy",
    desk_kit: "sample.library",
};
const LENT = ["lent", "kit", "kit_part"];
const LISTED = 30;
const SLIPS = 3;

/** What the scan screen shows: of scans, of answers, and of what the queue says. */
export class ScanScreen {
    /**
     * @param {Object} env
     * @param {ORM} env.orm
     * @param {Storage} env.storage
     * @param {string} env.base what the keys of the storage begin with
     * @param {{userId: number, name: string}} env.user
     * @param {ScanSound} env.sound
     * @param {() => void} env.focus puts the cursor where the next thing is typed
     * @param {{make: Function, show: Function}} env.orders opens the form of an order
     */
    constructor({orm, storage, base, user, sound, focus, orders}) {
        Object.assign(this, {orm, storage, user, sound, focus, orders});
        const key = `${base}.${user.userId}`;
        this.libraryKey = `${key}.library`;
        this.said = 0;
        this.state = reactive(newState());
        this.visits = new ScanVisits(`${key}.slip.`, storage);
        this.queue = new ScanQueue(
            new ScanStore(base, user.userId, storage),
            (method, args, kwargs) => orm.call(MODELS[method], method, args, kwargs),
            () => orm.call("sample.library", "desk_open", [this.state.libraryId]),
            {
                answered: (...args) => this.onAnswer(...args),
                refused: (scan) => this.onRefused(scan),
                changed: () => this.onQueueChange(),
            },
        );
    }

    /** The latest answers, and on top what was scanned since and is not answered yet. */
    relist(answers) {
        this.state.scans = answers.map((answer) => answeredLine(answer));
        for (const scan of this.queue.store.waiting) {
            this.list(waitingLine(scan));
        }
        this.onQueueChange();
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

    /** @param {Object} [more] `offer` and `requests` of a line, or `orderId` */
    say(tone, title, text, what = "", more = {}) {
        const urgent = tone === "danger" || tone === "warning";
        this.said += 1;
        this.state.message = {
            offer: null,
            requests: [],
            orderId: false,
            ...more,
            ...{tone, title, text, what, urgent},
            count: this.said,
        };
        this.sound.play(tone);
    }

    sayLine({tone, title, text, what, offer, requests}) {
        this.say(tone, title, text, what, {offer, requests});
    }

    showSlips() {
        const {visit, person} = this.state;
        this.state.slips = this.visits.slips
            .filter((slip) => slip.visit !== visit || slip.personId !== person?.id)
            .slice(0, SLIPS);
    }

    /** Loans that were undone are on no slip. */
    forget(loanIds) {
        const {person, visit} = this.state;
        for (const loanId of loanIds) {
            const here = this.visits.find(visit, person?.id);
            if (here?.loanIds.includes(loanId)) {
                person.open -= 1;
            }
            this.visits.forget(loanId);
        }
        this.showSlips();
    }

    // === What the server says === //

    onPeople(scan, {badge, people}) {
        const isHere = scan.visit === this.state.visit;
        if (badge) {
            this.queue.assign(scan.visit, people[0].id, people[0].name);
        }
        if (badge && isHere) {
            this.setPerson(people[0], scan.visit);
            this.sound.play("info");
        } else if (people.length && isHere) {
            this.state.people = people;
        } else if (!people.length) {
            this.say(
                "danger",
                _t("Nobody found"),
                _t("Scan a badge or type a name first, then the samples."),
                shown(scan.code),
            );
        }
    }

    onAnswer(scan, answer, {undone, problem}) {
        const line = problem
            ? notUndoneLine(answer, problem)
            : answeredLine({...answer, undone});
        this.list(line);
        this.sayLine(line);
        const isHere = scan.visit === this.state.visit;
        if (answer.outcome === "badge" && isHere) {
            // what was scanned after the badge belongs to it
            this.setPerson(answer.who, scan.visit);
            this.sayLine(line);
        } else if (LENT.includes(answer.outcome) && !undone) {
            this.visits.add(scan.visit, answer);
            if (isHere && this.state.person?.id === answer.person_id) {
                this.state.person.open += loansOf(answer).length;
            }
            this.showSlips();
        }
    }

    onRefused(scan) {
        this.state.scans = this.state.scans.filter((line) => line.uid !== scan.uid);
        this.sayLine(refusedLine(scan));
    }

    onQueueChange() {
        const {store, trouble} = this.queue;
        const {waiting, refused, others} = store;
        const isNew = trouble?.kind !== this.state.trouble?.kind;
        const more = waiting.length > this.state.waiting;
        Object.assign(this.state, {
            waiting: waiting.length,
            refused: refused.map((scan) => refusedLine(scan)),
            others,
            trouble: trouble && {...trouble},
        });
        if (trouble && waiting.length && (isNew || more)) {
            const {title, text} = troubleWords(trouble);
            this.say("warning", title, text, shown(waiting.at(-1).code));
        }
    }
}
