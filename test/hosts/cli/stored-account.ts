import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandLine } from './command-line.ts';

/** Stores an account without a sign-in, as a window does: locks and rules are kept with one. */
export async function storeAccount(cli: CommandLine, registry: { readonly url: string }): Promise<void> {
  // Makes the folder.
  await cli.run(['settings', 'density', 'compact']);
  const account = {
    id: '6f1d2d1c-7f0e-4b7c-9f5e-2b1f6b6f0a01',
    name: 'stored',
    url: registry.url,
    signIn: { kind: 'anonymous' },
    tls: { verify: true },
    proxy: { kind: 'none' },
    readOnly: false,
    repositories: [],
  };
  await writeFile(
    join(cli.home, 'wharfinger', 'settings.json'),
    JSON.stringify({ version: 1, accounts: [account] }),
  );
}
