/** An upload and the download it waits for must both fit, even within one host. */
const FEWEST = 2;
/** Requests answered at the bound before a further connection is tried: one refusal in so many is a fair price to learn. */
const PROBE_AFTER = 64;

/**
 * How many connections a host takes at once from us, for hosts that refuse or reset further ones. Unbounded until that is seen:
 * a connection was refused, and a request that was under way at that time was answered afterwards, so that the host was up. A
 * host that is down or restarting bounds nothing.
 *
 * Uploads leave one place to others, since each waits for a download that may come from the same host. Where uploads hold all
 * connections before the bound is known, one of them gives way.
 */
export class ConnectionBound {
  #limit = Number.POSITIVE_INFINITY;
  /** What the host is known to take; one less than `#limit` while a further connection is tried, which is never an upload. */
  #proven = Number.POSITIVE_INFINITY;
  #active = 0;
  /** What makes each upload under way give way, in the order of their beginning. */
  readonly #uploads = new Set<() => void>();
  #answers = 0;
  /** Refusals not yet explained: tickets up to `at` were given before the last one; `before` is the bound if they mean nothing. */
  #suspicion: { at: number; before: { limit: number; proven: number }; others: number } | undefined;

  admits(upload: boolean): boolean {
    if (upload) return this.#active < this.#limit && this.#uploads.size < this.#proven - 1;
    // Uploads begun under another bound must not keep their own downloads out.
    return this.#active < this.#limit || this.#active === this.#uploads.size;
  }

  /** `giveWay` is given for uploads: called at most once, it ends the request, which the caller repeats later. */
  enter(giveWay?: () => void): void {
    this.#active += 1;
    if (giveWay) this.#uploads.add(giveWay);
  }

  leave(giveWay?: () => void): void {
    this.#active -= 1;
    if (giveWay) this.#uploads.delete(giveWay);
    if (this.#active > 0 || !this.#suspicion) return;
    // All that was under way is over and nothing showed that the host was up.
    this.#limit = this.#suspicion.before.limit;
    this.#proven = this.#suspicion.before.proven;
    this.#suspicion = undefined;
  }

  /** A request that has left already got no connection. `at` is the last ticket given so far. */
  refused(at: number, upload: boolean): void {
    if (this.#active === 0) return;
    const { before, others } = this.#suspicion ?? {
      before: { limit: this.#limit, proven: this.#proven },
      others: 0,
    };
    this.#suspicion = { at, before, others: others + (upload ? 0 : 1) };
    this.#answers = 0;
    this.#limit = Math.max(FEWEST, this.#active);
    this.#proven = this.#limit;
    // The first refusal may be chance; the second says that nothing gets through beside these uploads.
    if (this.#suspicion.others >= 2 && this.#uploads.size === this.#active) this.#makeRoom();
  }

  /** The host answered the request, or ended its reply well. */
  answered(ticket: number): void {
    if (this.#suspicion) {
      if (ticket <= this.#suspicion.at) this.#suspicion = undefined;
      return;
    }
    if (this.#active < this.#limit) return;
    this.#answers += 1;
    if (this.#answers < PROBE_AFTER) return;
    this.#answers = 0;
    this.#proven = this.#limit;
    this.#limit += 1;
  }

  /** The youngest upload has the least to lose. */
  #makeRoom(): void {
    if (this.#uploads.size < 2) return;
    const youngest = [...this.#uploads].at(-1);
    youngest?.();
  }
}
