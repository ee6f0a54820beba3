import type { Operation } from '../../common/operation.ts';
import type { Settings } from '../../common/settings.ts';
import type { TrashEmptying, TrashEntry, TrashUsage } from '../../common/trash.ts';
import type { Trash } from '../../data/index.ts';
import type { TrashService } from '../core/trash.ts';
import type { CallOptions } from '../types.ts';
import type { KeptContent } from './kept-content.ts';

const MEGABYTE = 1_000_000;
const DAY = 86_400_000;

/** The trash as a whole: the manifests of all operations, and the content that was kept with some. */
export class TrashBox implements TrashService {
  readonly #trash: Trash;
  readonly #kept: KeptContent;
  readonly #limits: () => Pick<Settings, 'trashDays' | 'trashMegabytes'>;
  readonly #operation: (id: string) => Operation;
  readonly #now: () => Date;
  readonly #stop = new AbortController();
  #tidying: Promise<void> | undefined;

  constructor(options: {
    trash: Trash;
    kept: KeptContent;
    limits: () => Pick<Settings, 'trashDays' | 'trashMegabytes'>;
    operation: (id: string) => Operation;
    now: () => Date;
  }) {
    this.#trash = options.trash;
    this.#kept = options.kept;
    this.#limits = options.limits;
    this.#operation = options.operation;
    this.#now = options.now;
  }

  usage(): TrashUsage {
    return {
      ...this.#trash.totals(),
      content: { folder: this.#kept.folder, bytes: this.#kept.bytes() },
    };
  }

  entries(page: { offset: number; limit: number }): TrashEntry[] {
    return this.#trash.list(page).map(({ operationId, started: _, ...entry }) => ({
      operation: this.#operation(operationId),
      ...entry,
    }));
  }

  async empty(what: TrashEmptying['what'], { signal }: CallOptions = {}): Promise<TrashUsage> {
    await this.#kept.empty(signal);
    if (what === 'all')
      for (let next = this.#trash.oldest(); next; next = this.#trash.oldest())
        await this.#trash.remove(next.operationId);
    return this.usage();
  }

  /** Removes what is too old and what is too much, behind the back of whoever asks. What fails is tried again the next time. */
  tidy(): void {
    this.#tidying ??= this.#tidy()
      .catch(() => {})
      .finally(() => {
        this.#tidying = undefined;
      });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#tidying;
  }

  async #tidy(): Promise<void> {
    for (let old = this.#tooMuch(); old !== undefined; old = this.#tooMuch()) {
      if (this.#stop.signal.aborted) return;
      await this.#trash.remove(old);
    }
    await this.#kept.tidy(this.#stop.signal);
  }

  #tooMuch(): string | undefined {
    const { trashDays, trashMegabytes } = this.#limits();
    const oldest = this.#trash.oldest();
    if (!oldest) return undefined;
    const isOld = Date.parse(oldest.started) < this.#now().getTime() - trashDays * DAY;
    return isOld || this.#trash.totals().bytes > trashMegabytes * MEGABYTE ? oldest.operationId : undefined;
  }
}
