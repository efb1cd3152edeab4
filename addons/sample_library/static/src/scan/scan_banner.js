import {Component, onWillUnmount, useEffect, useState} from "@odoo/owl";
import {LOGGED_OUT, OFFLINE, OTHER_USER, SERVER} from "./scan_trouble";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";

const LOGIN = "/web/login?redirect=/odoo/sample-scan";
const SECOND_MS = 1000;

/**
 * What the screen says while the server cannot be asked.
 *
 * @param {{kind: string, text: string}} trouble
 * @returns {{icon: string, title: string, text: string, link: string}} link to where
 *     the clerk can log in; empty if that does not help
 */
export function troubleWords(trouble) {
    const words = {
        [OFFLINE]: {
            icon: "fa-wifi",
            title: _t("No network"),
            text: _t("Go on scanning. Scans are kept here and sent by themselves."),
        },
        [LOGGED_OUT]: {
            icon: "fa-sign-in",
            title: _t("You are logged out"),
            text: _t("Scans are kept here, and sent when %(name)s has logged in.", {
                name: user.name,
            }),
            link: LOGIN,
        },
        [OTHER_USER]: {
            icon: "fa-user-times",
            title: _t("Somebody else is logged in"),
            text: _t("The scans of %(name)s wait here until %(name)s logs in.", {
                name: user.name,
            }),
            link: `/web/session/logout?redirect=${encodeURIComponent(LOGIN)}`,
        },
        [SERVER]: {
            icon: "fa-server",
            title: _t("The server has a problem"),
            text: trouble.text,
        },
    };
    return {link: "", ...words[trouble.kind]};
}

/** Why scans wait, since nothing gets through; and what to do about it. */
export class ScanBanner extends Component {
    static template = "sample_library.ScanBanner";
    static props = {
        trouble: Object,
        waiting: Number,
        onRetry: Function,
        onSetAside: Function,
    };

    setup() {
        this.state = useState({seconds: 0});
        const count = () => {
            const left = (this.props.trouble.retryAt - Date.now()) / SECOND_MS;
            this.state.seconds = Math.max(0, Math.ceil(left));
        };
        const timer = browser.setInterval(count, SECOND_MS);
        useEffect(count, () => [this.props.trouble.retryAt]);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get words() {
        return troubleWords(this.props.trouble);
    }

    get nextTry() {
        const {seconds} = this.state;
        return seconds ? _t("Next try in %(seconds)s s", {seconds}) : _t("Trying…");
    }

    get canSetAside() {
        return this.props.trouble.kind === SERVER && this.props.waiting > 0;
    }
}
