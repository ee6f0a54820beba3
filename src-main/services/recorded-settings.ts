import { createHash } from 'node:crypto';
import type { SettingsChange } from '../common/audit.ts';
import type { AuditSubject, SettingsContent, StoredAccount, WrittenSecrets } from '../data/index.ts';
import { hostOfRegistry } from '../engine/index.ts';

/** What changes no registry and protects none: how the app looks, how quick it is, what it has found out. All else is recorded. */
const UNRECORDED: ReadonlySet<string> = new Set([
  'language',
  'theme',
  'density',
  'pins',
  'detailsUpTo',
  'transferConcurrency',
  'requestConcurrency',
  // Of accounts.
  'id',
  'system',
  'product',
  'takesNoWrites',
  'keepFresh',
  'revision',
  'foundAs',
  'keychainFields',
  'repositories',
  'uploadChunk',
  'debugUrl',
  'apiPath',
  // Of the local registry.
  'port',
  'accountId',
  'running',
]);

export interface RecordedChange {
  event: 'added' | 'changed' | 'removed';
  subject: AuditSubject;
  detail: SettingsChange;
}

/** What of a change of the settings file goes into the record: accounts, locks, hosts that are believed, the local registry's door. */
export function recordedChanges(
  before: SettingsContent,
  after: SettingsContent,
  written?: WrittenSecrets,
): RecordedChange[] {
  const ids = new Set([...before.accounts, ...after.accounts].map(({ id }) => id));
  const accounts = [...ids].map((id) => {
    const [was, is] = [before, after].map(({ accounts }) => accounts.find((account) => account.id === id));
    return accountChange(was, is, written?.account === id ? written.fields : []);
  });
  return [
    ...accounts,
    ownChange('settings', before.settings, after.settings),
    ownChange('localRegistry', before.localRegistry, after.localRegistry),
  ].filter((change) => change !== undefined);
}

function accountChange(
  before: StoredAccount | undefined,
  after: StoredAccount | undefined,
  secrets: readonly string[],
): RecordedChange | undefined {
  const account = after ?? before;
  const fields = differing(before && factsOf(before), after && factsOf(after));
  if (!account || (fields.length === 0 && secrets.length === 0)) return undefined;
  const event = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const about = aboutAccount(account);
  const verb = { added: 'add', changed: 'change', removed: 'remove' }[event];
  return {
    event,
    subject: {
      ...about,
      kind: 'account',
      what: `${verb} the account ${account.name} at ${about.registry}`,
    },
    detail: { fields, secrets: [...secrets] },
  };
}

/** Whose account at which registry. */
export function aboutAccount(account: StoredAccount): Pick<AuditSubject, 'registry' | 'account'> {
  return {
    registry: hostOfRegistry(new URL(account.url)),
    account: { id: account.id, name: account.name, user: userOf(account) },
  };
}

function ownChange(
  kind: 'settings' | 'localRegistry',
  before: object,
  after: object,
): RecordedChange | undefined {
  const fields = differing({ ...before }, { ...after });
  if (fields.length === 0) return undefined;
  const names = fields.map(({ field }) => field).join(', ');
  const what = `change ${kind === 'settings' ? 'settings' : 'the local registry'}: ${names}`;
  return {
    event: 'changed',
    subject: { kind, registry: null, account: null, what },
    detail: { fields, secrets: [] },
  };
}

/** An account in plain values; certificates by their digests. */
function factsOf({ signIn, tls, proxy, ...rest }: StoredAccount): Record<string, unknown> {
  return {
    ...rest,
    signIn: signIn.kind,
    user: signIn.kind === 'password' ? signIn.username : null,
    verify: tls.verify,
    authorities: digestOf(tls.authorities),
    clientCertificate: digestOf(tls.clientCertificate),
    // Without its user and password, which are kept as a secret.
    proxy: proxy.kind === 'url' ? proxy.url : proxy.kind,
  };
}

function userOf({ signIn }: StoredAccount): string | null {
  return signIn.kind === 'password' ? signIn.username : null;
}

function digestOf(text: string | undefined): string | null {
  return text ? `sha256:${createHash('sha256').update(text).digest('hex')}` : null;
}

/** Fields that are worth recording and are not the same; those that are undefined are not there. */
export function differing(
  before: Record<string, unknown> = {},
  after: Record<string, unknown> = {},
): SettingsChange['fields'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !UNRECORDED.has(name))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
