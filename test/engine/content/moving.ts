import {
  type ContentPlace,
  type ContentSource,
  type ContentTarget,
  clientReader,
  openSource,
  openTarget,
  planTransfer,
  RegistryContent,
  runTransfer,
  type TransferItem,
} from '../../../src-main/engine/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { clientOf } from '../../support/server.ts';
import { temporaryFolder } from '../../support/temporary.ts';

export interface Named {
  repository: string;
  reference: string;
}

export function registryContent(registry: { readonly url: string }): RegistryContent {
  const client = clientOf(registry);
  return new RegistryContent(client, clientReader(client));
}

type Environment = Readonly<Record<string, string>>;

/** A place to read from, closed when the test ends. */
export async function sourceAt(place: ContentPlace, environment: Environment = {}) {
  const source = await openSource(place, { temporary: await temporaryFolder(), environment });
  whenFinished(() => source.close());
  return source;
}

export async function targetAt(place: ContentPlace, environment: Environment = {}): Promise<ContentTarget> {
  const target = await openTarget(place, { temporary: await temporaryFolder(), environment });
  whenFinished(() => target.close?.());
  return target;
}

/** Plans and runs the copy of one image; throws what refused or failed it. */
export async function move(
  source: ContentSource,
  from: Named,
  target: ContentTarget,
  to: Named,
  options: Partial<Parameters<typeof planTransfer>[3]> = {},
): Promise<TransferItem> {
  const request = { source: from, target: { repository: to.repository, tag: to.reference } };
  const plan = await planTransfer(source, target, [request], { sameRegistry: false, ...options });
  const [item] = plan.items;
  if (!item || item.error) throw item?.error ?? new Error('The plan has no item.');
  await runTransfer(plan, {
    onItem: (_, outcome) => {
      if (outcome.kind === 'failed') throw outcome.error;
    },
  });
  return item;
}
