import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { FileComparison } from '../../../src-main/engine/comparison/files.ts';
import { settledTrees } from '../../../src-main/engine/layers/settle.ts';
import { type RawEntry, readTreeOf } from '../../support/layers.ts';

/** Numbers from 0 to below 1, the same for the same seed. */
function randomOf(seed: string): () => number {
  let at = 0;
  return () => createHash('sha256').update(`${seed} ${at++}`).digest().readUInt32LE(0) / 2 ** 32;
}

type Random = () => number;
/** What is at a path that is no directory, as one text: its kind, its content and its mode. */
type Files = ReadonlyMap<string, string>;

const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
const above = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Some files in a few directories, none of which is a directory of another one. */
function randomFiles(random: Random): Files {
  const files = new Map<string, string>();
  for (let left = 3 + Math.floor(random() * 25); left > 0; left--) {
    const depth = 1 + Math.floor(random() * 4);
    const path = Array.from({ length: depth }, () => pick(random, ['a', 'b', 'c', 'd.x', 'ä'])).join('/');
    const clashes = [...files.keys()].some(
      (other) => other === path || other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
    );
    if (!clashes) files.set(path, pick(random, ['file one', 'file two', 'link a', 'file one 0755']));
  }
  return files;
}

/** With the directories that they are in. */
function pathsOf(files: Files): Set<string> {
  const paths = new Set<string>();
  for (const path of files.keys()) for (let at = path; at !== ''; at = above(at)) paths.add(at);
  return paths;
}

function entryAt(path: string, said: string): RawEntry {
  const [kind, content = '', mode = '0644'] = said.split(' ');
  return kind === 'link'
    ? { name: path, type: '2', link: content }
    : { name: path, content, mode: Number.parseInt(mode, 8) };
}

/** A layer that makes of some files others: by whiteouts of files or of all that is in a directory, which then comes anew. */
function layerBetween(random: Random, before: Files, after: Files): RawEntry[] {
  const entries: RawEntry[] = [];
  const folders = [...new Set([...after.keys()].map(above))].filter((folder) => folder !== '');
  const opaque = random() < 0.3 && folders.length > 0 ? pick(random, folders) : undefined;
  if (opaque !== undefined) entries.push({ name: `${opaque}/.wh..wh..opq` });
  const isIn = (path: string) => opaque !== undefined && path.startsWith(`${opaque}/`);
  const [had, has] = [pathsOf(before), pathsOf(after)];
  for (const path of had)
    if (
      !has.has(path) &&
      !isIn(path) &&
      (above(path) === '' || has.has(above(path))) &&
      !after.has(above(path))
    )
      entries.push({ name: path.replace(/[^/]+$/, '.wh.$&') });
  // A path through a link of a lower layer leads where the link does, unless a directory came in its place.
  for (const path of has)
    if (!after.has(path) && (!had.has(path) || before.has(path)))
      entries.push({ name: path, type: '5', mode: 0o755 });
  for (const [path, said] of after)
    if (isIn(path) || before.get(path) !== said || random() < 0.2) entries.push(entryAt(path, said));
  return entries.sort(() => random() - 0.5);
}

/** The files in some layers, by way of other files. */
async function layered(random: Random, files: Files) {
  const stages: Files[] = Array.from({ length: Math.floor(random() * 4) }, () => randomFiles(random));
  const layers = [...stages, files].map((stage, at, all) =>
    layerBetween(random, at === 0 ? new Map() : (all[at - 1] as Files), stage),
  );
  return await settledTrees(await Promise.all(layers.map(readTreeOf)));
}

const nothing = () => undefined;

test('random layerings of random files are the same files', async () => {
  for (let seed = 0; seed < 150; seed++) {
    const random = randomOf(`layers ${seed}`);
    const files = randomFiles(random);
    const trees = { left: await layered(random, files), right: await layered(random, files) };
    const { counts } = await FileComparison.of({ ...trees, below: false, above: false }, nothing);
    expect(counts, `seed ${seed}`).toMatchObject({ added: 0, removed: 0, changed: 0, uncertain: 0 });
  }
}, 120_000);

test('random layerings of other files differ in those, and in nothing else', async () => {
  for (let seed = 0; seed < 150; seed++) {
    const random = randomOf(`files ${seed}`);
    const [left, right] = [randomFiles(random), randomFiles(random)];
    const trees = { left: await layered(random, left), right: await layered(random, right) };
    const comparison = await FileComparison.of({ ...trees, below: false, above: false }, nothing);
    const rows = Array.from({ length: comparison.length }, (_, at) => comparison.row(at))
      // A path that is a directory on one side only: what is in it speaks for it.
      .filter(
        ({ left: one, right: other }) =>
          !one?.tree.isDirectory(one.node) || !other?.tree.isDirectory(other.node),
      )
      .flatMap(({ path, change, left: one, right: other }) => {
        if (change !== 'changed') return [`${change} ${path}`];
        if (one?.tree.isDirectory(one.node)) return [`added ${path}`];
        return other?.tree.isDirectory(other.node) ? [`removed ${path}`] : [`changed ${path}`];
      });
    const expected = [...new Set([...left.keys(), ...right.keys()])].flatMap((path) => {
      const [one, other] = [left.get(path), right.get(path)];
      if (one === other) return [];
      return [`${one === undefined ? 'added' : other === undefined ? 'removed' : 'changed'} ${path}`];
    });
    expect(rows.sort(), `seed ${seed}`).toEqual(expected.sort());
  }
}, 120_000);
