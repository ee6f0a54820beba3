import { expect, test } from 'vitest';
import type { ComparedPlatform } from '../../src-main/common/comparison.ts';
import { judgeAll } from '../../src-main/common/comparison-verdict.ts';

type Judged = Pick<ComparedPlatform, 'verdict' | 'differs' | 'unknown'>;

const [left, right] = ['a', 'b'];
const alike: Judged = { verdict: 'sameContent', differs: ['manifest'], unknown: [] };
const apart: Judged = { verdict: 'different', differs: ['layers', 'files'], unknown: ['packages'] };
const identical: Judged = { verdict: 'identical', differs: [], unknown: [] };

test('the platform that differs most speaks for all, and what one leaves open is open', () => {
  expect(judgeAll({ left, right }, [alike, apart])).toEqual({
    verdict: 'different',
    same: false,
    differs: ['layers', 'files', 'manifest'],
    unknown: ['packages'],
  });
  expect(judgeAll({ left, right }, [alike, identical])).toMatchObject({ verdict: 'sameContent', same: true });
  const touched: Judged = { verdict: 'timestamps', differs: ['timestamps'], unknown: [] };
  const rebuilt: Judged = { verdict: 'sameFiles', differs: ['layers'], unknown: [] };
  expect(judgeAll({ left, right }, [touched, alike]).verdict).toBe('timestamps');
  expect(judgeAll({ left, right }, [touched, rebuilt])).toMatchObject({ verdict: 'sameFiles', same: false });
});

test('two indexes of the same images differ in their manifests', () => {
  expect(judgeAll({ left, right }, [identical])).toMatchObject({
    verdict: 'sameContent',
    differs: ['manifest'],
  });
  expect(judgeAll({ left, right: left }, [identical])).toMatchObject({ verdict: 'identical', differs: [] });
});
