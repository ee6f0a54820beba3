/** An upload and the download it waits for must both fit, even within one host. */
const FEWEST = 2;
/** Requests answered at the bound before a further connection is tried: one refusal in so many is a fair price to learn. */
const PROBE_AFTER = 64;

/**
 * How many connections a host takes at once from us, for hosts that refuse or reset further ones. Unbounded until that is seen:
 * a connection was refused, and a request that was under way at that time was answered afterwards, so that the host was up. A
 * host that is down or restarting bounds nothing.
 *
 * Uploads leave one place to others: each waits for a download, which may come from the same host.
 */
export class ConnectionBound {
  #limit = Number.POSITIVE_INFINITY;
  #active = 0;
  #uploads = 0;
  #answers = 0;
  /** A refusal not yet explained: tickets up to `at` were given before it; `before` is the bound if it meant nothing. */
  #suspicion: { at: number; before: number } | undefined;

  admits(upload: boolean): boolean {
    return this.#active < this.#limit && !(upload && this.#uploads >= this.#limit - 1);
  }

  enter(upload: boolean): void {
    this.#active += 1;
    if (upload) this.#uploads += 1;
  }

  leave(upload: boolean): void {
    this.#active -= 1;
    if (upload) this.#uploads -= 1;
    if (this.#active > 0 || !this.#suspicion) return;
    // All that was under way is over and nothing showed that the host was up.
    this.#limit = this.#suspicion.before;
    this.#suspicion = undefined;
  }

  /** A request that has left already got no connection. `at` is the last ticket given so far. */
  refused(at: number): void {
    if (this.#active === 0) return;
    this.#suspicion = { at, before: this.#suspicion?.before ?? this.#limit };
    this.#answers = 0;
    this.#limit = Math.max(FEWEST, this.#active);
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
    this.#limit += 1;
  }
}
