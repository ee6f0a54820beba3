import { expect, test, vi } from 'vitest';
import type { Operation } from '../../src-main/common/operation.ts';
import type { Core } from '../../src-main/services/index.ts';
import { makeArtifact, makeBareIndex, makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import type { StartedProcess } from '../support/process.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type Change, startChange } from './support/changes.ts';
import { testCore } from './support/core.ts';
import { startUndo } from './support/plans.ts';
import { startProgram } from './support/program.ts';
import { expectRecorded } from './support/record.ts';
import { stateOf } from './support/state.ts';

// A process for each request that writes: on a busy machine they take a while to start.
vi.setConfig({ testTimeout: 600_000 });

const WRITES = new Set(['PUT', 'POST', 'PATCH', 'DELETE']);
const REPOSITORIES = ['team/app', 'team/web', 'tools/cli'];

interface HaltingRegistry extends OddRegistry {
  /** Resolves when the n-th request that writes is there. It is carried out where that is wanted; it and what comes after get no reply. */
  haltAt(at: number, carriedOut: boolean): Promise<void>;
  /** From now on it is ordinary. Resolves when what was asked before is carried out: a write that is under way would end after the undo. */
  goOn(): Promise<void>;
}

async function startHaltingRegistry(): Promise<HaltingRegistry> {
  let halt: { left: number; carriedOut: boolean; reached: () => void } | undefined;
  const underWay = new Set<Promise<unknown>>();
  const registry = await startOddRegistry(async ({ method }, carryOut) => {
    const ordinary = () => {
      const reply = carryOut();
      underWay.add(reply);
      return reply.finally(() => underWay.delete(reply));
    };
    if (!halt || !WRITES.has(method) || halt.left-- > 0) return await ordinary();
    if (halt.left === -1) {
      if (halt.carriedOut) await ordinary();
      halt.reached();
    }
    return await new Promise<never>(() => undefined);
  });
  return {
    ...registry,
    haltAt: (at, carriedOut) =>
      new Promise((reached) => {
        halt = { left: at, carriedOut, reached };
      }),
    async goOn() {
      halt = undefined;
      await Promise.allSettled(underWay);
    },
  };
}

interface Halt {
  readonly at: number;
  readonly carriedOut: boolean;
}

/** Makes a change in a process that dies at a request that writes; false where it ended before. */
async function killedAt(
  { at, carriedOut }: Halt,
  program: StartedProcess,
  registry: HaltingRegistry,
  change: Change,
): Promise<boolean> {
  const reached = registry.haltAt(at, carriedOut).then(() => true);
  const ended = program.waitFor(/ended/, 120_000).then(() => false);
  // Not when the process is killed.
  ended.catch(() => {});
  program.write(JSON.stringify(change));
  const killed = await Promise.race([reached, ended]);
  if (killed) process.kill(program.pid, 'SIGKILL');
  await program.exited;
  await registry.goOn();
  return killed;
}

/** Kills at every request that writes, before and after it is carried out, until there are no more. */
async function killAtEach(killed: (halt: Halt) => Promise<boolean>): Promise<void> {
  for (let at = 0; ; at++) {
    const both = [true, false].map((carriedOut) => killed({ at, carriedOut }));
    if (!(await Promise.all(both)).includes(true)) {
      expect(at).toBeGreaterThan(0);
      return;
    }
  }
}

/** Takes all that no tag leads to. */
async function collect({ collector }: OddRegistry['behind']): Promise<void> {
  const { manifests } = await collector.plan({ untagged: true });
  await collector.collect({ untagged: manifests });
}

/** The operation begun last, if there is one beside `before`: who was killed while it was planned has left none. */
function begunOperation(core: Core, before?: string): Operation | undefined {
  const [last] = core.operations.history(1);
  return last?.id === before ? undefined : last;
}

const tiny = (name: string) => makeImage({ name, layers: { [name]: 1 } });

/** Fills a registry, of which nothing is left out that a change of its kind has, with as few bytes as can be. */
interface Scene {
  readonly repositories: readonly string[];
  readonly change: Change;
}

async function retagging({ behind, url }: OddRegistry): Promise<Scene> {
  await push(await tiny('one'), behind, 'team/app', '1');
  await push(makeBareIndex(await tiny('child')), behind, 'team/app', 'latest');
  return { repositories: ['team/app'], change: ['retag', url, 'team/app', '1', 'latest'] };
}

/** An index with something attached, over an image. */
async function copying({ behind, url }: OddRegistry): Promise<Scene> {
  const source = await startTestRegistry();
  const index = makeBareIndex(await tiny('child'));
  await push(index, source, 'team/app', 'latest');
  await push(makeArtifact({ artifactType: 'application/spdx+json', subject: index }), source, 'team/app');
  await push(await tiny('old'), behind, 'team/app', 'latest');
  return { repositories: ['team/app'], change: ['copy', source.url, url, 'team/app', 'latest'] };
}

/** A tag in each of three repositories: over an index, over an image, and a new one. */
async function syncing({ behind, url }: OddRegistry): Promise<Scene> {
  const source = await startTestRegistry();
  const [fresh, old] = [await tiny('fresh'), await tiny('old')];
  for (const repository of REPOSITORIES) await push(fresh, source, repository, 'latest');
  await push(makeBareIndex(await tiny('child')), behind, 'team/app', 'latest');
  await push(old, behind, 'team/web', 'latest');
  await push(old, behind, 'tools/cli', 'own');
  return { repositories: REPOSITORIES, change: ['sync', source.url, url] };
}

/** An index with something attached that goes along, and another tag. */
async function deleting({ behind, url }: OddRegistry): Promise<Scene> {
  const index = makeBareIndex(await tiny('child'));
  await push(index, behind, 'team/app', 'latest');
  await push(makeArtifact({ artifactType: 'application/spdx+json', subject: index }), behind, 'team/app');
  await push(await tiny('one'), behind, 'team/app', '1');
  return { repositories: ['team/app'], change: ['delete', url, 'team/app', 'latest', '1'] };
}

/** An index with something attached in one repository, and in another a tag that goes alone. */
async function deletingMany({ behind, url }: OddRegistry): Promise<Scene> {
  const index = makeBareIndex(await tiny('child'));
  await push(index, behind, 'team/app', 'latest');
  await push(makeArtifact({ artifactType: 'application/spdx+json', subject: index }), behind, 'team/app');
  for (const tag of ['1', 'stays']) await push(await tiny('one'), behind, 'team/web', tag);
  return {
    repositories: ['team/app', 'team/web'],
    change: ['deleteMany', url, 'team/app:latest', 'team/web:1'],
  };
}

test.each([
  ['a retag', retagging],
  ['an overwriting copy', copying],
  ['a synchronisation over three repositories', syncing],
  ['a deletion with what is attached', deleting],
  ['a deletion in two repositories', deletingMany],
] as const)('%s, killed at every request that writes, then undone: the former state, exactly', (_, scene) =>
  killAtEach(async (halt) => {
    const home = await temporaryFolder();
    const starting = startProgram('changer', home);
    const registry = await startHaltingRegistry();
    const { repositories, change } = await scene(registry);
    const before = await stateOf(registry.behind, repositories);
    if (!(await killedAt(halt, await starting, registry, change))) return false;
    const core = await testCore({ home });
    const operation = begunOperation(core);
    if (operation) expect(operation).toMatchObject({ status: 'interrupted' });
    // Nothing to take back where it died before the first tag.
    if (operation?.actions.undo) {
      const undo = await startUndo(core, operation.id);
      expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    }
    expect(await stateOf(registry.behind, repositories)).toEqual(before);
    await expectRecorded(core);
    await core.close();
    return true;
  }),
);

test.each([
  ['a retag', retagging, {}],
  ['an overwriting copy', copying, {}],
  ['a synchronisation over three repositories', syncing, {}],
  ['a synchronisation, deletions by digest only', syncing, { deleteByTag: false }],
  ['a deletion with what is attached', deleting, {}],
  ['a deletion in two repositories, by digest only', deletingMany, { deleteByTag: false }],
  ['a deletion whose content was collected and kept', deleting, { collected: true }],
] as const)(
  'the undo of %s, killed at every request that writes, then run again: the former state, exactly',
  (_, scene, { deleteByTag = true, collected = false }: { deleteByTag?: boolean; collected?: boolean }) =>
    killAtEach(async (halt) => {
      const [home, registry] = [await temporaryFolder(), await startHaltingRegistry()];
      registry.behind.setLimits({ deleteByTag });
      const { repositories, change } = await scene(registry);
      const before = await stateOf(registry.behind, repositories);
      const first = await testCore({ home });
      const { operationId } = await startChange(first, change);
      expect(await first.operations.finished(operationId)).toMatchObject({ status: 'done' });
      expect(await stateOf(registry.behind, repositories)).not.toEqual(before);
      await first.close();
      if (collected) await collect(registry.behind);
      const program = await startProgram('changer', home);
      const killed = await killedAt(halt, program, registry, ['undo', operationId]);
      const core = await testCore({ home });
      const begun = begunOperation(core, operationId);
      if (killed && begun) {
        expect(begun).toMatchObject({ status: 'interrupted', actions: { retry: true } });
        await core.operations.retry(begun.id);
        expect(await core.operations.finished(begun.id)).toMatchObject({ status: 'done' });
      } else if (killed) {
        const again = await startUndo(core, operationId);
        expect(await core.operations.finished(again.operationId)).toMatchObject({ status: 'done' });
      }
      expect(await stateOf(registry.behind, repositories)).toEqual(before);
      await expectRecorded(core);
      await core.close();
      return killed;
    }),
);
