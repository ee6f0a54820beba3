import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { runProductChange } from '../run-product-change.ts';
import type { NameFlags } from '../typed-name.ts';
import { fieldsBy } from './product-resources.ts';

export interface HandOverFlags extends NameFlags {
  readonly fromSync?: string;
  readonly ruleName?: string;
  readonly giveSignIn?: boolean;
  readonly set?: readonly string[];
}

/** A saved sync as rules of a registry's own, by a plan that names what these do otherwise. */
export async function handSyncOver(
  context: Context,
  host: string,
  { fromSync = '', ruleName: name, giveSignIn: givesSignIn = false, set = [], ...flags }: HandOverFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, signal } = context;
  const fields = await fieldsBy('replicationRule', set);
  const registry = await context.registry(host, access);
  const syncs = core.transfers.saved();
  const named = syncs.filter((saved) => saved.id === fromSync || saved.name === fromSync);
  const [saved] = named;
  if (!saved || named.length > 1) {
    const known = syncs.map((each) => each.name).join(', ');
    throw new CommandFailure(
      saved
        ? { code: 'invalidInput', message: `${named.length} saved syncs are named ${fromSync}: use an ID.` }
        : { code: 'notFound', message: `No saved sync ${fromSync}. Saved are: ${known || 'none'}.` },
    );
  }
  const wanted = { savedId: saved.id, fields, givesSignIn, ...(name !== undefined && { name }) };
  await runProductChange(context, await core.products.planHandOver(registry, wanted, { signal }), flags);
}
