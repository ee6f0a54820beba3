import { expect, test, vi } from 'vitest';
import type { Command } from '../../../src-renderer/commands/command.ts';
import { CommandList } from '../../../src-renderer/commands/command-list.ts';

const command = (id: string, given: Partial<Command> = {}): Command => ({
  id,
  group: 'app',
  label: id,
  run: () => {},
  ...given,
});
const press = (key: string) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
});

test('of two with one id that of the source that came last counts, until it goes', () => {
  const list = new CommandList();
  const [app, page] = [{}, {}];
  list.put(app, [command('delete', { label: 'app' }), command('settings')]);
  list.put(page, [command('delete', { label: 'page' })]);
  expect(list.all().map(({ label }) => label)).toEqual(['page', 'settings']);
  list.put(app, [command('delete', { label: 'app again' }), command('settings')]);
  expect(list.all()[0]?.label).toBe('page');
  list.drop(page);
  expect(list.all().map(({ label }) => label)).toEqual(['app again', 'settings']);
});

test('listeners hear of what looks different, and what runs is always the newest', () => {
  const list = new CommandList();
  const source = {};
  const [before, after] = [vi.fn(), vi.fn()];
  list.put(source, [command('refresh', { run: before })]);
  const all = list.all();
  const listener = vi.fn();
  const stop = list.subscribe(listener);
  list.put(source, [command('refresh', { run: after })]);
  expect(listener).not.toHaveBeenCalled();
  expect(list.all()).toBe(all);
  list.run('refresh');
  expect([before, after].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);

  list.put(source, [command('refresh', { reason: 'It is being read.', run: after })]);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(list.all()[0]?.reason).toBe('It is being read.');
  stop();
  list.drop(source);
  expect(listener).toHaveBeenCalledTimes(1);
});

test('one that cannot be done is not run', () => {
  const list = new CommandList();
  const run = vi.fn();
  list.put({}, [command('delete', { reason: 'Select tags first.', run })]);
  list.run('delete');
  list.run('no such');
  expect(run).not.toHaveBeenCalled();
});

test('keys ask for the command that came last, and for no other where that one cannot be done', () => {
  const list = new CommandList();
  list.put({}, [command('delete registry', { keys: ['Delete'] })]);
  expect(list.forKeys(press('Delete'), false)?.id).toBe('delete registry');
  list.put({}, [command('delete tags', { keys: ['x', 'Delete'], reason: 'Select tags first.' })]);
  expect(list.forKeys(press('Delete'), false)?.id).toBe('delete tags');
  expect(list.forKeys(press('F2'), false)).toBeUndefined();
});
