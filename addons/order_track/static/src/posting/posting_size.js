import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/**
 * Says that a file is too large before it is sent.  The server says the same, but a
 * browser that is refused while it sends does not always show the answer.
 */
export class PostingSize extends Interaction {
    static selector = "form.o_track_post";
    dynamicContent = {
        "input[type='file']": {"t-on-change": this.onChange},
        ".o_track_post_too_big": {"t-att-class": () => ({"d-none": !this.tooBig})},
        "button[type='submit']": {"t-att-disabled": () => this.tooBig},
    };

    setup() {
        this.tooBig = false;
    }

    onChange(ev) {
        const [file] = ev.currentTarget.files;
        this.tooBig = Boolean(file) && file.size > Number(this.el.dataset.maxBytes);
    }
}

registry.category("public.interactions").add("order_track.posting_size", PostingSize);
