import { queryOptions } from '@tanstack/react-query';
import { type TransferItem, transferItem } from '../../src-main/common/transfer.ts';
import { api } from '../api.ts';
import { readStreamedList, streamedListOptions } from '../lists/streamed-query.ts';

/** Items read at a time: some milliseconds for each side. */
const AT_ONCE = 500;

export interface PlanItemList {
  readonly rows: readonly TransferItem[];
  readonly complete: boolean;
}

/** All tags of a plan, growing while they arrive: they are grouped, sorted and filtered where they are shown. A plan never changes. */
export function planItemsQuery(planId: string) {
  return queryOptions<PlanItemList>({
    ...streamedListOptions,
    queryKey: ['plans', 'transfer-items', planId],
    queryFn: (context) => readStreamedList(context, async (signal) => pages(planId, signal), new Collector()),
    gcTime: 0,
  });
}

interface ItemPage {
  items: readonly TransferItem[];
  done: boolean;
}

async function* pages(planId: string, signal: AbortSignal): AsyncGenerator<ItemPage, void, void> {
  for (let offset = 0; ; offset += AT_ONCE) {
    const { items, total } = await api.plans.items({ planId, offset, limit: AT_ONCE }, { signal });
    const done = items.length === 0 || offset + items.length >= total;
    // One that this version cannot read is left out of the table; the plan's counts have it.
    yield { items: items.flatMap((item) => transferItem.safeParse(item).data ?? []), done };
    if (done) return;
  }
}

class Collector {
  readonly #rows: TransferItem[] = [];
  #complete = false;

  add({ items, done }: ItemPage): void {
    this.#rows.push(...items);
    this.#complete = done;
  }

  snapshot(): PlanItemList {
    return { rows: [...this.#rows], complete: this.#complete };
  }
}
