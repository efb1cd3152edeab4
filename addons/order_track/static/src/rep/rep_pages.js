/**
 * The sales rep's pages as an app: what the phone keeps for when there is no network,
 * and that it forgets it when somebody else uses the browser.
 */
import {session} from "@web/session";

const SCOPE = "/my/rep";
const WORKER = `${SCOPE}/service-worker.js`;
const PAGES = "track-rep-pages";
const OWNER = `${SCOPE}/owner`;
const LISTS = ["", "/customers", "/orders", "/orders?which=late", "/follow-ups"];

async function forget() {
    await window.caches?.delete(PAGES);
}

/** Delete what is kept for somebody else. Runs on each page, that of the login as well. */
async function forgetOthers() {
    if (!(await window.caches?.has(PAGES))) {
        return;
    }
    const pages = await caches.open(PAGES);
    const owner = await pages.match(OWNER);
    if (!owner || (await owner.text()) !== String(session.uid)) {
        await forget();
    }
}

async function install() {
    await navigator.serviceWorker.register(WORKER, {scope: SCOPE});
    const registration = await navigator.serviceWorker.ready;
    const assets = [...document.querySelectorAll("link[rel=stylesheet], script, img")]
        .map((node) => node.href || node.src || node.dataset.src)
        .filter(Boolean);
    registration.active.postMessage({
        type: "keep",
        pages: [
            location.pathname + location.search,
            ...LISTS.map((path) => SCOPE + path),
        ],
        assets,
    });
}

function setOffline(isOffline) {
    const root = document.documentElement;
    if (root.dataset.trackOffline === "worker") {
        // the page itself is an old one
        return isOffline || location.reload();
    }
    root.toggleAttribute("data-track-offline", isOffline);
    for (const fields of document.querySelectorAll("fieldset[data-track-form]")) {
        fields.disabled = isOffline;
    }
}

forgetOthers();

document.addEventListener("click", (event) => {
    if (event.target.closest("a[href*='/web/session/logout']")) {
        forget();
    }
});

document
    .querySelector(".o_track_rep_filters .active")
    ?.scrollIntoView({inline: "center", block: "nearest"});

const saved = document.getElementById("o_track_rep_saved");
if (saved) {
    saved.textContent ||= new Date().toLocaleTimeString([], {
        hour: "2-digit",
        minute: "2-digit",
    });
    window.addEventListener("offline", () => setOffline(true));
    window.addEventListener("online", () => setOffline(false));
    if (!navigator.onLine) {
        setOffline(true);
    }
    if (
        navigator.serviceWorker &&
        document.documentElement.dataset.trackOffline !== "worker"
    ) {
        install().catch((error) => console.warn("No pages are kept off line", error));
    }
}
