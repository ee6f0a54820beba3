import type { DATED, MatrixPair, MatrixRow } from '../../common/comparison-matrix.ts';
import type { Platform } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer, json, optionalText, type Row, text } from '../database/row.ts';
import { stateOf, type WalkedCell, type WalkedRow } from './matrix-walk.ts';

type Dated = (typeof DATED)[number];
type Cell = Exclude<MatrixRow['cells'][number], null | 'unseen'>;

/** Builds that can be repeated say they are from 1970 or 1980: that is no date. */
const FIRST_DATE = Date.UTC(1981, 0);

/** Which side of a tag that differs is the newer one: by when both were created or, where that says nothing, were pushed. */
export function newerOf(database: Database, { cells }: WalkedRow, other: number): Dated {
  const dates = [cells[0], cells[other]].map((cell) => {
    if (!cell || cell === 'unseen' || cell.manifest === undefined) return {};
    return datesOf(database, cell, cell.manifest);
  });
  const [left, right] = dates;
  return later(left?.created, right?.created) ?? later(left?.pushed, right?.pushed) ?? 'unknown';
}

function later(left: string | undefined, right: string | undefined): Dated | undefined {
  const [one, two] = [left, right].map((date) => Date.parse(date ?? ''));
  if (one === undefined || two === undefined || !(one >= FIRST_DATE) || !(two >= FIRST_DATE))
    return undefined;
  return one === two ? undefined : one > two ? 'left' : 'right';
}

function datesOf(
  database: Database,
  { repository }: WalkedCell,
  manifest: number,
): { created?: string; pushed?: string } {
  const created = database.get('SELECT newest FROM manifests WHERE id = ?', manifest);
  const pushed = database.get(
    'SELECT pushed FROM repository_manifests WHERE repository_id = ? AND manifest_id = ?',
    repository.id ?? 0,
    manifest,
  );
  return {
    ...named('created', created && optionalText(created, 'newest')),
    ...named('pushed', pushed && optionalText(pushed, 'pushed')),
  };
}

function named<Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: string };
}

/** A row with all that is known of it. */
export function rowOf(database: Database, row: WalkedRow): MatrixRow {
  const cells = row.cells.map((cell) =>
    cell === null || cell === 'unseen' ? cell : shownCell(database, cell),
  );
  const pairs = row.cells.slice(1).map((_, at) => pairOf(database, row, at + 1));
  return { repository: row.pair.key, tag: row.tag, cells, pairs };
}

function shownCell(database: Database, cell: WalkedCell): Cell {
  const { repository, manifest, looked } = cell;
  if (manifest === undefined) return { repository: repository.name, estimated: true };
  const row =
    database.get(
      `SELECT digest, bytes, unread FROM contents LEFT JOIN manifests ON manifests.id = contents.id WHERE contents.id = ?`,
      manifest,
    ) ?? {};
  const size = row.bytes === null ? 0 : integer(row, 'bytes');
  return {
    repository: repository.name,
    digest: text(row, 'digest'),
    ...named('looked', looked === undefined ? undefined : new Date(looked).toISOString()),
    ...datesOf(database, cell, manifest),
    ...(size > 0 ? { size } : {}),
    estimated: row.unread !== 0,
  };
}

function pairOf(database: Database, row: WalkedRow, other: number): MatrixPair {
  const state = stateOf(row, other);
  if (state !== 'different') return { state };
  const [left, right] = [row.cells[0], row.cells[other]].map((cell) =>
    cell && cell !== 'unseen' && cell.manifest !== undefined
      ? platformsOf(database, cell.manifest)
      : undefined,
  );
  const newer = newerOf(database, row, other);
  if (!left || !right) return { state, newer };
  const all = [...new Set([...left.keys(), ...right.keys()])].sort();
  const both = all.filter((platform) => left.has(platform) && right.has(platform));
  return {
    state,
    newer,
    platforms: {
      same: both.filter((platform) => left.get(platform) === right.get(platform)),
      different: both.filter((platform) => left.get(platform) !== right.get(platform)),
      onlyLeft: all.filter((platform) => !right.has(platform)),
      onlyRight: all.filter((platform) => !left.has(platform)),
    },
  };
}

/** Manifests by their platforms; undefined where these are not known. */
function platformsOf(database: Database, manifest: number): ReadonlyMap<string, number> | undefined {
  const children = database.all(
    'SELECT platform, child_id AS id FROM manifest_children WHERE manifest_id = ? AND attestation = 0 ORDER BY position',
    manifest,
  );
  const own =
    children.length > 0 ? undefined : database.get('SELECT platforms FROM manifests WHERE id = ?', manifest);
  const [alone] = own ? ((json(own, 'platforms') ?? []) as Platform[]) : [];
  const found = alone ? [[textOf(alone), manifest] as const] : children.flatMap(childOf);
  return found.length > 0 ? new Map(found) : undefined;
}

function childOf(row: Row): (readonly [string, number])[] {
  const platform = row.platform === null ? undefined : (json(row, 'platform') as Platform | undefined);
  return platform ? [[textOf(platform), integer(row, 'id')]] : [];
}

function textOf({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant ? [variant] : [])].join('/');
}
