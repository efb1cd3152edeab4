import {
    BarcodeVideoScanner,
    isBarcodeScannerSupported,
} from "@web/core/barcode/barcode_video_scanner";
import {Component, useState} from "@odoo/owl";

// a camera reads the same code many times a second
const SAME_CODE_MS = 2500;

/** Reads codes with the camera, one after the other, where the browser lets it. */
export class ScanCamera extends Component {
    static template = "sample_library.ScanCamera";
    static components = {BarcodeVideoScanner};
    static props = {onCode: Function};

    setup() {
        this.isSupported = isBarcodeScannerSupported();
        this.state = useState({isOn: false, problem: ""});
    }

    toggle() {
        Object.assign(this.state, {isOn: !this.state.isOn, problem: ""});
    }

    onResult(code) {
        const now = Date.now();
        if (code !== this.lastCode || now - this.lastTime > SAME_CODE_MS) {
            this.props.onCode(code);
        }
        Object.assign(this, {lastCode: code, lastTime: now});
    }

    onError(error) {
        Object.assign(this.state, {isOn: false, problem: error.message});
    }
}
