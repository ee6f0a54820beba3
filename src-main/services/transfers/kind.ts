import type { z } from 'zod';
import { type AnyPlace, referenceAt } from '../../common/place.ts';
import {
  type CopySubject,
  copySubject,
  type RetagSubject,
  retagSubject,
  type SyncSubject,
  syncSubject,
} from '../../common/transfer.ts';
import { headOfNamed } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { CheckedPlan, OperationKind } from '../operations/kind.ts';
import { inParallel } from '../parallel.ts';
import { planRestoring } from '../restoring/plan.ts';
import type { CallOptions } from '../types.ts';
import { counted, repositoriesText } from '../words.ts';
import { type CopyStep, copyStep, type TransferPrepared, type TransferSubject } from './step.ts';
import { isToBeCopied, runCopies, type TransferData } from './work.ts';

/** Tags asked for at a time. */
const READS = 8;

/** Copies, retags (a copy within one repository) and synchronisations: one kind of work with three faces. */
export function transferKinds(
  data: TransferData & { started: (savedId: string, operationId: string) => void },
): OperationKind[] {
  const face = <Subject extends TransferSubject>(
    name: Subject['kind'],
    subject: z.ZodType<Subject>,
    own: Pick<OperationKind<Subject, CopyStep, TransferPrepared>, 'words' | 'check' | 'started'>,
  ): OperationKind<Subject, CopyStep, TransferPrepared> => ({
    name,
    subject,
    step: copyStep,
    goesOn: true,
    places: placesOf,
    pair: ({ source, target }) => ({ source, target }),
    changes: ({ target: { repository, tag }, replaces, digest }) => [
      { repository, tag, before: replaces ?? null, after: digest },
    ],
    async run(steps, context) {
      await runCopies(steps, context, data);
      return steps.outcome();
    },
    async undo({ subject }, context) {
      const [target] = placesOf(subject).changes;
      if ('content' in target)
        throw new ServiceError('unsupported', 'What was written outside registries is not taken back.');
      return await planRestoring(target, context);
    },
    ...own,
  });
  const many = (verb: string, { source, target, tags, repositories }: SyncSubject | ManyCopies) =>
    `${verb} ${source.host} to ${target.host}: ${counted(tags, 'tag')} in ${repositoriesText(repositories)}`;
  return [
    face<CopySubject>('copy', copySubject, {
      words(subject) {
        if (!('digest' in subject)) return many('copy', subject);
        const { source, target } = subject;
        const from = referenceAt(source, source.repository, source.reference);
        return `copy ${from} to ${referenceAt(target, target.repository, target.tag)}`;
      },
      check: refuseIfMoved,
    }),
    face<RetagSubject>('retag', retagSubject, {
      words: ({ place, reference, tag }) => `retag ${place.host}/${place.repository}: ${reference} as ${tag}`,
      check: refuseIfMoved,
    }),
    face<SyncSubject>('sync', syncSubject, {
      words: (subject) => many('sync', subject),
      started({ savedId }, operationId) {
        if (savedId !== undefined) data.started(savedId, operationId);
      },
    }),
  ];
}

type ManyCopies = Exclude<CopySubject, { digest: string }>;

function placesOf(subject: TransferSubject): { reads: AnyPlace[]; changes: [AnyPlace] } {
  if (subject.kind === 'retag') return { reads: [], changes: [subject.place] };
  return { reads: [subject.source], changes: [subject.target] };
}

/** @throws ServiceError `planStale` where a source or target tag moved since the user has seen it */
async function refuseIfMoved<Subject>(
  { prepared }: CheckedPlan<Subject, TransferPrepared>,
  { signal }: CallOptions,
): Promise<TransferPrepared | undefined> {
  // Sources are pinned, and target tags are looked at again before they are written.
  if (!prepared || prepared.unread) return prepared;
  const { source, target } = prepared.plan;
  const items = prepared.plan.items.filter(({ verdict }) => isToBeCopied(verdict) || verdict === 'same');
  const looks = inParallel(items, READS, signal, async ({ request, sourceDigest, replaces }, stop) => {
    const [from, { found: now, unseen }] = await Promise.all([
      headOfNamed(source, request.source.repository, request.source.reference, stop),
      target.look(request.target.repository, request.target.tag, stop),
    ]);
    if (from.digest !== sourceDigest) throw new ServiceError('planStale', 'The source tag moved.');
    if (!unseen && now?.digest !== replaces) throw new ServiceError('planStale', 'The target tag moved.');
  });
  for await (const _ of looks);
  return prepared;
}
