/** Milliseconds. */
export interface Timeouts {
  /** Name, TCP and TLS together. */
  connect: number;
  /** From the request's last byte to the reply's first. */
  headers: number;
  /** Longest silence within a body. */
  body: number;
  /** A small reply (all but blobs) from its headers to its end, however it comes. */
  whole: number;
  /** Of a blob: how often it is looked at whether it comes fast enough, see {@link RateWatch}. */
  window: number;
}

/**
 * A registry that says nothing for half a minute is down for a user; within a body, storage may pause longer. The longest small
 * reply, a list of 32 MB, comes in two minutes over a line of 2 Mbit/s.
 */
export const DEFAULT_TIMEOUTS: Timeouts = {
  connect: 10_000,
  headers: 30_000,
  body: 60_000,
  whole: 120_000,
  window: 60_000,
};

/** Milliseconds in which a host has to show itself while somebody waits for a connection test; work is given longer. */
export const SHOW_ITSELF = 8_000;
