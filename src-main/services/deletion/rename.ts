import { z } from 'zod';
import { type RenamePlan, type RenameSubject, renameSubject } from '../../common/renaming.ts';
import { lookAt, planDeletion, putManifest, RegistryError } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { OperationKind, Planned, RunContext } from '../operations/kind.ts';
import { PRESENT, type StepCursor } from '../operations/steps.ts';
import { registryOf } from '../place-handle.ts';
import { readForTrash } from '../restoring/keep.ts';
import { planRestoring } from '../restoring/plan.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { deletionStep } from './step.ts';
import { changesOf, type DeletionData, type DeletionRun, runDeletionGroup } from './work.ts';

/** The new name first, so that nothing is ever without one. */
const renameStep = z.union([
  z.object({
    kind: z.literal('putTag'),
    tag: z.string(),
    digest: z.string(),
    /** What it pointed at when this was planned. */
    replaces: z.string().exactOptional(),
  }),
  deletionStep,
]);
type RenameStep = z.infer<typeof renameStep>;
type PutStep = Extract<RenameStep, { kind: 'putTag' }>;

interface Rename {
  repository: string;
  from: string;
  to: string;
}

/**
 * Plans a rename; touches nothing.
 *
 * @throws {RegistryError} `notFound` without the old name, `unsupported` where no tag can be deleted alone
 */
export async function planRename(
  registry: RegistryHandle,
  { repository, from, to }: Rename,
  { signal }: CallOptions,
): Promise<Planned<RenamePlan['subject'], RenamePlan['summary']>> {
  if (registry.readOnly) throw new ServiceError('readOnly');
  if (registry.protects(repository, from)) throw new ServiceError('protectedTag', `Protected: ${from}.`);
  if (from === to) throw new ServiceError('invalidInput', 'The new name is the old one.');
  const identified = await registry.identification.registry({ signal });
  const request = { tags: [from], alone: true };
  const data = await planDeletion(identified, registry.reader, repository, request, { signal });
  if (data.immutable.has(from)) throw immutable(repository, from);
  const [step] = data.steps;
  if (step?.kind !== 'deleteTag') throw new TypeError('A tag that goes alone without its step.');
  const { digest } = step;
  const replaces = data.looked.get(to);
  if (replaces === undefined && data.unseen.includes(to))
    throw new ServiceError('invalidInput', `The registry does not show what ${to} points at.`);
  if (replaces !== undefined && replaces !== digest && registry.protects(repository, to))
    throw new ServiceError('protectedTag', `Protected: ${to}.`);
  if (replaces !== undefined && replaces !== digest && data.immutable.has(to))
    throw immutable(repository, to);
  const siblings = [...(step.siblings ?? [])].filter((tag) => tag !== to);
  const moves = replaces !== undefined && replaces !== digest ? { replaces } : {};
  const steps: RenameStep[] = [
    { kind: 'putTag', tag: to, digest, ...(replaces === undefined ? {} : { replaces }) },
    {
      kind: 'deleteTag',
      tag: from,
      digest,
      siblings: [...siblings, to],
      ...(step.placeholder === undefined ? {} : { placeholder: step.placeholder }),
    },
  ];
  return {
    kind: 'rename',
    subject: { kind: 'rename', place: { ...registry.place, repository }, from, to, digest },
    summary: { ...moves, siblings, aloneBy: data.aloneBy },
    needsConsent: false,
    states: ['putTag', 'deleteTag'],
    items: steps.map((item) => ({ item, state: item.kind, acts: true })),
    basis: { from: digest, to: replaces ?? null },
    registries: { reads: [], changes: [registry] },
  };
}

function immutable(repository: string, tag: string): RegistryError {
  return new RegistryError('immutable', '', {
    reason: `A rule of the registry makes ${repository}:${tag} immutable.`,
  });
}

const seenBasis = z.object({ from: z.string(), to: z.string().nullable() });

/** A tag gets another name. */
export function renameKind(data: DeletionData): OperationKind<RenameSubject, RenameStep> {
  return {
    name: 'rename',
    subject: renameSubject,
    step: renameStep,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, from, to }) => `rename ${place.host}/${place.repository}: ${from} to ${to}`,
    changes: (step, { place: { repository } }) =>
      step.kind === 'putTag'
        ? [{ repository, tag: step.tag, before: step.replaces ?? null, after: step.digest }]
        : changesOf(step, repository),
    async check({ subject, basis, registries }, { signal }) {
      const registry = registryOf(registries.changes);
      const seen = seenBasis.parse(basis);
      const now = await Promise.all(
        [subject.from, subject.to].map((tag) => digestAt(registry, subject.place.repository, tag, signal)),
      );
      if (now[0] !== seen.from || now[1] !== seen.to) throw new ServiceError('planStale');
      return undefined;
    },
    async run(steps, context) {
      await runRename(steps, context, data);
      return steps.outcome();
    },
    undo: ({ subject }, context) => planRestoring(subject.place, context),
  };
}

async function runRename(
  steps: StepCursor<RenameStep>,
  run: RunContext<RenameSubject, unknown>,
  data: DeletionData,
): Promise<void> {
  const { operationId, signal, durable, subject } = run;
  const { repository } = subject.place;
  const registry = registryOf(run.changes);
  const context: DeletionRun = { ...data, operationId, signal, durable, registry, repository, steps };
  for await (const page of steps.pages())
    for (const { number, step, result } of page) {
      run.signal.throwIfAborted();
      if (step.kind !== 'putTag') {
        if ((await digestAt(registry, repository, subject.to, signal)) !== step.digest) {
          const reason = `Without the new name, ${subject.to}, the old one stays.`;
          steps.failed(number, failureOf(new ServiceError('planStale', reason)));
          return;
        }
        await runDeletionGroup([{ number, step, touched: result === 'touched' }], context);
        continue;
      }
      try {
        steps.done(number, await putTag(step, context));
      } catch (error) {
        const failure = failureOf(error);
        if (run.signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
        steps.failed(number, failure);
        // Without the new name the old one stays.
        return;
      }
    }
}

/** Safe to repeat: a tag that is there already is left as it is. */
async function putTag(
  { tag, digest, replaces }: PutStep,
  { registry, repository, operationId, trash, tagChanges, durable, signal }: DeletionRun,
): Promise<string> {
  const before = await digestAt(registry, repository, tag, signal);
  if (before === digest) return PRESENT;
  if (before !== (replaces ?? null))
    throw new ServiceError('planStale', `The tag ${tag} points elsewhere by now.`);
  const raw = await registry.reader.get(repository, digest, signal);
  const change = { repository, reference: tag, before, after: digest };
  if (before === null) tagChanges.begin(operationId, [change]);
  else
    trash.keep(operationId, repository, await readForTrash(registry, repository, before, signal), [change]);
  await durable();
  await putManifest(registry.client, repository, tag, raw, { signal });
  if ((await digestAt(registry, repository, tag, signal)) !== digest)
    throw new RegistryError('registryFailed', '', { reason: `The registry did not take the tag ${tag}.` });
  return 'written';
}

async function digestAt(
  { reader }: RegistryHandle,
  repository: string,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const { found, unseen } = await lookAt(reader.head(repository, tag, signal));
  if (unseen) throw unseen;
  return found?.digest ?? null;
}
