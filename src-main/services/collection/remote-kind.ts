import { z } from 'zod';
import {
  type RemoteCollectSubject,
  remoteCollectOutcome,
  remoteCollectSubject,
} from '../../common/collection-remote.ts';
import type { CollectionRun } from '../../engine/index.ts';
import { endOf, followRun, logIfAny } from '../followed-run.ts';
import type { Meter, OperationKind } from '../operations/kind.ts';
import { registryOf } from '../place-handle.ts';
import { collectorOf, remoteRunOf } from './remote.ts';

const remoteStep = z.object({ state: z.literal('run') });
type RemoteStep = z.infer<typeof remoteStep>;

/** Noted as soon as it is known, so that the next try follows the same run. */
const noted = z.object({ run: z.string() });

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
    outcome: (result) => remoteCollectOutcome.safeParse(parsed(result)).data,
    async run(steps, { changes, subject, signal, measure, moved }) {
      const collector = await collectorOf(registryOf(changes), { signal });
      const meter = new RemoteMeter(subject);
      measure(meter);
      for await (const page of steps.pages())
        for (const { number, result } of page) {
          let id = noted.safeParse(parsed(result ?? '')).data?.run;
          if (id === undefined) {
            id = await collector.start({ untagged: subject.untagged, dryRun: false }, signal);
            steps.note(number, JSON.stringify({ run: id }));
          }
          const run = await followRun(collector, id, {
            signal,
            report(now) {
              meter.run = now;
              moved();
            },
          });
          const log = await logIfAny(() => collector.log(id, signal));
          steps.done(number, JSON.stringify({ run: remoteRunOf(run), ...(log && { log: endOf(log) }) }));
        }
      return steps.outcome();
    },
  };
}

class RemoteMeter implements Meter {
  run: CollectionRun | undefined;
  readonly #expected: number;

  constructor({ bytes }: RemoteCollectSubject) {
    this.#expected = bytes;
  }

  read() {
    const done = this.run?.freed?.bytes ?? 0;
    const isDone = this.run?.state === 'done';
    return {
      steps: { done: isDone ? 1 : 0, total: 1 },
      bytes: { done, total: Math.max(done, isDone ? 0 : this.#expected) },
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: 0,
      rate: 0,
    };
  }

  details() {
    return { items: { done: this.run?.state === 'done' ? 1 : 0, failed: 0, total: 1 }, active: [] };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an earlier failure, or spoiled
  }
}
