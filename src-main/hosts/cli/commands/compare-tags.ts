import {
  type MatrixFilter,
  type MatrixLooking,
  type MatrixPair,
  type MatrixRow,
  PAIR_STATES,
  type PairState,
} from '../../../common/comparison-matrix.ts';
import type { Side } from '../../../engine/vocabulary/transfer.ts';
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
  /** More places that the left one is compared with. */
  readonly also?: readonly string[];
}

/** What is compared, as it was given: the left one with each of the others. */
interface Names {
  readonly left: string;
  readonly others: readonly string[];
}

/** Rows asked for at a time. */
const PAGE = 500;

const WORDS: Readonly<Record<PairState, string>> = {
  same: 'same',
  different: 'different',
  onlyLeft: 'only left',
  onlyRight: 'only right',
  unknown: 'unknown',
};
/** What is shown unless all is asked for. */
const UNLIKE = PAIR_STATES.filter((state) => state !== 'same');

/** `compare HOST HOST`, of namespaces or `HOST/REPO HOST/REPO`: their tags side by side. @throws Different */
export async function compareTags(
  context: Context,
  { left, right }: { left: string; right: string },
  { rename = '{repository}', maxAge, all = false, read = false, also = [] }: CompareTagsFlags,
  access: Record<Side, AccessOverrides>,
): Promise<void> {
  const { core, json, signal } = context;
  const others = [right, ...also];
  const places = comparedPlaces([left, ...others]);
  const sides: MatrixSideAt[] = [];
  for (const [at, place] of places.entries())
    sides.push({
      ...withoutHost(place),
      rename,
      registry: await context.registry(
        place.host,
        at === 0 ? access.source : access.target,
        place.repository,
      ),
    });
  const names = { left, others };
  warnOf(names, await looked(core.comparisonMatrix.look(sides, { maxAge, signal })));
  if (read) await readDiffering(context, sides);
  const { pairs } = await core.comparisonMatrix.counts(sides, '', { signal });
  const counts = pairs.map(({ tags }) => tags);
  const isRepository = places[0]?.repository !== undefined;
  if (json) await printDocument(context, names, sides, counts);
  else {
    const heads = also.length === 0 ? ['LEFT', 'RIGHT'] : also;
    const table = new Table(['TAG', 'STATE', 'NEWER', ...heads]);
    await printTable(table, pagesOf(context, sides, all), (row) => lineOf(row, isRepository));
    await print(counts.map((tags, at) => summaryOf(left, others[at] ?? '', tags)));
  }
  const sum = (...states: readonly PairState[]) =>
    counts.reduce((total, tags) => total + states.reduce((part, state) => part + tags[state], 0), 0);
  if (sum('different', 'onlyLeft', 'onlyRight') > 0) throw new Different();
  const unknown = sum('unknown');
  if (unknown > 0)
    throw new CommandFailure({
      code: 'invalidResponse',
      message: `For ${counted(unknown, 'tag')} it is unknown whether both sides match.`,
    });
}

async function printDocument(
  context: Context,
  { left, others: [right = '', ...also] }: Names,
  sides: readonly MatrixSideAt[],
  [counts, ...more]: readonly Record<PairState, number>[],
): Promise<void> {
  await printJsonPiece(`{\n  "left": ${JSON.stringify(left)},\n  "right": ${JSON.stringify(right)},\n`);
  await printJsonPiece(`  "counts": ${JSON.stringify(counts)},\n`);
  if (also.length > 0) {
    const named = also.map((each, at) => ({ right: each, counts: more[at] }));
    await printJsonPiece(`  "also": ${JSON.stringify(named)},\n`);
  }
  await printJsonPiece('  "tags": ');
  await printJsonArray(pagesOf(context, sides, true), documentOf, '  ');
  await printJsonPiece('\n}\n');
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
  try {
    for (let other = 1; other < sides.length; other++) {
      const filter: MatrixFilter = { other, states: ['different'], text: '' };
      const reading = core.comparisonMatrix.read(sides, filter, { signal });
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
    }
  } finally {
    statusLine.clear();
  }
}

/** @throws CommandFailure where a side could not be looked at at all */
function warnOf({ left, others }: Names, { sides }: MatrixLooking): void {
  for (const [at, { failure, unread, firstUnread }] of sides.entries()) {
    const name = [left, ...others][at] ?? '';
    if (failure) throw new CommandFailure({ ...failure, message: `${name}: ${failure.message}` });
    if (firstUnread)
      warn({
        code: firstUnread.code,
        message: `${name}: ${counted(unread, 'tag')} could not be read (the first: ${firstUnread.message})`,
      });
  }
}

/** @param all also rows that are the same everywhere */
async function* pagesOf(
  { core, signal }: Context,
  sides: readonly MatrixSideAt[],
  all: boolean,
): AsyncGenerator<readonly MatrixRow[], void, void> {
  const isPair = sides.length === 2;
  const filter: MatrixFilter = { other: 1, states: isPair && !all ? UNLIKE : [], text: '' };
  const isShown = ({ pairs }: MatrixRow) => all || pairs.some(({ state }) => state !== 'same');
  for (let offset = 0; ; offset += PAGE) {
    const { items } = await core.comparisonMatrix.rows(sides, { filter, offset, limit: PAGE }, { signal });
    yield items.filter(isShown);
    if (items.length < PAGE) return;
  }
}

type Cell = MatrixRow['cells'][number];

function documentOf({ repository, tag, cells, pairs }: MatrixRow): object {
  const [left = null, right = null, ...also] = cells.map(cellOf);
  const [pair, ...more] = pairs.map(pairOf);
  return {
    repository,
    tag,
    left,
    right,
    ...pair,
    ...(also.length === 0 ? {} : { also: also.map((cell, at) => ({ ...more[at], right: cell })) }),
  };
}

function cellOf(cell: Cell): object | null {
  if (cell === 'unseen') return { unseen: true };
  return cell && { repository: cell.repository, digest: cell.digest ?? null, created: cell.created ?? null };
}

/** `state` is null where neither side has it. */
function pairOf({ state, newer, platforms }: MatrixPair): object {
  return { state, ...(newer ? { newer } : {}), ...(platforms ? { platforms } : {}) };
}

function lineOf(
  { repository, tag, cells, pairs: [pair, ...more] }: MatrixRow,
  isRepository: boolean,
): string[] {
  const newer = pair?.newer === 'unknown' ? 'unknown' : (pair?.newer ?? '');
  const [left = '', right = ''] = cells.map((cell) => {
    if (cell === null) return '-';
    return cell === 'unseen' || cell.digest === undefined ? '?' : shortDigest(cell.digest);
  });
  const rest = more.length === 0 ? [left, right] : more.map(stateText);
  return [isRepository ? tag : `${repository}:${tag}`, stateText(pair), newer, ...rest];
}

function stateText(pair: MatrixPair | undefined): string {
  return pair?.state ? WORDS[pair.state] : 'neither';
}

function summaryOf(left: string, right: string, tags: Record<PairState, number>): string {
  const parts = PAIR_STATES.filter((state) => tags[state] > 0 || state === 'same').map(
    (state) => `${tags[state]} ${WORDS[state]}`,
  );
  return `${left} and ${right}: ${parts.join(', ')}`;
}
