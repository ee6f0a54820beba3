import { z } from 'zod';
import {
  type RemoteCollectSubject,
  remoteCollectOutcome,
  remoteCollectSubject,
} from '../../common/collection-remote.ts';
import type { CollectionRun } from '../../engine/index.ts';
import { followRun } from '../followed-run.ts';
import { followSteps } from '../operations/followed-steps.ts';
import type { OperationKind } from '../operations/kind.ts';
import { notedOf } from '../operations/steps.ts';
import { registryOf } from '../place-handle.ts';
import { collectorOf, remoteRunOf } from './remote.ts';

const remoteStep = z.object({ state: z.literal('run') });
type RemoteStep = z.infer<typeof remoteStep>;

/** A garbage collection that a registry runs itself: begun by its API and followed to its end. What goes is gone for good. */
export function remoteCollectKind(): OperationKind<RemoteCollectSubject, RemoteStep> {
  return {
    name: 'collectRemote',
    subject: remoteCollectSubject,
    step: remoteStep,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, untagged }) =>
      `collect garbage of ${place.host} by its API${untagged ? ', manifests without a tag too' : ''}`,
    changes: () => [],
    outcome: (result) => notedOf(remoteCollectOutcome, result),
    async run(steps, { changes, subject, signal, ...context }) {
      const collector = await collectorOf(registryOf(changes), { signal });
      return await followSteps<CollectionRun>(steps, context, {
        begin: () => collector.start({ untagged: subject.untagged, dryRun: false }, signal),
        follow: (id, report) => followRun(collector, id, { signal, report }),
        log: ({ id }) => collector.log(id, signal),
        kept: remoteRunOf,
        counted(run) {
          const done = run?.freed?.bytes ?? 0;
          return { bytes: { done, total: Math.max(done, run?.state === 'done' ? 0 : subject.bytes) } };
        },
      });
    },
  };
}
