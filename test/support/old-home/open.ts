import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { TestBlob, TestManifest } from '../images.ts';
import { type GuardedRegistry, startTestRegistry } from '../local-registry.ts';
import { basicAuthorization, type PushTarget, push } from '../push.ts';
import { temporaryFolder } from '../temporary.ts';

const NAMES = ['source', 'target', 'loose'] as const;
type RegistryName = (typeof NAMES)[number];

const content = z.object({
  accounts: z.object({ source: z.uuid(), target: z.uuid() }),
  /** By what they are for. */
  operations: z.object({
    copy: z.uuid(),
    retag: z.uuid(),
    undone: z.uuid(),
    restore: z.uuid(),
    failed: z.uuid(),
    deleted: z.uuid(),
    deletedByOrigin: z.uuid(),
    sync: z.uuid(),
    pausedByOrigin: z.uuid(),
  }),
  /** What each repository holds; blobs that no manifest names any more included. */
  registries: z.record(
    z.enum(NAMES),
    z.record(
      z.string(),
      z.object({
        blobs: z.array(z.string()),
        /** In an order in which they can be written. */
        manifests: z.array(z.tuple([z.string(), z.string()])),
      }),
    ),
  ),
  /** By digest. */
  content: z.record(z.string(), z.object({ mediaType: z.string(), base64: z.string() })),
});
type Content = z.infer<typeof content>;

export interface OldHome extends Pick<Content, 'accounts' | 'operations'> {
  folder: string;
  registries: Readonly<Record<RegistryName, GuardedRegistry>>;
  /** What the keychain of its user holds. */
  secrets: ReadonlyMap<string, string>;
}

/** A home as commit f998666 left it, with the three registries that it knows as they were then; see README.md beside this file. */
export async function openOldHome(): Promise<OldHome> {
  const old = content.parse(JSON.parse(await read('content.json')));
  const registries = {
    source: await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'secret' } } }),
    target: await startTestRegistry(),
    loose: await startTestRegistry(),
  };
  for (const name of NAMES) await fill(registries[name], old, name);
  const folder = await temporaryFolder();
  const atPorts = (text: string) =>
    NAMES.reduce((done, name) => done.replaceAll(`{${name}}`, `127.0.0.1:${registries[name].port}`), text);
  await writeFile(join(folder, 'settings.json'), atPorts(await read('settings.json')));
  const database = new DatabaseSync(join(folder, 'wharfinger.db'));
  database.exec(atPorts(await read('database.sql')));
  database.close();
  const { accounts, operations } = old;
  return {
    folder,
    registries,
    accounts,
    operations,
    secrets: new Map([[`Wharfinger/${accounts.source}:password`, 'secret']]),
  };
}

function read(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, name), 'utf8');
}

async function fill({ url }: GuardedRegistry, old: Content, name: RegistryName): Promise<void> {
  const target: PushTarget =
    name === 'source' ? { url, authorize: () => basicAuthorization('ann', 'secret') } : { url };
  for (const [repository, { blobs, manifests }] of Object.entries(old.registries[name])) {
    for (const [reference, digest] of manifests) {
      const manifest: TestManifest = {
        ...blobOf(old, digest),
        blobs: blobs.map((blob) => blobOf(old, blob)),
        children: [],
      };
      await push(manifest, target, repository, reference);
    }
  }
}

function blobOf({ content: known }: Content, digest: string): TestBlob {
  const { mediaType, base64 } = known[digest] ?? {};
  if (mediaType === undefined || base64 === undefined) throw new Error(`The fixture has no ${digest}.`);
  return { mediaType, digest, bytes: Buffer.from(base64, 'base64') };
}
