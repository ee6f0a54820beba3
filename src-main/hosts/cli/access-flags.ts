import { type Command, Option } from 'commander';
import type { Side } from '../../engine/vocabulary/transfer.ts';

const FLAGS: readonly (readonly [string, string])[] = [
  ['username <name>', 'sign in as this user'],
  ['password-stdin', 'read the password from standard input'],
  ['identity-token-stdin', 'read an identity token from standard input'],
  ['ca <file>', 'trust the authorities in this PEM file, too'],
  ['cert <file>', 'client certificate (PEM)'],
  ['key <file>', 'its private key (PEM)'],
  ['anonymous', 'do not sign in, whatever is stored'],
  ['insecure', 'do not verify the certificate of the registry'],
  ['verify', 'verify it, whatever is stored (--ca does, too)'],
  ['plain-http', 'use http (the default for localhost)'],
  ['https', 'use https, on localhost as well'],
];

/** Adds the flags that say how a registry is reached. A secret is never an argument: other users see those. */
export function addAccessFlags(command: Command, side?: Side | 'both'): Command {
  const prefix = side === undefined || side === 'both' ? '' : `${side}-`;
  const suffix = side === undefined ? '' : side === 'both' ? ' (both registries)' : ` (${side} registry)`;
  if (prefix === '') command.option('--verbose', 'report each request on stderr, without secrets');
  for (const [flag, description] of FLAGS) {
    command.addOption(new Option(`--${prefix}${flag}`, `${description}${suffix}`));
  }
  if (prefix === '')
    command.option(
      '--approve <host>',
      'this host may be given the sign-in as the token service, and stand on a private network; may be repeated',
      (host: string, before: readonly string[] = []) => [...before, host],
    );
  return command;
}

/** The same of two registries, for both at once and for each. */
export function addBothAccessFlags(command: Command): Command {
  for (const side of ['both', 'source', 'target'] as const) addAccessFlags(command, side);
  return command;
}

/** For commands that send blobs. */
export function addChunkSize(command: Command): Command {
  return command.option(
    '--chunk-size <size>',
    'send blobs to the target in requests of this size, such as 16MB, where a proxy refuses larger ones',
  );
}
