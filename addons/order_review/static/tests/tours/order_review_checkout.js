import {rpcBus} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";

const BUTTON = "a[name='website_sale_main_button']";
const OPEN = `${BUTTON}[href]:not(.disabled):not([aria-disabled])`;
const SHUT = `${BUTTON}.disabled[aria-disabled='true']:not([href])`;

const chooseAddress = (name) => ({
    content: `Have it sent to ${name}`,
    trigger: `.card[data-address-type='delivery']:not(.bg-400):contains(${name})`,
    run: "click",
});

const chooseDelivery = (name) => ({
    content: `Have it brought by ${name}`,
    trigger: `[name='o_delivery_method']:contains(${name}) input[name='o_delivery_radio']`,
    run: "click",
});

const asked = new Set();
let changed = Date.now();
rpcBus.addEventListener("RPC:REQUEST", ({detail}) => {
    asked.add(detail.data.id);
    changed = Date.now();
});
rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
    asked.delete(detail.data.id);
    changed = Date.now();
});

// Core stops and starts the page's script while it draws the deliveries of another
// address; what is clicked meanwhile is lost, so look before you choose again: until
// all is answered, and nothing has been asked for most of a second.
const look = {
    content: "Look at what has changed",
    trigger: "#o_delivery_form [name='o_delivery_method']",
    async run() {
        while (asked.size || Date.now() - changed < 800) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    },
};

registry.category("web_tour.tours").add("order_review_checkout", {
    steps: () => [
        {
            content: "Remember the page: it must not be loaded again",
            trigger: OPEN,
            run() {
                document.body.dataset.reviewSamePage = "yes";
            },
        },
        {
            content: "There is no box",
            trigger: "#wrap:not(:has(#order_review_box))",
        },
        look,
        chooseAddress("Review Abroad"),
        {
            content: "The box comes up",
            trigger: "#order_review_notices #order_review_box:contains(on hold)",
        },
        {
            content: "The button cannot be used any more",
            trigger: SHUT,
        },
        {
            content: "Beside it stands why",
            trigger: ".o_review_next_step:contains(as soon as you have changed)",
        },
        look,
        chooseAddress("Pia Portal"),
        {
            content: "The box is gone",
            trigger: "#wrap:not(:has(#order_review_box))",
        },
        {
            content: "The button works again",
            trigger: OPEN,
        },
        look,
        chooseDelivery("Review Balloon"),
        {
            content: "The box comes up for the delivery, too",
            trigger: "#order_review_notices #order_review_box:contains(No balloons)",
        },
        {
            content: "The button cannot be used",
            trigger: SHUT,
        },
        look,
        chooseDelivery("Review Delivery"),
        {
            content: "The box is gone again",
            trigger: "#wrap:not(:has(#order_review_box))",
        },
        {
            content: "The button works, on the same page all the time",
            trigger: `body[data-review-same-page='yes'] ${OPEN}`,
        },
    ],
});
