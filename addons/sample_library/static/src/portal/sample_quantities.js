import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/**
 * Quantities that are typed on the order and not saved yet go along with whatever other
 * form of the page is sent.  Without this they are saved by the button below them only.
 */
export class SampleQuantities extends Interaction {
    static selector = ".o_sample_portal:has(#sample_lines)";
    dynamicContent = {
        "form:not(#sample_lines)": {"t-on-formdata": this.takeAlong},
    };

    takeAlong(ev) {
        for (const input of this.el.querySelectorAll("#sample_lines [data-saved]")) {
            if (input.value !== input.dataset.saved) {
                ev.formData.set(input.name, input.value);
            }
        }
    }
}

registry
    .category("public.interactions")
    .add("sample_library.quantities", SampleQuantities);
