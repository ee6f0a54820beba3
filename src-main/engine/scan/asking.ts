import { COMMON_FAILURES, RegistryError } from '../errors.ts';
import { Lanes } from './lanes.ts';
import type { Notes, ScannerOptions } from './types.ts';

/** Failures that are not about the one tag or manifest that was asked for. */
const HOPELESS: ReadonlySet<string> = new Set([...COMMON_FAILURES, 'timeout', 'connectionLost', 'cancelled']);

/** The requests of a scan: so many at once, each counted. The first that fails for all of the registry ends the others. */
export class Asking {
  /** Of the scan, or of a failure that ends it. */
  readonly signal: AbortSignal;
  readonly #byName: boolean;
  readonly #lanes: Lanes;
  readonly #stop = new AbortController();
  #failure: RegistryError | undefined;

  constructor({ concurrency, byName, signal }: Pick<ScannerOptions, 'concurrency' | 'byName' | 'signal'>) {
    this.#lanes = new Lanes(concurrency);
    this.#byName = byName ?? false;
    this.signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  /** What failed first and made the others end. */
  get failure(): RegistryError | undefined {
    return this.#failure;
  }

  /** Whether a failure is not about the one tag, manifest or repository that was asked for. */
  endsAll({ code }: RegistryError): boolean {
    return HOPELESS.has(code) && !(this.#byName && code === 'unauthorized');
  }

  /** The next page of a list, counted; its end is no request. */
  async page<Page>(notes: Notes, pages: AsyncGenerator<Page>): Promise<IteratorResult<Page>> {
    const page = await this.asked(() => pages.next());
    if (!page.done) notes.asked();
    return page;
  }

  /** One request, counted. @param next before those that wait */
  async ask<T>(notes: Notes, work: () => Promise<T>, next = false): Promise<T> {
    try {
      return await this.asked(work, next);
    } finally {
      notes.asked();
    }
  }

  /** The same without counting, for whoever counts it elsewhere. */
  async asked<T>(work: () => Promise<T>, next = false): Promise<T> {
    const asked = async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof RegistryError && this.endsAll(error) && !this.signal.aborted) {
          this.#failure = error;
          this.#stop.abort();
        }
        throw error;
      }
    };
    return await this.#lanes.run(this.signal, asked, next);
  }

  /** In a lane of its own, whose failure ends nothing else. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    return await this.#lanes.run(this.signal, work);
  }

  /**
   * Work on one tag, manifest or repository, whose own failure is noted.
   *
   * @returns false where it failed so
   * @throws {RegistryError} what concerns all that is asked of the registry
   */
  async owned(work: () => Promise<unknown>, note: (error: RegistryError) => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof RegistryError) || this.endsAll(error)) throw error;
      await note(error);
      return false;
    }
  }
}
