import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {browser} from "@web/core/browser/browser";

/** The server said no, and would say so again. */
export const REFUSED = "refused";
export const OFFLINE = "offline";
export const LOGGED_OUT = "logged_out";
/** The browser has the session of somebody else than this page. */
export const OTHER_USER = "other_user";
export const SERVER = "server";

const FINAL = ["odoo.exceptions.UserError", "odoo.exceptions.ValidationError"];
const SESSION_EXPIRED = "odoo.http.SessionExpiredException";
const FIRST_MS = 2000;
const LONGEST_MS = 30000;

/** How long an answer may take, in milliseconds. */
export const patience = {ms: 8000};

/** No answer came in time: the network, or the server, swallowed it. */
export class NoAnswerError extends Error {}

/**
 * Give up on a call that is not answered.
 *
 * @param {Promise} call as `rpc` gives it
 * @returns {Promise}
 */
export function inTime(call) {
    return new Promise((resolve, reject) => {
        const timer = browser.setTimeout(() => {
            call.abort?.(false);
            reject(new NoAnswerError("No answer in time"));
        }, patience.ms);
        call.then(resolve, reject).finally(() => browser.clearTimeout(timer));
    });
}

/** What is wrong, by the error of a call. Only what is final may not be tried again. */
export function kindOf(error) {
    if (error instanceof ConnectionLostError || error instanceof NoAnswerError) {
        return OFFLINE;
    }
    if (error instanceof RPCError && error.exceptionName === SESSION_EXPIRED) {
        return LOGGED_OUT;
    }
    if (error instanceof RPCError && FINAL.includes(error.exceptionName)) {
        return REFUSED;
    }
    return SERVER;
}

/** Whether the server did nothing because somebody else is logged in. */
export function isOtherUser(answer) {
    // the code of an answered scan is what was read, whatever that says
    return (
        answer?.outcome === OTHER_USER ||
        (answer?.code === OTHER_USER && !answer.scan_uid)
    );
}

export function messageOf(error) {
    return error.data?.message || error.message;
}

/**
 * How long to wait before the next try.
 *
 * @param {number} tries how many failed in a row
 * @returns {number} milliseconds
 */
export function delayOf(tries) {
    return Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS);
}
