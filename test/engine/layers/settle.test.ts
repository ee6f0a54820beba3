import { describe, expect, test } from 'vitest';
import { LayerChanges } from '../../../src-main/engine/layers/changes.ts';
import { MergedTree } from '../../../src-main/engine/layers/merged.ts';
import { movedFiles, settledTrees } from '../../../src-main/engine/layers/settle.ts';
import { wasteOf } from '../../../src-main/engine/layers/wasted.ts';
import { chanceOf } from '../../data/inventory/model.ts';
import { type RawEntry, treeOf } from '../../support/layers.ts';

const file = (name: string, size = 1): RawEntry => ({ name, content: 'x'.repeat(size) });
const folder = (name: string): RawEntry => ({ name, type: '5', mode: 0o755 });
const link = (name: string, to: string): RawEntry => ({ name, type: '2', link: to });

const trees = async (...layers: readonly (readonly RawEntry[])[]) =>
  await settledTrees(await Promise.all(layers.map((layer) => treeOf(layer))));

/** All that is there: a directory with a slash, a link with where it leads, a file with its size, and the layer of each. */
async function merged(...layers: readonly (readonly RawEntry[])[]): Promise<string[]> {
  const tree = new MergedTree(await trees(...layers));
  return [...tree.below(tree.root)].map(({ path, type, link: to, layer, tree: { columns }, node }) => {
    const what = { directory: '/', symlink: ` -> ${to}` }[String(type)] ?? ` ${columns.size[node]}`;
    return `${path}${what} ${layer}`;
  });
}

const BASE = [folder('usr/'), folder('usr/bin/'), file('usr/bin/old', 5), link('bin', 'usr/bin')];

describe('paths that go through a link of a lower layer', () => {
  test('are where it leads, and the link stays', async () => {
    expect(await merged(BASE, [file('bin/new', 7), file('bin/deep/er', 8)])).toEqual([
      'bin -> usr/bin 0',
      'usr/ 0',
      'usr/bin/ 0',
      'usr/bin/deep/ 1',
      'usr/bin/deep/er 8 1',
      'usr/bin/new 7 1',
      'usr/bin/old 5 0',
    ]);
  });

  test('take away what is there, one by one and all', async () => {
    const gone = ['bin -> usr/bin 0', 'usr/ 0', 'usr/bin/ 0'];
    expect(await merged(BASE, [{ name: 'bin/.wh.old' }])).toEqual(gone);
    expect(await merged(BASE, [{ name: 'bin/.wh..wh..opq' }])).toEqual(gone);
    expect(await merged(BASE, [file('bin/old', 9)])).toEqual([...gone, 'usr/bin/old 9 1']);
  });

  test('a directory of their own, or one after the link was removed, comes in its place', async () => {
    const replaced = ['bin/new 1 1', 'usr/ 0', 'usr/bin/ 0', 'usr/bin/old 5 0'];
    for (const first of [folder('bin/'), { name: '.wh.bin' }])
      expect(await merged(BASE, [first, file('bin/new')])).toEqual(['bin/ 1', ...replaced]);
  });

  test('never lead out of the image: what a link has too many of ends at its root', async () => {
    const out = [link('a', '../../../../etc'), link('b', '/srv/../../opt'), link('c', '/')];
    expect(await merged(out, [file('a/x'), file('b/y'), file('c/z')])).toEqual([
      'a -> ../../../../etc 0',
      'b -> /srv/../../opt 0',
      'c -> / 0',
      'etc/ 1',
      'etc/x 1 1',
      'opt/ 1',
      'opt/y 1 1',
      'z 1 1',
    ]);
  });

  test('links in a circle, or to a file, lead nowhere: what the layer names is in their place', async () => {
    const nowhere = [link('a', 'b'), link('b', 'a'), link('self', 'self/self'), file('f'), link('to', 'f')];
    expect(await merged(nowhere, [file('a/x'), file('self/y'), file('to/z')])).toEqual([
      'a/ 1',
      'a/x 1 1',
      'b -> a 0',
      'f 1 0',
      'self/ 1',
      'self/y 1 1',
      'to/ 1',
      'to/z 1 1',
    ]);
  });

  test('go over links of several layers, and a later layer sees what came of it', async () => {
    const settled = await trees(
      BASE,
      [link('sbin', 'bin/tools')],
      [file('sbin/one')],
      [file('bin/tools/two')],
    );
    const tree = new MergedTree(settled);
    expect(['one', 'two'].map((name) => tree.find(`usr/bin/tools/${name}`)?.layer)).toEqual([2, 3]);
    expect(tree.follow('sbin/two')?.path).toBe('usr/bin/tools/two');
    const [, , third] = settled;
    expect(movedFiles(third ?? tree.root.tree)).toEqual(new Map([['sbin/one', 'usr/bin/tools/one']]));
  });

  test('changes and wasted bytes are those of the place', async () => {
    const settled = await trees(BASE, [file('bin/old', 9), file('bin/new', 2)]);
    const changes = [...new LayerChanges(settled).below('')];
    expect(changes.map(({ node: { path }, change }) => `${path} ${change ?? '-'}`)).toEqual([
      'usr -',
      'usr/bin -',
      'usr/bin/new added',
      'usr/bin/old changed',
    ]);
    expect(await wasteOf(settled)).toMatchObject({
      wastedBytes: 14,
      files: [{ path: 'usr/bin/old', layers: [0, 1] }],
    });
  });

  test('a tree without such paths stays the one that it is, and one that was made is not made again', async () => {
    const [base, plain, through] = [
      await treeOf(BASE),
      await treeOf([file('etc/a')]),
      await treeOf([file('bin/x')]),
    ];
    const first = await settledTrees([base, plain, through]);
    expect(first.slice(0, 2)).toEqual([base, plain]);
    expect(first[1]).toBe(plain);
    expect(first[2]).not.toBe(through);
    expect((await settledTrees([base, plain, through]))[2]).toBe(first[2]);
    expect((await settledTrees([plain, through]))[1]).toBe(through);
  });
});

/** By name: a folder, or in words what else is there. */
type Folder = Map<string, Folder | string>;

/** An image as it is unpacked, entry by entry, by what each one means. */
class Unpacked {
  readonly #root: Folder = new Map();

  /** @param what of a link `> ` and where it leads */
  put(path: string, what: string): void {
    const slash = path.lastIndexOf('/');
    const folder = this.#folder(path.slice(0, Math.max(0, slash)));
    const name = path.slice(slash + 1);
    const before = folder.get(name);
    if (what !== '/') folder.set(name, what);
    else if (typeof before !== 'object') folder.set(name, new Map());
  }

  list(folder = this.#root, above = ''): string[] {
    return [...folder].flatMap(([name, at]) =>
      typeof at === 'string'
        ? [`${above}${name} ${at}`]
        : [`${above}${name}/`, ...this.list(at, `${above}${name}/`)],
    );
  }

  #folder(path: string): Folder {
    let folder = this.#root;
    const names = path.split('/').filter(Boolean);
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const found = folder.get(name);
      if (typeof found === 'string') {
        folder = this.#root;
        names.unshift(...found.slice(2).split('/').filter(Boolean));
      } else {
        const next: Folder = found ?? new Map();
        folder.set(name, next);
        folder = next;
      }
    }
    return folder;
  }
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'whichever way a layer names a path, directly or through links, its later entry counts (%i)',
  async (seed) => {
    const chance = chanceOf(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[chance(items.length)] as Item;
    const base = [
      folder('usr/'),
      folder('usr/bin/'),
      link('bin', '/usr/bin'),
      link('sbin', '/bin'),
      folder('opt/'),
    ];
    const layers = [base];
    for (let count = 1 + chance(3); count > 0; count--) {
      const more: RawEntry[] = [];
      for (let entries = 1 + chance(12); entries > 0; entries--) {
        const path = `${pick(['bin', 'usr/bin', 'sbin', 'opt'])}/${pick(['x', 'y', 'd/x', 'd/e/y'])}`;
        more.push(file(path, 1 + chance(1_000)));
      }
      if (chance(3) === 0)
        more.splice(chance(more.length), 0, link('usr/local', '/opt'), file('usr/local/x', 1_001));
      layers.push(more);
    }
    const unpacked = new Unpacked();
    for (const { name, type, link: to, content = '' } of layers.flat()) {
      const path = name.replace(/\/$/, '');
      unpacked.put(path, type === '5' ? '/' : type === '2' ? `> ${to}` : `${content.length}`);
    }
    const found = (await merged(...layers)).map((line) => line.replace(/ \d+$/, '').replace(' -> ', ' > '));
    expect(found).toEqual(unpacked.list().toSorted());
  },
);

describe('paths that go through a link of their own layer', () => {
  test('are where it leads, if it came before them', async () => {
    expect(
      await merged([
        file('bin/before'),
        link('bin', 'usr/bin'),
        file('bin/after', 3),
        file('bin/usr', 4),
        link('lib', '/usr/lib/../lib64'),
        file('lib/so', 5),
      ]),
    ).toEqual([
      'bin -> usr/bin 0',
      'lib -> /usr/lib/../lib64 0',
      'usr/ 0',
      'usr/bin/ 0',
      'usr/bin/after 3 0',
      'usr/bin/usr 4 0',
      'usr/lib/ 0',
      'usr/lib64/ 0',
      'usr/lib64/so 5 0',
    ]);
  });

  test('each file is known by the name that the layer has for it', async () => {
    const tree = await treeOf([
      link('bin', 'usr/bin'),
      file('usr/bin/x', 1),
      file('bin/x', 2),
      file('usr/bin/x', 3),
      file('bin/x', 4),
      file('bin/y', 5),
      file('usr/bin/y', 6),
      file('usr/bin/y', 7),
    ]);
    const [x = 0, y = 0] = [tree.find('usr/bin/x'), tree.find('usr/bin/y')];
    expect([tree.columns.size[x], tree.origin(x)]).toEqual([4, { path: 'bin/x', nth: 2 }]);
    expect([tree.columns.size[y], tree.origin(y)]).toEqual([7, { path: 'usr/bin/y', nth: 2 }]);
  });
});
