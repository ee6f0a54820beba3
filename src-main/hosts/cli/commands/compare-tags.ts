import {
  type MatrixCounts,
  type MatrixFilter,
  type MatrixLooking,
  type MatrixRow,
  PAIR_STATES,
  type PairState,
} from '../../../common/comparison-matrix.ts';
import type { Side } from '../../../engine/vocabulary.ts';
import type { AccessOverrides, MatrixSideAt } from '../../../services/index.ts';
import { comparedPlaces } from '../compared-places.ts';
import type { Context } from '../context.ts';
import { CommandFailure, Different } from '../failures.ts';
import { counted, print, printJsonPiece, shortDigest, statusLine, warn } from '../output.ts';
import { printJsonArray, printTable } from '../print-pages.ts';
import { Table } from '../table.ts';

export interface CompareTagsFlags {
  readonly rename?: string;
  /** Minutes. */
  readonly maxAge?: number;
  readonly all?: boolean;
  /** Manifests of tags that differ are read: which side is newer, and which platforms differ. */
  readonly read?: boolean;
}

/** What is compared, as it was given. */
interface Names {
  readonly left: string;
  readonly right: string;
}

/** Rows asked for at a time. */
const PAGE = 500;

const WORDS: Readonly<Record<PairState, string>> = {
  same: 'same',
  different: 'different',
  onlyLeft: 'only left',
  onlyRight: 'only right',
  unknown: 'not known',
};
/** What is shown unless all is asked for. */
const UNLIKE = PAIR_STATES.filter((state) => state !== 'same');

/** `compare HOST HOST`, of namespaces or `HOST/REPO HOST/REPO`: their tags side by side. @throws Different */
export async function compareTags(
  context: Context,
  { left, right }: Names,
  { rename = '{repository}', maxAge, all = false, read = false }: CompareTagsFlags,
  access: Record<Side, AccessOverrides>,
): Promise<void> {
  const { core, json, signal } = context;
  const [one, two] = comparedPlaces(left, right);
  const sides: MatrixSideAt[] = [
    {
      ...withoutHost(one),
      rename,
      registry: await context.registry(one.host, access.source, one.repository),
    },
    {
      ...withoutHost(two),
      rename,
      registry: await context.registry(two.host, access.target, two.repository),
    },
  ];
  warnOf({ left, right }, await looked(core.comparisonMatrix.look(sides, { maxAge, signal })));
  if (read) await readDiffering(context, sides);
  const counts = await core.comparisonMatrix.counts(sides, '', { signal });
  const tags = countsOf(counts);
  const isRepository = one.repository !== undefined;
  if (json) {
    await printJsonPiece(`{\n  "left": ${JSON.stringify(left)},\n  "right": ${JSON.stringify(right)},\n`);
    await printJsonPiece(`  "counts": ${JSON.stringify(tags)},\n  "tags": `);
    await printJsonArray(pagesOf(context, sides, PAIR_STATES), documentOf, '  ');
    await printJsonPiece('\n}\n');
  } else {
    const table = new Table(['TAG', 'STATE', 'NEWER', 'LEFT', 'RIGHT']);
    await printTable(table, pagesOf(context, sides, all ? PAIR_STATES : UNLIKE), (row) =>
      lineOf(row, isRepository),
    );
    await print(summaryOf({ left, right }, tags));
  }
  if (tags.different + tags.onlyLeft + tags.onlyRight > 0) throw new Different();
  if (tags.unknown > 0)
    throw new CommandFailure({
      code: 'invalidResponse',
      message: `Of ${counted(tags.unknown, 'tag')} it is not known whether both sides have the same.`,
    });
}

function withoutHost({ namespace, repository }: { namespace?: string; repository?: string }) {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(repository === undefined ? {} : { repository }),
  };
}

/** To its end, telling how far it is. */
async function looked(looking: AsyncGenerator<MatrixLooking, MatrixLooking, void>): Promise<MatrixLooking> {
  try {
    let step = await looking.next();
    while (!step.done) {
      const lines = step.value.sides.map(
        ({ state, tags, requests }) =>
          `${state === 'waits' ? 'waiting' : `${tags.done} of ${counted(tags.total, 'tag')}`}, ${counted(requests, 'request')}`,
      );
      statusLine.show(lines.join(' | '));
      step = await looking.next();
    }
    return step.value;
  } finally {
    statusLine.clear();
  }
}

/** What a look does not say of tags that differ. */
async function readDiffering({ core, signal }: Context, sides: readonly MatrixSideAt[]): Promise<void> {
  const filter: MatrixFilter = { other: 1, states: ['different'], text: '' };
  const reading = core.comparisonMatrix.read(sides, filter, { signal });
  try {
    let step = await reading.next();
    while (!step.done) {
      const { done, total } = step.value.manifests;
      statusLine.show(`${done} of ${counted(total, 'manifest')} read`);
      step = await reading.next();
    }
    const { failed, firstFailure } = step.value;
    if (firstFailure)
      warn({
        code: firstFailure.code,
        message: `${counted(failed, 'manifest')} could not be read, the first because: ${firstFailure.message}`,
      });
  } finally {
    statusLine.clear();
  }
}

/** @throws CommandFailure where a side could not be looked at at all */
function warnOf({ left, right }: Names, { sides }: MatrixLooking): void {
  for (const [at, { failure, unread, firstUnread }] of sides.entries()) {
    const name = at === 0 ? left : right;
    if (failure) throw new CommandFailure({ ...failure, message: `${name}: ${failure.message}` });
    if (firstUnread)
      warn({
        code: firstUnread.code,
        message: `${name}: ${counted(unread, 'tag')} could not be looked at, the first because: ${firstUnread.message}`,
      });
  }
}

function countsOf({ pairs }: MatrixCounts): Record<PairState, number> {
  const [pair] = pairs;
  if (!pair) throw new TypeError('A comparison without its other side.');
  return pair.tags;
}

async function* pagesOf(
  { core, signal }: Context,
  sides: readonly MatrixSideAt[],
  states: readonly PairState[],
): AsyncGenerator<readonly MatrixRow[], void, void> {
  const filter: MatrixFilter = { other: 1, states: [...states], text: '' };
  for (let offset = 0; ; offset += PAGE) {
    const { items } = await core.comparisonMatrix.rows(sides, { filter, offset, limit: PAGE }, { signal });
    yield items;
    if (items.length < PAGE) return;
  }
}

function documentOf({ repository, tag, cells, pairs }: MatrixRow): object {
  const [left, right] = cells.map((cell) =>
    cell === null || cell === 'unseen'
      ? cell
      : { repository: cell.repository, digest: cell.digest ?? null, created: cell.created ?? null },
  );
  const [pair] = pairs;
  return {
    repository,
    tag,
    state: pair?.state ?? 'unknown',
    left: left === 'unseen' ? { unseen: true } : (left ?? null),
    right: right === 'unseen' ? { unseen: true } : (right ?? null),
    ...(pair?.newer ? { newer: pair.newer } : {}),
    ...(pair?.platforms ? { platforms: pair.platforms } : {}),
  };
}

function lineOf({ repository, tag, cells, pairs }: MatrixRow, isRepository: boolean): string[] {
  const [pair] = pairs;
  const [left = '', right = ''] = cells.map((cell) => {
    if (cell === null) return '-';
    return cell === 'unseen' || cell.digest === undefined ? '?' : shortDigest(cell.digest);
  });
  const newer = pair?.newer === 'unknown' ? 'not known' : (pair?.newer ?? '');
  return [isRepository ? tag : `${repository}:${tag}`, WORDS[pair?.state ?? 'unknown'], newer, left, right];
}

function summaryOf({ left, right }: Names, tags: Record<PairState, number>): string {
  const parts = PAIR_STATES.filter((state) => tags[state] > 0 || state === 'same').map(
    (state) => `${tags[state]} ${WORDS[state]}`,
  );
  return `${left} and ${right}: ${parts.join(', ')}`;
}
