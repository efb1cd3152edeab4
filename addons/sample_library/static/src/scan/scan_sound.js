// frequency in hertz and length in seconds, one tone after the other
const TONES = {
    success: [[880, 0.12]],
    info: [[660, 0.12]],
    primary: [
        [523, 0.12],
        [659, 0.12],
        [784, 0.3],
    ],
    warning: [
        [440, 0.12],
        [440, 0.12],
    ],
    danger: [
        [220, 0.2],
        [180, 0.35],
    ],
};

/** Short tones, so that the clerk need not look up; a color and words say the same. */
export class ScanSound {
    /**
     * Have sound ready. Browsers let a page sound only after somebody has touched it,
     * so this is called at each touch.
     *
     * @returns {boolean} whether there is sound
     */
    wake() {
        const Context = window.AudioContext;
        if (!Context || this.closed) {
            return false;
        }
        this.context ??= new Context();
        if (this.context.state === "suspended") {
            this.context.resume();
        }
        return true;
    }

    play(tone) {
        if (!this.wake()) {
            return;
        }
        let start = this.context.currentTime;
        for (const [frequency, length] of TONES[tone] || TONES.danger) {
            const oscillator = this.context.createOscillator();
            const volume = this.context.createGain();
            volume.gain.value = 0.15;
            oscillator.frequency.value = frequency;
            oscillator.connect(volume).connect(this.context.destination);
            oscillator.start(start);
            oscillator.stop(start + length);
            start += length + 0.05;
        }
    }

    close() {
        this.closed = true;
        this.context?.close();
    }
}
