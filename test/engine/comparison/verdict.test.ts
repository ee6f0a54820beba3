import { expect, test } from 'vitest';
import { type Evidence, judge } from '../../../src-main/engine/comparison/verdict.ts';

const [left, right] = ['left', 'right'].map((digest) => ({ digest, layers: [] })) as [
  { digest: string; layers: [] },
  { digest: string; layers: [] },
];
const none = { added: 0, removed: 0, changed: 0, timesOnly: 0, uncertain: 0, failed: [] };
const layers: Evidence['layers'] = [{ state: 'onlyLeft' }, { state: 'onlyRight' }];
const found = (evidence: Partial<Evidence>) =>
  judge(left, right, { layers: [], config: [], history: [], ...evidence });

test('what may be a difference is unknown, and no difference by itself', () => {
  expect(found({ layers, files: { ...none, added: 2, uncertain: 2 } })).toMatchObject({
    verdict: 'different',
    differs: ['layers'],
    unknown: ['files', 'packages'],
  });
  expect(found({ layers, files: { ...none, added: 3, uncertain: 2 } })).toMatchObject({
    verdict: 'different',
    differs: ['layers', 'files'],
  });
});

test('from the same content to what differs', () => {
  expect(found({})).toMatchObject({ verdict: 'sameContent', same: true, differs: ['manifest'] });
  expect(found({ layers, files: none })).toMatchObject({ verdict: 'sameFiles', same: false });
  expect(found({ layers, files: { ...none, changed: 1, timesOnly: 1 } })).toMatchObject({
    verdict: 'timestamps',
    differs: ['layers', 'timestamps'],
  });
  const step = { state: 'onlyLeft', left: {} } as const;
  expect(found({ layers, history: [step], files: { ...none, changed: 1, timesOnly: 1 } })).toMatchObject({
    verdict: 'sameFiles',
    differs: ['layers', 'history', 'timestamps'],
  });
  expect(found({ layers, files: { ...none, failed: [1] } }).verdict).toBe('different');
  expect(judge(left, left, { layers, config: [], history: [] }).verdict).toBe('identical');
});
