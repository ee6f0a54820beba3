import type { IncomingMessage } from 'node:http';
import type { SeenRequest } from '../options.ts';

/** Enough for any test to look back on, and for a benchmark not to fill the memory. */
const KEPT = 10_000;

/** The latest requests. */
export class RequestLog {
  readonly entries: SeenRequest[] = [];
  readonly #listener: ((seen: SeenRequest) => void) | undefined;

  constructor(listener: ((seen: SeenRequest) => void) | undefined) {
    this.#listener = listener;
  }

  add(seen: SeenRequest): void {
    if (this.entries.length >= KEPT) this.entries.splice(0, KEPT / 10);
    this.entries.push(seen);
    this.#listener?.(seen);
  }

  clear(): void {
    this.entries.length = 0;
  }
}

/** The headers as one text each, without the secret of `authorization`. */
export function redactedHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
      return [name, name.endsWith('authorization') ? (text.split(' ')[0] ?? '') : text];
    }),
  );
}
