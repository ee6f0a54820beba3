import type { ContentSource } from '../content/source.ts';
import type { ContentTarget } from '../content/target.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { Planner } from './planner.ts';
import type { PlanOptions, TransferItem, TransferPlan, TransferRequest } from './types.ts';

/** Items looked at at a time: hides 50 ms of distance; the windows of each host pace what really goes out. */
const ITEMS = 16;
/**
 * Plans a transfer of tags between two places. An unchanged tag costs two HEADs and nothing else; a source named by digest
 * saves one. What cannot be copied is an item that is `refused` and says why.
 *
 * @throws {RegistryError} with `side`: `cancelled`, and what is hopeless.
 */
export async function planTransfer(
  source: ContentSource,
  target: ContentTarget,
  requests: Iterable<TransferRequest>,
  options: PlanOptions,
): Promise<TransferPlan> {
  const looked = performance.now();
  const planner = new Planner(source, target, options);
  const items: TransferItem[] = [];
  await forEachLimit(
    [...requests].entries(),
    ITEMS,
    async ([position, request], stop) => {
      const item = await planner.item(request, stop);
      items[position] = item;
      options.onItem?.(item);
    },
    options.signal,
  );
  return { ...planner.plan(items), looked };
}
