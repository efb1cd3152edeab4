/**
 * Keeps the pages that a sales rep saw last, for when there is no network.
 *
 * The network comes first. What is kept is the user's alone: each page says in a header
 * whose it is, and when that changes all pages are deleted. The pages' own script
 * deletes them as well when somebody else, or nobody, is logged in.
 */
const PAGES = "track-rep-pages";
const ASSETS = "track-rep-assets";
const OWNER = "/my/rep/owner";
const OFFLINE = "/my/rep/offline";
const MOST_PAGES = 100;
const MOST_ASSETS = 80;
const LONGEST = 7 * 24 * 60 * 60 * 1000;
const PAGE = /^\/my\/rep(\/(customers|orders|follow-ups)(\/\d+|\/page\/\d+)?)?$/;
const ASSET =
    /^\/(web\/assets\/|web\/binary\/company_logo$|logo\.png$|[a-z0-9_]+\/static\/)/;
const GATEWAY_TROUBLE = [502, 503, 504];

/** What is kept under, or nothing if it is none of ours. */
function pathOf(url, pattern) {
    const {origin, pathname, search} = new URL(url, self.location.origin);
    return origin === self.location.origin && pattern.test(pathname)
        ? pathname + search
        : "";
}

async function prune(cache, most) {
    const keys = await cache.keys();
    await Promise.all(
        keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)),
    );
}

/** Keep a page; those of another user go first. */
async function keep(path, response) {
    const owner = response.headers.get("X-Track-Rep");
    if (!owner || response.status !== 200 || response.redirected) {
        return;
    }
    const body = await response.text();
    let pages = await caches.open(PAGES);
    const before = await pages.match(OWNER);
    if (before && (await before.text()) !== owner) {
        await caches.delete(PAGES);
        pages = await caches.open(PAGES);
    }
    // first of all: pages that are nobody's are deleted
    await pages.put(OWNER, new Response(owner));
    // deleted before it is put: what was seen last is at the end
    await pages.delete(path);
    await pages.put(
        path,
        new Response(body, {
            headers: {
                "Content-Type": "text/html; charset=utf-8",
                "X-Track-Saved": String(Date.now()),
            },
        }),
    );
    await prune(pages, MOST_PAGES);
}

function timeOf(moment) {
    const then = new Date(moment);
    const time = {hour: "2-digit", minute: "2-digit"};
    return then.toDateString() === new Date().toDateString()
        ? then.toLocaleTimeString([], time)
        : then.toLocaleString([], {...time, day: "numeric", month: "short"});
}

/** A page as it was seen last, marked as old and with its forms shut. */
async function lastSeen(path) {
    const found =
        (await caches.has(PAGES)) && (await (await caches.open(PAGES)).match(path));
    const saved = found && Number(found.headers.get("X-Track-Saved"));
    if (!saved || Date.now() - saved > LONGEST) {
        return null;
    }
    const html = (await found.text())
        .replace(/<html/i, '<html data-track-offline="worker"')
        .replace('<time id="o_track_rep_saved">', `$&${timeOf(saved)}`)
        .replaceAll('data-track-form="1"', '$& disabled="disabled"');
    return new Response(html, {headers: {"Content-Type": "text/html; charset=utf-8"}});
}

async function notKept() {
    const page = await caches.match(OFFLINE, {cacheName: ASSETS});
    const body = page ? await page.text() : "";
    return new Response(body, {
        status: 503,
        headers: {"Content-Type": "text/html; charset=utf-8"},
    });
}

async function openPage(event, path) {
    let response;
    try {
        response = await fetch(event.request);
    } catch {
        return (await lastSeen(path)) || notKept();
    }
    if (GATEWAY_TROUBLE.includes(response.status)) {
        return (await lastSeen(path)) || response;
    }
    if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
        // sent to the login, or no rep any more
        await caches.delete(PAGES);
    } else {
        event.waitUntil(keep(path, response.clone()));
    }
    return response;
}

async function sendForm(request) {
    try {
        return await fetch(request);
    } catch {
        return notKept();
    }
}

async function openAsset(event, path) {
    const assets = await caches.open(ASSETS);
    const found = await assets.match(path);
    // the name of a bundle changes with its content
    if (found && path.startsWith("/web/assets/")) {
        return found;
    }
    let response;
    try {
        response = await fetch(event.request);
    } catch (error) {
        if (found) {
            return found;
        }
        throw error;
    }
    if (response.status === 200 && response.type === "basic") {
        event.waitUntil(
            assets.put(path, response.clone()).then(() => prune(assets, MOST_ASSETS)),
        );
    }
    return response;
}

async function keepAll({pages, assets}) {
    const store = await caches.open(ASSETS);
    const wanted = assets.map((url) => pathOf(url, ASSET)).filter(Boolean);
    for (const path of new Set(wanted)) {
        if (!(await store.match(path))) {
            const response = await fetch(path);
            if (response.status === 200) {
                await store.put(path, response);
            }
        }
    }
    for (const path of new Set(pages.map((url) => pathOf(url, PAGE)).filter(Boolean))) {
        await keep(path, await fetch(path));
    }
}

self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(ASSETS).then((assets) => assets.add(OFFLINE)));
    self.skipWaiting();
});

self.addEventListener("activate", (event) => {
    event.waitUntil(self.clients.claim());
});

self.addEventListener("message", (event) => {
    if (event.data?.type === "keep") {
        event.waitUntil(keepAll(event.data));
    }
});

self.addEventListener("fetch", (event) => {
    const {method, mode, url} = event.request;
    const page = pathOf(url, PAGE);
    if (method === "GET" && mode === "navigate" && page) {
        event.respondWith(openPage(event, page));
    } else if (
        method === "POST" &&
        mode === "navigate" &&
        pathOf(url, /^\/my\/rep\//)
    ) {
        event.respondWith(sendForm(event.request));
    } else if (
        method === "GET" &&
        mode === "navigate" &&
        pathOf(url, /^\/my\/rep(\/|$)/)
    ) {
        event.respondWith(fetch(event.request).catch(notKept));
    } else if (method === "GET" && pathOf(url, ASSET)) {
        event.respondWith(openAsset(event, pathOf(url, ASSET)));
    }
});
