import { expect, test } from 'vitest';
import { renamed } from '../../src-main/common/rename.ts';
import { namesAt, templateAt } from '../../src-main/common/side-names.ts';

const SAME = '{repository}';
const all = { rename: SAME };
const below = (namespace: string, rename = SAME) => ({ namespace, rename });

test.each([
  [all, all],
  [all, { rename: 'mirror/{repository}' }],
  [all, below('prod')],
  [all, below('prod', '{name}')],
  [below('team'), all],
  [below('team'), { rename: '{namespace}/x-{name}' }],
  [below('team'), below('team')],
  [below('team'), below('prod')],
  [below('team'), below('prod/eu', 'x-{repository}')],
  [below('team'), below('prod', '{name}')],
  [
    { repository: 'team/app', rename: SAME },
    { repository: 'prod/app', rename: SAME },
  ],
])('beside %o the names of %o are those of one template', (first, side) => {
  const template = templateAt(side, first);
  for (const name of ['team/app', 'team/a/b/app'])
    expect(renamed(name, template ?? '')).toBe(namesAt(side, first)(name));
});

test('a namespace of what is below a namespace is no part of a template', () => {
  expect(templateAt(below('prod', '{namespace}-x/{name}'), below('team'))).toBeUndefined();
});
