import type { z } from 'zod';
import { differingFields, type FieldValues, settableOf } from '../../common/product.ts';
import {
  type ProductChange,
  type ProductChangeSubject,
  productChangeItem,
  productChangeSubject,
} from '../../common/product-change.ts';
import { RegistryError, type Resources } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { OperationKind } from '../operations/kind.ts';
import { PRESENT } from '../operations/steps.ts';
import { registryOf } from '../place-handle.ts';
import { resourcesOf } from './abilities.ts';
import type { MadeSecrets } from './secrets.ts';
import { undoOf } from './undo.ts';
import { changesText } from './words.ts';

type ChangeStep = z.infer<typeof productChangeItem>;

/** Kinds of which one holds images: its name has to be typed before it goes. */
const HOLDERS: ReadonlySet<string> = new Set(['project', 'repository', 'hubRepository']);

/** Changes of what a product manages: each is written, and read back. */
export function productChangeKind(secrets: MadeSecrets): OperationKind<ProductChangeSubject, ChangeStep> {
  return {
    name: 'productChange',
    subject: productChangeSubject,
    step: productChangeItem,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, changes }) => `${changesText(changes)} at ${place.host}`,
    changes: () => [],
    changesNoTags: true,
    removes({ place, changes }) {
      const emptied = changes.filter(({ act, kind }) => act === 'delete' && HOLDERS.has(kind));
      const [first] = emptied;
      const name = emptied.length === 1 && first ? first.name : place.host;
      return { name, tags: 0, empties: emptied.length > 0 };
    },
    async run(steps, { changes, subject, operationId, signal }) {
      const registry = registryOf(changes);
      for await (const page of steps.pages())
        for (const { number, step } of page) {
          const change = subject.changes[step.at];
          if (!change) throw new ServiceError('storageFailed', 'The plan of this change is damaged.');
          try {
            const resources = await resourcesOf(registry, change.kind, { signal });
            const hold = (secret: Parameters<MadeSecrets['hold']>[1]) => secrets.hold(operationId, secret);
            const given = givenOf(secrets, change);
            steps.done(number, await write(resources, change, { given, hold }, signal));
          } catch (error) {
            const failure = failureOf(error);
            if (signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
            steps.failed(number, failure);
          }
        }
      return steps.outcome();
    },
    undo: undoOf,
  };
}

/** The secrets that a change writes, by their fields. @throws ServiceError `planStale` where this process does not hold them */
function givenOf(secrets: MadeSecrets, { name, secrets: written = {} }: ProductChange): FieldValues {
  return Object.fromEntries(
    Object.entries(written).map(([field, id]) => {
      const secret = secrets.given(id);
      if (secret !== undefined) return [field, secret];
      throw new ServiceError(
        'planStale',
        `The ${field} for ${name} was held in memory only and is gone: enter it again.`,
      );
    }),
  );
}

interface Secrets {
  /** Those that are written. */
  given: FieldValues;
  /** Keeps one that was answered. */
  hold: (secret: Parameters<MadeSecrets['hold']>[1]) => void;
}

async function write(
  resources: Resources,
  change: ProductChange,
  { given, hold }: Secrets,
  signal: AbortSignal,
): Promise<string> {
  const { act, kind, id, name, project, before, after } = change;
  if (id === null) {
    const place = project === undefined ? {} : { project };
    const draft = { name, fields: { ...after, ...given } };
    const made = await able(resources.create, act).call(resources, place, draft, signal);
    if (made.secret) hold(made.secret);
    confirmed(change, (await resources.read(made.id, signal)).fields, after);
    return JSON.stringify({ id: made.id });
  }
  if (act === 'renew') {
    hold(await able(resources.renew, act).call(resources, id, signal));
    return JSON.stringify({ id });
  }
  const now = await readIfAny(resources, id, signal);
  if (after === null) {
    if (!now) return PRESENT;
    unmoved(change, now.fields);
    await able(resources.delete, act).call(resources, id, signal);
    if (await readIfAny(resources, id, signal))
      throw new RegistryError('refused', '', {
        reason: `It says that ${name} is deleted, and has it still.`,
      });
    return JSON.stringify({ id });
  }
  if (!now) throw new ServiceError('planStale', `${name} is not there any more.`);
  const wanted = differingFields(kind, before, after);
  if (differingFields(kind, now.fields, pick(after, wanted)).length === 0) return PRESENT;
  unmoved(change, now.fields);
  const fields = { ...pick(after, wanted), ...given };
  const written = (await able(resources.change, act).call(resources, id, fields, signal)) ?? { id };
  confirmed(change, (await resources.read(written.id, signal)).fields, pick(after, wanted));
  return JSON.stringify({ id: written.id });
}

/** @throws ServiceError `unsupported` */
function able<Method>(method: Method | undefined, act: string): Method {
  if (method !== undefined) return method;
  throw new ServiceError('unsupported', `This registry cannot ${act} it by its API.`);
}

/** What somebody else has changed since the plan was made is not written over. @throws ServiceError `planStale` */
function unmoved({ kind, name, before }: ProductChange, now: FieldValues): void {
  const moved = differingFields(kind, now, settableOf(kind, before ?? {}));
  if (moved.length === 0) return;
  throw new ServiceError('planStale', `${name} was changed elsewhere meanwhile: ${moved.join(', ')}.`);
}

/** What was written is there. @throws {RegistryError} */
function confirmed({ kind, name }: ProductChange, now: FieldValues, wanted: FieldValues | null): void {
  const others = differingFields(kind, now, wanted ?? {}).filter((field) => now[field] !== undefined);
  if (others.length === 0) return;
  const reason = `It took the change of ${name}, and does not show it: ${others.join(', ')}.`;
  throw new RegistryError('refused', '', { reason });
}

async function readIfAny(resources: Resources, id: string, signal: AbortSignal) {
  try {
    return await resources.read(id, signal);
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}

function pick(values: FieldValues, names: readonly string[]): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
