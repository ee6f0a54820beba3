import { readFileSync } from 'node:fs';
import type { Side } from '../../engine/vocabulary/transfer.ts';
import type { AccessOverrides } from '../../services/index.ts';
import { chunkSizeOf } from './chunk-size.ts';
import { CommandFailure, UsageError } from './failures.ts';

/** Flags of one registry as commander gives them. */
interface AccessFlags {
  username?: string;
  passwordStdin?: boolean;
  identityTokenStdin?: boolean;
  ca?: string;
  cert?: string;
  key?: string;
  insecure?: boolean;
  verify?: boolean;
  anonymous?: boolean;
  plainHttp?: boolean;
  https?: boolean;
  approve?: readonly string[];
}

const SIDES: readonly Side[] = ['source', 'target'];

/** The flags of one registry, with their files and standard input read. */
export async function readAccess(options: Readonly<Record<string, unknown>>): Promise<AccessOverrides> {
  const flags = options as AccessFlags;
  const [secret] = await readSecrets([flags]);
  return overridesOf(flags, secret);
}

/**
 * The flags of both sides of a copy. Those without a side say how both are reached; a side's own win. Where both read a secret,
 * the first line is the source's, the second the target's.
 *
 * @param oneRegistry a sign-in without a side is only taken then: no password goes to a registry it was not meant for
 */
export async function readBothAccess(
  options: Readonly<Record<string, unknown>>,
  oneRegistry: boolean,
): Promise<Record<Side, AccessOverrides>> {
  const shared = flagsOf(options, '');
  if (signsIn(shared) && !oneRegistry) {
    throw new UsageError('Two registries: say whose sign-in it is, with --source-… or --target-….');
  }
  const source = beside(shared, flagsOf(options, 'source'));
  const target = beside(shared, flagsOf(options, 'target'));
  const uploadChunk = chunkSizeOf(options);
  if (shared.passwordStdin || shared.identityTokenStdin) {
    const [secret] = await readSecrets([shared]);
    return { source: overridesOf(source, secret), target: { ...overridesOf(target, secret), uploadChunk } };
  }
  const [sourceSecret, targetSecret] = await readSecrets([source, target]);
  return {
    source: overridesOf(source, sourceSecret),
    target: { ...overridesOf(target, targetSecret), uploadChunk },
  };
}

/**
 * The flags of both sides of operations that are gone on with.
 *
 * @param operations a sign-in is taken where the registries that it goes to are one
 */
export async function readAccessFor(
  options: Readonly<Record<string, unknown>>,
  operations: readonly { readonly [side in Side]?: { readonly host: string } }[],
): Promise<Record<Side, AccessOverrides>> {
  const hosts = (sides: readonly Side[]) =>
    new Set(operations.flatMap((of) => sides.flatMap((side) => of[side]?.host ?? []))).size;
  for (const side of SIDES) {
    if (signsIn(flagsOf(options, side)) && hosts([side]) > 1)
      throw new UsageError(`Several registries: name the operation that the sign-in of the ${side} is for.`);
  }
  return await readBothAccess(options, hosts(SIDES) <= 1);
}

/** What one side says, and of what is said of both that which does not contradict it. */
function beside(shared: AccessFlags, own: AccessFlags): AccessFlags {
  const kept = { ...shared };
  if (own.ca !== undefined || own.verify) delete kept.insecure;
  if (own.insecure) for (const flag of ['ca', 'verify'] as const) delete kept[flag];
  if (own.plainHttp) for (const flag of TLS_FLAGS) delete kept[flag];
  if (speaksOfTls(own)) delete kept.plainHttp;
  if (signsIn(own)) delete kept.anonymous;
  if (own.anonymous) for (const flag of SIGN_IN_FLAGS) delete kept[flag];
  return { ...kept, ...own };
}

const TLS_FLAGS = ['ca', 'cert', 'key', 'insecure', 'verify', 'https'] as const;
const SIGN_IN_FLAGS = ['username', 'passwordStdin', 'identityTokenStdin'] as const;

/** A side's own flags without their prefix; with '' those without a side. */
function flagsOf(options: Readonly<Record<string, unknown>>, side: Side | ''): AccessFlags {
  const own = Object.entries(options)
    .filter(([name]) =>
      side === '' ? !SIDES.some((other) => name.startsWith(other)) : name.startsWith(side),
    )
    .map(([name, value]) => {
      const short = name.slice(side.length);
      return [`${short[0]?.toLowerCase()}${short.slice(1)}`, value];
    });
  return Object.fromEntries(own);
}

function speaksOfTls({ ca, cert, insecure, verify, https }: AccessFlags): boolean {
  return ca !== undefined || cert !== undefined || insecure === true || verify === true || https === true;
}

function signsIn({ username, identityTokenStdin }: AccessFlags): boolean {
  return username !== undefined || identityTokenStdin === true;
}

/** @throws UsageError for flags that cannot stand together */
function check(flags: AccessFlags): void {
  if (flags.passwordStdin && flags.identityTokenStdin) {
    throw new UsageError('--password-stdin and --identity-token-stdin exclude each other.');
  }
  if (flags.passwordStdin && flags.username === undefined) {
    throw new UsageError('--password-stdin needs --username.');
  }
  if ((flags.cert === undefined) !== (flags.key === undefined)) {
    throw new UsageError('--cert and --key go together.');
  }
  if (speaksOfTls(flags) && flags.plainHttp)
    throw new UsageError('--plain-http uses no certificates: leave it or the others out.');
  if (flags.insecure && (flags.verify || flags.ca !== undefined))
    throw new UsageError('--insecure verifies nothing: leave it or --verify and --ca out.');
  if (flags.anonymous && signsIn(flags))
    throw new UsageError('--anonymous does not sign in: leave it or the others out.');
}

function overridesOf(flags: AccessFlags, secret: string | undefined): AccessOverrides {
  return {
    username: flags.username,
    password: flags.passwordStdin ? secret : undefined,
    identityToken: flags.identityTokenStdin ? secret : undefined,
    authorities: readPem(flags.ca),
    clientCertificate: readPem(flags.cert),
    clientKey: readPem(flags.key),
    insecure: flags.insecure,
    verify: flags.verify,
    anonymous: flags.anonymous,
    // Who speaks of certificates means https, on localhost as well.
    plainHttp: flags.plainHttp ?? (speaksOfTls(flags) ? false : undefined),
    approvedHosts: flags.approve,
  };
}

/** One secret for each side that asks for one, in order; one alone may take the whole input but its last line break. */
async function readSecrets(sides: readonly AccessFlags[]): Promise<(string | undefined)[]> {
  for (const flags of sides) check(flags);
  const asking = sides.filter((flags) => flags.passwordStdin || flags.identityTokenStdin);
  if (asking.length === 0) return [];
  if (process.stdin.isTTY) {
    throw new UsageError(
      'Standard input is a terminal: pipe the secret into it, or leave the flag out to be asked.',
    );
  }
  let input = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) input += chunk;
  const secrets = asking.length === 1 ? [input.replace(/\r?\n$/, '')] : input.split(/\r?\n/);
  return sides.map((flags) => {
    if (!asking.includes(flags)) return undefined;
    const secret = secrets.shift();
    if (!secret) throw new UsageError('No secret on standard input.');
    return secret;
  });
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'its rights do not allow it',
};

/** An empty file is refused here: further on no text means that none was given. */
function readPem(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const refused = (why: string) =>
    new CommandFailure({ code: 'certificateFile', message: `${file} cannot be used: ${why}.` });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw refused(UNREADABLE[code] ?? code);
  }
  if (text.trim() === '') throw refused('it is empty');
  return text;
}
