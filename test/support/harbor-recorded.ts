import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'vitest';
import type { Answer } from './server.ts';

/** Exchanges that were recorded from a real Harbor; they lie beside the project and not in it. */
const folder = path.resolve(import.meta.dirname, '../../../shared/harbor/recorded');

/** Whether they are here. */
export const isRecorded = existsSync(folder);

interface Exchange {
  readonly request: { readonly method: string; readonly path: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** Made anew with every reply. */
const PASSING_HEADERS = new Set(['connection', 'content-length', 'date', 'server', 'set-cookie']);

const read = new Map<string, Exchange>();

export function recorded(name: string): Exchange {
  const known = read.get(name) ?? JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  read.set(name, known);
  return known;
}

/** A recorded reply, word for word but for what `change` puts in the place of recorded texts (hosts, names, tags). */
export function replay(name: string, change: Readonly<Record<string, string>> = {}): Answer {
  const { status, headers, body } = recorded(name).response;
  const changed = (text: string): string => {
    let words = text;
    for (const [from, to] of Object.entries(change)) words = words.replaceAll(from, to);
    return words;
  };
  const kept = Object.entries(headers).filter(([header]) => !PASSING_HEADERS.has(header.toLowerCase()));
  return {
    status,
    headers: Object.fromEntries(kept.map(([header, value]) => [header, changed(value)])),
    body: body === '' ? '' : changed(JSON.stringify(body)),
  };
}

/** A `describe` that runs where the recorded exchanges are; elsewhere one test named for them is reported as skipped. */
export function describeWithHarbor(title: string, body: () => void): void {
  describe(title, () => {
    if (isRecorded) body();
    else test.skip('needs the exchanges recorded from a real Harbor, ../shared/harbor/recorded', () => {});
  });
}
