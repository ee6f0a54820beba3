import type { AccessOverrides } from '../../../services/index.ts';
import type { ChangeFlags } from '../ask.ts';
import type { Context } from '../context.ts';
import { digestAt } from '../digest-at.ts';
import { print, printJson } from '../output.ts';
import { parseManifestReference } from '../references.ts';
import { runProductChange } from '../run-product-change.ts';

export interface LabelFlags extends ChangeFlags {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** `harbor label`: the labels of an image, or a plan that adds and removes some. */
export async function labelImage(
  context: Context,
  text: string,
  flags: LabelFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access, repository);
  const digest = await digestAt(context, registry, repository, reference);
  const id = `${repository}@${digest}`;
  const { fields } = await core.products.read(registry, 'artifact', id, { signal });
  const labels = Array.isArray(fields.labels) ? fields.labels : [];
  const { add = [], remove = [] } = flags;
  if (add.length + remove.length === 0) {
    if (json) await printJson({ reference: text, digest, labels });
    else await print(labels.length > 0 ? [...labels] : 'It has no label.');
    return;
  }
  const wanted = [...new Set([...labels, ...add])].filter((label) => !remove.includes(label));
  const change = { act: 'change', kind: 'artifact', id, fields: { labels: wanted } } as const;
  await runProductChange(context, await core.products.planChanges(registry, [change], { signal }), flags);
}
