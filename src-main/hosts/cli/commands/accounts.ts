import type { Account, AccountSettings } from '../../../common/account.ts';
import { hostOfRegistry, parseRegistryAddress } from '../../../engine/index.ts';
import { type AccessOverrides, insecurityOf } from '../../../services/index.ts';
import { ask, isInteractive } from '../ask.ts';
import { type Context, warnOfReach } from '../context.ts';
import { CommandFailure, UsageError } from '../failures.ts';
import { print, printJson } from '../output.ts';
import { Table } from '../table.ts';

/** `accounts`: what is stored, without secrets. */
export async function accounts({ core, json }: Context): Promise<void> {
  const stored = core.accounts.list();
  if (json) {
    await printJson({ accounts: stored.map(documentOf) });
    return;
  }
  if (stored.length === 0) {
    await print('No accounts yet: add one with "wharfinger login HOST".');
    return;
  }
  const table = new Table(['HOST', 'NAME', 'USER', 'NOTES']);
  const rows = stored.map((account) => [
    account.host,
    account.name,
    userOf(account) ?? '-',
    notesOf(account),
  ]);
  await print(table.lines(rows));
}

/** `login HOST`: signs in, then keeps the account with its secret in the keychain; changes nothing where either fails. */
export async function login(context: Context, host: string, access: AccessOverrides): Promise<void> {
  const { core, json, signal } = context;
  const keychain = await core.accounts.keychain();
  if (keychain.state !== 'available') {
    throw new CommandFailure({
      code: keychain.state === 'locked' ? 'keychainLocked' : 'keychainUnavailable',
      message:
        'No open keychain, so the sign-in cannot be kept: unlock it, or give --username with each command.',
      ...(keychain.reason === undefined ? {} : { reason: keychain.reason }),
    });
  }
  const url = parseRegistryAddress(
    host,
    access.plainHttp === undefined ? {} : { plainHttp: access.plainHttp },
  );
  warnOfReach({
    host: url.host,
    insecure: insecurityOf({ url: url.origin, tls: { verify: access.insecure !== true } }),
  });
  const { signIn, password } = await signInOf(access, url.host, signal);
  const username = signIn.kind === 'password' ? signIn.username : undefined;
  const known = core.accounts
    .list()
    .find((account) => account.url === url.origin && userOf(account) === username);
  const settings: AccountSettings = {
    name: known?.name ?? hostOfRegistry(url),
    url: url.origin,
    signIn,
    tls: {
      verify: access.insecure !== true,
      authorities: access.authorities ?? known?.tls.authorities,
      clientCertificate: access.clientCertificate ?? known?.tls.clientCertificate,
    },
    proxy: known?.proxy ?? { kind: 'system' },
    readOnly: known?.readOnly ?? false,
    repositories: known?.repositories ?? [],
  };
  const secrets = { password, identityToken: access.identityToken, clientKey: access.clientKey };
  for await (const { step, failure } of core.accounts.test(
    { id: known?.id, settings, secrets },
    { signal },
  )) {
    if (failure && step !== 'list' && step !== 'delete') throw new CommandFailure(failure);
    // What it may do is no matter of signing in.
    if (step === 'list') break;
  }
  const account = known
    ? await core.accounts.update(known.id, settings, secrets)
    : await core.accounts.add(settings, secrets);
  if (json) await printJson(documentOf(account));
  else await print(`Signed in to ${account.host}${username === undefined ? '' : ` as ${username}`}.`);
}

/** `logout HOST`: removes its accounts and their secrets from this machine; touches nothing on the registry. */
export async function logout(
  { core, json }: Context,
  host: string,
  username: string | undefined,
): Promise<void> {
  const wanted = hostOfRegistry(parseRegistryAddress(host));
  const found = core.accounts
    .list()
    .filter((account) => account.host === wanted && (username === undefined || userOf(account) === username));
  if (found.length === 0)
    throw new CommandFailure({ code: 'accountUnknown', message: `No account for ${wanted}.` });
  for (const { id } of found) await core.accounts.remove(id);
  if (json) await printJson({ removed: found.map(documentOf) });
  else await print(`Signed out of ${wanted}.`);
}

async function signInOf(
  access: AccessOverrides,
  host: string,
  signal: AbortSignal,
): Promise<{ signIn: AccountSettings['signIn']; password: string | undefined }> {
  if (access.identityToken !== undefined) return { signIn: { kind: 'identityToken' }, password: undefined };
  if (access.anonymous || (access.username === undefined && access.clientCertificate !== undefined)) {
    return { signIn: { kind: 'anonymous' }, password: undefined };
  }
  if ((access.username === undefined || access.password === undefined) && !isInteractive()) {
    throw new UsageError('No terminal to ask on: give --username and --password-stdin.');
  }
  const username = access.username ?? (await ask(`User name at ${host}: `, signal)).trim();
  if (username === '') throw new UsageError('A user name is required.');
  const password = access.password ?? (await ask(`Password of ${username}: `, signal, { hidden: true }));
  return { signIn: { kind: 'password', username }, password };
}

function userOf({ signIn }: Account): string | undefined {
  return signIn.kind === 'password' ? signIn.username : undefined;
}

function notesOf({ readOnly, protectedTags = [], insecure, secrets }: Account): string {
  const notes = [
    ...(readOnly ? ['read-only'] : []),
    ...(protectedTags.length > 0 ? [`protected: ${protectedTags.join(' ')}`] : []),
    ...(insecure === 'plainHttp' ? ['plain http'] : []),
    ...(insecure === 'unverified' ? ['certificate not verified'] : []),
    ...(secrets === 'session' ? ['password not kept'] : []),
  ];
  return notes.join(', ');
}

function documentOf(account: Account): object {
  const { id, name, host, url, readOnly, protectedTags = [], insecure, secrets } = account;
  const username = userOf(account) ?? null;
  return { id, name, host, url, username, readOnly, protectedTags, insecure, secrets };
}
