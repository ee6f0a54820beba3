import type { Account } from '../../common/account.ts';
import type { FieldValues } from '../../common/product.ts';
import type { HandedOver, HandOver, ProductChange, WantedChange } from '../../common/product-change.ts';
import type { SavedTransfer } from '../../common/transfer.ts';
import { hostOfRegistry, type ReplicationDifference, type Replicator } from '../../engine/index.ts';
import { REPLICATION_GAINS, REPLICATION_LOSSES } from '../../engine/vocabulary/replication.ts';
import type { AccountsService } from '../core/accounts.ts';
import type { ProductReplication } from '../core/products.ts';
import { ServiceError } from '../errors.ts';
import type { Plans } from '../operations/plans.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { abilityOf, resourceOf, resourcesOf } from './abilities.ts';
import { changeOf, plannedChanges } from './planned.ts';
import type { MadeSecrets } from './secrets.ts';

export interface ReplicationOptions {
  plans: Plans;
  secrets: MadeSecrets;
  accounts: Pick<AccountsService, 'list'>;
  syncs: () => readonly SavedTransfer[];
  passwordOf: (accountId: string) => Promise<string | undefined>;
}

/** Saved synchronisations that become rules of a registry's own. */
export const productReplication = (options: ReplicationOptions): ProductReplication => ({
  async planHandOver(registry: RegistryHandle, wanted: HandOver, { signal }: CallOptions = {}) {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const replicator = await abilityOf(registry, 'replicator', { signal });
    const saved = options.syncs().find(({ id }) => id === wanted.savedId);
    if (!saved) throw new ServiceError('invalidInput', 'There is no such saved sync any more.');
    const { pushes, other, target } = sidesOf(registry, saved, options.accounts.list());
    const { rules, differences } = replicator.rulesFor({ ...saved.definition, pushes });
    const endpoint = await endpointOf(registry, other, { wanted, replicator, options, signal });
    const side = pushes ? { to: endpoint.name, from: null } : { from: endpoint.name, to: null };
    const name = ruleName(wanted.name ?? saved.name);
    const drafts: WantedChange[] = rules.map((fields, at) => ({
      act: 'create',
      kind: 'replicationRule',
      name: rules.length === 1 ? name : `${name}-${at + 1}`,
      fields: { ...(fields as FieldValues), ...side, ...wanted.fields },
    }));
    await refuseTaken(registry, drafts, signal);
    const changes: ProductChange[] = [];
    for (const draft of [...endpoint.made, ...drafts])
      changes.push(await changeOf(registry, draft, options.secrets, { signal }));
    const planned = plannedChanges(registry, changes);
    const handedOver: HandedOver = {
      sync: saved.name,
      ...(endpoint.made.length === 0 ? { endpoint: endpoint.name } : {}),
      ...told([...differences, ...ofAccounts(other, target)]),
    };
    return await options.plans.keep({ ...planned, summary: { ...planned.summary, handedOver } });
  },
});

/** Which of the two registries this one is, and the other's account. @throws ServiceError `invalidInput` */
function sidesOf(
  { client, host }: RegistryHandle,
  { definition }: SavedTransfer,
  accounts: readonly Account[],
): { pushes: boolean; other: Account; target: Account } {
  const of = (id: string) => {
    const found = accounts.find((account) => account.id === id);
    if (found) return found;
    throw new ServiceError('invalidInput', 'An account of the saved sync has been removed.');
  };
  const [source, target] = [of(definition.source), of(definition.target)];
  const [isSource, isTarget] = [source, target].map(({ url }) => new URL(url).origin === client.url.origin);
  if (isSource && isTarget)
    throw new ServiceError(
      'invalidInput',
      `Both sides are ${host}: it copies to and from other registries only.`,
    );
  if (isSource) return { pushes: true, other: target, target };
  if (isTarget) return { pushes: false, other: source, target };
  throw new ServiceError('invalidInput', `Neither side of the saved sync is ${host}.`);
}

interface Making {
  wanted: HandOver;
  replicator: Pick<Replicator, 'providerOf' | 'originOf'>;
  options: ReplicationOptions;
  signal: AbortSignal | undefined;
}

/** The other registry as this one knows it, or how it is made known. */
async function endpointOf(
  registry: RegistryHandle,
  other: Account,
  { wanted, replicator, options, signal }: Making,
): Promise<{ name: string; made: readonly WantedChange[] }> {
  const resources = await resourcesOf(registry, 'endpoint', { signal });
  const origin = replicator.originOf(other.system, other.url);
  const names = new Set<string>();
  for await (const page of resources.list({}, signal))
    for (const { name, fields } of page.map(resourceOf)) {
      const { url } = fields;
      if (typeof url === 'string' && URL.canParse(url) && new URL(url).origin === origin)
        return { name, made: [] };
      names.add(name);
    }
  const choices: { readonly provider?: readonly string[] } = (await resources.choices?.({}, signal)) ?? {};
  const host = hostOfRegistry(new URL(other.url)).replace(':', '-');
  const name = names.has(host) ? `${host}-wharfinger` : host;
  const fields = {
    url: origin,
    provider: replicator.providerOf(other.system, choices.provider ?? []),
    insecure: !other.tls.verify,
    ...(wanted.givesSignIn ? await signInOf(other, options) : {}),
  };
  return { name, made: [{ act: 'create', kind: 'endpoint', name, fields }] };
}

/** @throws ServiceError `invalidInput` where it is none by user and password */
async function signInOf(
  { id, name, signIn }: Account,
  { passwordOf }: ReplicationOptions,
): Promise<FieldValues> {
  const password = signIn.kind === 'password' ? await passwordOf(id) : undefined;
  if (signIn.kind === 'password' && password !== undefined) return { user: signIn.username, password };
  throw new ServiceError('invalidInput', `${name} has no user and password that could be given on.`);
}

/** As the registry's own page takes them: small letters, digits and signs between. */
function ruleName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[._-]+|[._-]+$/g, '');
  return plain === '' ? 'sync' : plain;
}

/** @throws ServiceError `invalidInput` */
async function refuseTaken(
  registry: RegistryHandle,
  drafts: readonly WantedChange[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const wanted = new Set(drafts.flatMap((draft) => (draft.act === 'create' ? draft.name : [])));
  for await (const page of (await resourcesOf(registry, 'replicationRule', { signal })).list({}, signal))
    for (const { name } of page)
      if (wanted.has(name))
        throw new ServiceError(
          'invalidInput',
          `There is a replication rule named ${name} already: choose another name.`,
        );
}

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** What the accounts have here, and the registry does not know. */
function ofAccounts(other: Account, target: Account): ReplicationDifference[] {
  const { protectedTags = [] } = target;
  const { hostname } = new URL(other.url);
  return [
    ...(protectedTags.length > 0 ? [{ name: 'protectedTags', values: protectedTags } as const] : []),
    ...(LOOPBACK.test(hostname) ? [{ name: 'loopback', values: [hostname] } as const] : []),
  ];
}

function told(differences: readonly ReplicationDifference[]): Pick<HandedOver, 'losses' | 'gains'> {
  const values = new Map(differences.map((one) => [one.name, [...one.values]]));
  return {
    losses: REPLICATION_LOSSES.flatMap((name) => {
      const found = values.get(name);
      return found ? [{ name, values: found }] : [];
    }),
    gains: REPLICATION_GAINS.filter((name) => values.has(name)),
  };
}
