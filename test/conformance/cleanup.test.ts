import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from '../hosts/cli/command-line.ts';
import { stateOf } from '../services/support/state.ts';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { storedBlobs } from '../support/docker-storage.ts';
import { makeArtifact, makeImage, makeMultiPlatform } from '../support/images.ts';
import { describeWithPeer } from '../support/peers.ts';
import { push } from '../support/push.ts';

const RULES = `version: 1
rules:
  - name: team
    repositories: ["team/**", multi]
    protect: "v*"
    delete:
      - { name: pull requests, tags: "pr-*" }
`;

const REPOSITORIES = ['team/app', 'team/web', 'multi', 'copies/app'];

const document = z.looseObject({
  registry: z.string(),
  rules: z.array(z.strictObject({ name: z.string() })),
  tags: z.array(
    z.looseObject({
      repository: z.string(),
      tag: z.string(),
      keep: z.boolean(),
      rule: z.string().nullable(),
    }),
  ),
  manifests: z.array(z.looseObject({ repository: z.string(), digest: z.string() })),
  bytesFreed: z.int(),
  bytesInChildren: z.int(),
  bytesAtMost: z.boolean(),
});

/** Layers shared in a repository and over repositories, an index, a signature, and one image in two repositories. */
async function fill({ target }: DockerRegistry): Promise<void> {
  const image = (name: string, own: number) =>
    makeImage({ name, layers: { base: 60_000, [`of ${name}`]: own } });
  const first = await image('first', 9_000);
  await push(first, target, 'team/app', 'pr-1');
  await push(await image('second', 11_000), target, 'team/app', 'v1');
  const signed = await image('signed', 7_000);
  await push(signed, target, 'team/app', 'pr-2');
  const signature = await makeArtifact({ content: Buffer.alloc(5_000, 'signature') });
  await push(signature, target, 'team/app', `sha256-${signed.digest.slice(7)}.sig`);
  await push(first, target, 'copies/app', 'pr-1');
  const both = await image('both', 3_000);
  for (const tag of ['pr-3', 'v3']) await push(both, target, 'team/web', tag);
  await push(await makeMultiPlatform('multi'), target, 'multi', 'pr-4');
  await push(await makeMultiPlatform('stays'), target, 'multi', 'v4');
}

function cleanupOf(name: string, programs: Readonly<Record<'docker-registry', string>>): void {
  test(`what a cleanup of ${name} frees is what its plan says, to the byte, and what it does is its dry run`, async () => {
    const registry = await startDockerRegistry('open', programs);
    await fill(registry);
    const cli = await CommandLine.open();
    const file = path.join(cli.home, 'rules.yaml');
    await writeFile(file, RULES);
    const command = ['cleanup', new URL(registry.url).host, '--rules', file];
    const before = await stateOf(registry.target, REPOSITORIES);
    const plan = await cli.json(document, [...command, '--plan']);
    expect(await stateOf(registry.target, REPOSITORIES)).toEqual(before);
    expect(plan).toMatchObject({ rules: [{ name: 'team' }], bytesAtMost: false });
    expect(plan.bytesFreed).toBeGreaterThan(0);

    const used = async () => [...(await storedBlobs(registry.folder)).values()].reduce((a, b) => a + b, 0);
    const stored = await used();
    const { operation, ...run } = await cli.json(document.extend({ operation: z.string() }), [
      ...command,
      '--yes',
    ]);
    expect(operation).not.toBe('');
    expect(run).toEqual(plan);
    const left: Record<string, Record<string, string>> = {};
    for (const [repository, tags] of Object.entries(before)) {
      const gone = plan.tags.filter((line) => line.repository === repository && !line.keep);
      left[repository] = Object.fromEntries(
        Object.entries(tags).filter(([tag]) => !gone.some((line) => line.tag === tag)),
      );
    }
    expect(await stateOf(registry.target, REPOSITORIES)).toEqual(left);

    await registry.collectGarbage();
    expect(stored - (await used())).toBe(plan.bytesFreed);
  });
}

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

describeWithPeer(['docker-registry'], 'cleanup of docker-registry 2.8', (programs) =>
  cleanupOf('docker-registry 2.8', programs),
);
describeWithPeer(['distribution-3'], 'cleanup of distribution 3', ({ 'distribution-3': registry }) =>
  cleanupOf('distribution 3', { 'docker-registry': registry }),
);
