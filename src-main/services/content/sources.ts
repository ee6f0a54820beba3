import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentPlace } from '../../common/content.ts';
import { type OpenedSource, openSource } from '../../engine/index.ts';
import type { TemporaryFolder } from './temporary.ts';

/** Milliseconds: as long as a plan may wait for its confirmation. */
const IDLE = 16 * 60_000;
const CHECK_EVERY = 60_000;

interface Open {
  version: string;
  key: string;
  source: Promise<OpenedSource>;
  used: number;
}

/** Places that are open, each once, so that a plan and its operation read the same: an export of an engine is made once. */
export class OpenSources {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #temporary: TemporaryFolder;
  readonly #released: (place: ContentPlace) => void;
  readonly #open = new Map<string, Open>();
  /** Those of which a newer state is open. */
  readonly #former = new Set<Open>();
  /** Operations by place. */
  readonly #leases = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  /** @param released called when the last operation that used a place has ended */
  constructor(
    environment: NodeJS.ProcessEnv,
    temporary: TemporaryFolder,
    released: (place: ContentPlace) => void,
  ) {
    this.#released = released;
    this.#environment = environment;
    this.#temporary = temporary;
    this.#timer = setInterval(() => void this.#closeIdle(), CHECK_EVERY).unref();
  }

  /** As it is now. @throws {RegistryError} */
  async get(place: ContentPlace, signal?: AbortSignal): Promise<OpenedSource> {
    const key = JSON.stringify(place);
    const version = await versionOf(place);
    const known = this.#open.get(key);
    // What an engine holds cannot be seen from outside: a plan asks it anew, unless an operation reads from it.
    if (known && known.version === version && (place.kind !== 'engine' || this.#leases.has(key))) {
      known.used = performance.now();
      return await known.source;
    }
    if (known) this.#former.add(known);
    const source = this.#temporary
      .path()
      .then((temporary) => openSource(place, { temporary, environment: this.#environment, signal }));
    const open: Open = { version, key, source, used: performance.now() };
    this.#open.set(key, open);
    source.catch(() => {
      if (this.#open.get(key) === open) this.#open.delete(key);
    });
    return await source;
  }

  /** What is open of it, or will be, stays open until the answer is called. */
  lease(place: ContentPlace): () => void {
    const key = JSON.stringify(place);
    this.#leases.set(key, (this.#leases.get(key) ?? 0) + 1);
    return () => {
      const left = (this.#leases.get(key) ?? 1) - 1;
      if (left > 0) this.#leases.set(key, left);
      else {
        this.#leases.delete(key);
        this.#released(place);
      }
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const all = [...this.#open.values(), ...this.#former];
    this.#open.clear();
    this.#former.clear();
    for (const { source } of all) await closed(source);
  }

  async #closeIdle(): Promise<void> {
    const all = [...this.#open.values(), ...this.#former];
    for (const open of all) {
      if (this.#leases.has(open.key)) open.used = performance.now();
      if (performance.now() - open.used <= IDLE) continue;
      if (this.#open.get(open.key) === open) this.#open.delete(open.key);
      this.#former.delete(open);
      await closed(open.source);
    }
  }
}

/** One that did not open needs no closing; one that does not close is gone with the process. */
async function closed(source: Promise<OpenedSource>): Promise<void> {
  await source.then((opened) => opened.close()).catch(() => {});
}

/** What changes when the place's content does. */
async function versionOf(place: ContentPlace): Promise<string> {
  if (place.kind === 'engine') return '';
  const file = place.kind === 'ociLayout' ? join(place.path, 'index.json') : place.path;
  const found = await stat(file).catch(() => undefined);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
}
