import { expect, test } from 'vitest';
import { chosenAfter, shownChoice } from '../../../src-renderer/repositories/chosen.ts';
import { groupId } from '../../../src-renderer/repositories/tree.ts';
import { sizedRows } from './rows.ts';

const rows = sizedRows({ 'team/one': {}, 'team/web/two': {}, 'teams/three': {}, lone: {} });
const team = groupId('team');

/** The names after a click on the checkbox of an id. */
function clicked(before: readonly string[], id: string): string[] {
  const choice = shownChoice(new Set(before), rows);
  const next = new Set(choice.whole);
  if (!next.delete(id)) next.add(id);
  return [...chosenAfter(choice, next, rows)].toSorted();
}

test('a namespace stands for all that is in it, and for nothing beside it', () => {
  expect(clicked(['lone'], team)).toEqual(['lone', 'team/one', 'team/web/two']);
  expect(clicked(['lone', 'team/one', 'team/web/two'], team)).toEqual(['lone']);
});

test('a namespace is chosen with the last of its repositories, and no more without one', () => {
  const part = shownChoice(new Set(['team/one']), rows);
  expect([...part.partly]).toEqual([team]);
  expect(part.whole.has(team)).toBe(false);
  expect(clicked(['team/one'], 'team/web/two')).toEqual(['team/one', 'team/web/two']);
  expect(shownChoice(new Set(['team/one', 'team/web/two']), rows).whole.has(team)).toBe(true);
  expect(clicked(['team/one', 'team/web/two'], 'team/one')).toEqual(['team/web/two']);
});

test('the rest of a namespace is chosen where some of it was', () => {
  expect(clicked(['team/one'], team)).toEqual(['team/one', 'team/web/two']);
});

test('what is chosen and not shown stays chosen; none is chosen when none is left', () => {
  const shown = rows.filter(({ name }) => name.startsWith('team'));
  const choice = shownChoice(new Set(['lone']), shown);
  expect([...chosenAfter(choice, new Set([...choice.whole, 'team/one']), shown)]).toEqual([
    'lone',
    'team/one',
  ]);
  expect(chosenAfter(choice, new Set(), shown).size).toBe(0);
});
