import type { Operation } from '../../../common/operation.ts';
import type { AnyPlace, RegistryPlace } from '../../../common/place.ts';
import { CONNECTION_FAILURES, ping, RegistryError } from '../../../engine/index.ts';
import type { Side } from '../../../engine/vocabulary/transfer.ts';
import type { Core, OperationChange, RegistryHandle } from '../../../services/index.ts';
import { readAccessFor } from '../access.ts';
import { type Context, warnOfReach } from '../context.ts';
import { Cancelled, CommandFailure, UsageError } from '../failures.ts';
import {
  allItems,
  changeDocument,
  changeRow,
  itemDocument,
  itemRow,
  operationDocument,
  progressText,
} from '../operation-text.ts';
import { counted, print, printJson, warn } from '../output.ts';
import { errorOf, followOperation } from '../run-operation.ts';
import { Table } from '../table.ts';

/** Digits of an id that distinguish operations for people. */
const SHORT = 8;
/** Fewer would hit another one by mistake. */
const SHORTEST = 4;
/** How many are looked through for the beginning of an id, and for what can be gone on with. */
const RECENT = 500;

/** `operations`: the latest, newest first. */
export async function listOperations({ core, json }: Context, limit: number): Promise<void> {
  const operations = core.operations.history(limit);
  if (json) {
    await printJson({ operations: operations.map(operationDocument) });
    return;
  }
  if (operations.length === 0) return;
  const table = new Table(['ID', 'STARTED', 'STATUS', 'PROGRESS', 'WHAT']);
  const rows = operations.map((operation) => [
    operation.id.slice(0, SHORT),
    operation.started.slice(0, 19).replace('T', ' '),
    operation.status,
    progressText(operation),
    operation.title,
  ]);
  await print(table.lines(rows));
}

/** `operations ID`: one, with its tags. */
export async function showOperation({ core, json }: Context, text: string): Promise<void> {
  const operation = findOperation(core, text);
  const items = [...allItems(core, operation.id)];
  if (json) {
    const places = items.length > 0 ? core.operations.places(operation.id) : { reads: [], changes: [] };
    const tags = items.map((item) => itemDocument(places, item));
    const changes = (await changesOf(core, operation.id)).map(changeDocument);
    await printJson({ ...operationDocument(operation), items: tags, changes });
    return;
  }
  const { id, status, started, ended, failure } = operation;
  const facts = [
    ['Operation', id],
    ['What', operation.title],
    ['Status', status],
    ['Progress', progressText(operation)],
    ['Started', started],
    ...(ended === undefined ? [] : [['Ended', ended]]),
    ...(failure === undefined ? [] : [['Failure', `${failure.message} ${failure.reason ?? ''}`.trim()]]),
  ];
  await print(new Table(['', '']).lines(facts));
  if (items.length > 0) {
    await print(['', ...new Table(['STATE', 'TAG', '']).lines(items.map(itemRow))]);
    return;
  }
  const changes = (await changesOf(core, id)).map(changeRow);
  if (changes.length > 0)
    await print(['', ...new Table(['STATE', 'TAG', 'BEFORE', 'AFTER', '']).lines(changes)]);
}

async function changesOf({ operations }: Core, id: string): Promise<OperationChange[]> {
  const changes: OperationChange[] = [];
  for await (const page of operations.changes(id)) changes.push(...page);
  return changes;
}

/**
 * `operations resume [ID]`: goes on here, one after the other. Ctrl+C pauses: they can be gone on with again.
 *
 * @param options flags of both registries, which were not kept
 */
export async function resumeOperations(
  context: Context,
  text: string | undefined,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { core, json, signal } = context;
  const wanted = text === undefined ? stopped(core) : [findOperation(core, text)];
  const access = await readAccessFor(
    options,
    wanted.map(({ id }) => sidesOf(core, id)),
  );
  if (wanted.length === 0 && !json) await print('Nothing to resume.');
  const ended: Operation[] = [];
  const errors: unknown[] = [];
  for (const { id } of wanted) {
    try {
      for (const [side, place] of Object.entries(sidesOf(core, id)) as [Side, RegistryPlace][])
        await reach(context, await core.accounts.at(place, access[side]));
      await core.operations.retry(id, access);
      const operation = await followOperation(context, id, 'pause');
      ended.push(operation);
      const error = errorOf(operation);
      if (error) errors.push(error);
    } catch (error) {
      if (text !== undefined) throw error;
      // A locked keychain, an account that is gone: the others may go on.
      errors.push(error);
      ended.push(core.operations.get(id));
    }
    const last = ended.at(-1);
    if (!json && last) await print(`${last.title}: ${last.status}`);
    if (signal.aborted) throw new Cancelled();
  }
  if (json) await printJson({ operations: ended.map(operationDocument) });
  if (errors.length > 0) throw errors[0];
}

/** The registry cannot be asked at all, whatever for: a ping is small, so also where it gets no answer. */
const OUT_OF_REACH: ReadonlySet<string> = new Set([...CONNECTION_FAILURES, 'connectionLost', 'timeout']);

/** So that an operation whose flags were forgotten stays as it is. What else a registry says to a ping is no verdict. */
async function reach({ signal }: Context, registry: RegistryHandle): Promise<void> {
  warnOfReach(registry);
  try {
    const options = { signal, tries: 1 };
    await ping(await registry.identification.registry(options), options);
  } catch (error) {
    if (error instanceof RegistryError && OUT_OF_REACH.has(error.code)) throw error;
    signal.throwIfAborted();
  }
}

/** The registries of an operation; where there is one only, it is the target. */
export function sidesOf(
  { operations }: Core,
  id: string,
): { readonly source?: RegistryPlace; readonly target?: RegistryPlace } {
  const { reads, changes } = operations.places(id);
  const [source, target] = [registryIn(reads[0]), registryIn(changes[0])];
  return { ...(source && { source }), ...(target && { target }) };
}

function registryIn(place: AnyPlace | undefined): RegistryPlace | undefined {
  return place && 'content' in place ? undefined : place;
}

/** What would go on by itself in a window, and can be given up here; of anything else the user decides by naming it. */
function stopped(core: Core): Operation[] {
  const still = core.operations
    .history(RECENT)
    .filter(({ status }) => status === 'interrupted' || status === 'paused')
    .reverse();
  const others = still.filter(({ actions }) => !actions.cancel);
  if (others.length > 0) {
    const ids = others.map(({ id }) => id.slice(0, SHORT)).join(', ');
    const message = `${counted(others.length, 'deletion or undo', 'deletions and undos')} only by name: ${ids}`;
    warn({ code: 'consentNeeded', message });
  }
  return still.filter(({ actions }) => actions.cancel);
}

/** `operations cancel ID`, also where another window or command runs it. */
export async function cancelOperation({ core, json, signal }: Context, text: string): Promise<void> {
  const { id } = findOperation(core, text);
  await core.operations.cancel(id);
  const operation = await core.operations.finished(id, { signal });
  if (operation.status !== 'cancelled')
    throw new CommandFailure({ code: 'conflict', message: `It has already ended: ${operation.status}.` });
  if (json) await printJson(operationDocument(operation));
  else await print(`${operation.title}: ${operation.status}`);
}

/** By its id or the beginning of it. @throws UsageError; ServiceError `operationUnknown` */
export function findOperation({ operations }: Core, text: string): Operation {
  const beginning = text.toLowerCase();
  if (beginning.length < SHORTEST) throw new UsageError(`Give at least ${SHORTEST} characters of the ID.`);
  const [found, other] = operations.history(RECENT).filter(({ id }) => id.startsWith(beginning));
  if (found && other) throw new UsageError(`Several operations start with ${text}: give more of the ID.`);
  return found ?? operations.get(beginning);
}
