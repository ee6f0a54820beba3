/** Bytes of a blob in each window: 4 KiB/s in windows of a minute, at which a layer of 100 MB would take seven hours. */
const SLOWEST = 256 * 1024;

/**
 * Watches how a blob comes. A server that gives a byte now and then keeps within every silence allowed and would never end; where
 * the reader kept it waiting for half of a window or more, that window proves nothing.
 */
export class RateWatch {
  readonly #timer: NodeJS.Timeout;
  #came = 0;
  #waited = 0;
  #waitsSince: number | undefined;

  /** Too little came in one of the windows. */
  tooSlow = false;

  /** @param window milliseconds; `end` is called at the end of each in which too little came */
  constructor(window: number, end: () => void) {
    this.#timer = setInterval(() => {
      if (this.#waitsSince !== undefined) {
        this.ready();
        this.waits();
      }
      if (this.#came < SLOWEST && this.#waited < window / 2) {
        this.tooSlow = true;
        end();
      }
      this.#came = 0;
      this.#waited = 0;
    }, window);
  }

  came(bytes: number): void {
    this.#came += bytes;
  }

  /** The reader wants no more for now. */
  waits(): void {
    this.#waitsSince ??= performance.now();
  }

  /** The reader wants more. */
  ready(): void {
    if (this.#waitsSince === undefined) return;
    this.#waited += performance.now() - this.#waitsSince;
    this.#waitsSince = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
