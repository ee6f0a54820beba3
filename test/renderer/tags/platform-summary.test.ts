import { expect, test } from 'vitest';
import { platformSummary } from '../../../src-renderer/tags/platform-summary.ts';

const linux = (architecture: string, variant?: string) => ({
  os: 'linux',
  architecture,
  ...(variant !== undefined && { variant }),
});

test('names the operating system once where all share it', () => {
  expect(platformSummary([])).toBe('');
  expect(platformSummary([linux('amd64')])).toBe('linux/amd64');
  expect(platformSummary([linux('amd64'), linux('arm64'), linux('arm', 'v7')])).toBe(
    'linux/amd64, arm64, arm/v7',
  );
});

test('leaves out the variant that every arm64 has', () => {
  expect(platformSummary([linux('arm64', 'v8'), linux('arm64', 'v9')])).toBe('linux/arm64, arm64/v9');
});

test('names it each time where they differ', () => {
  expect(
    platformSummary([linux('amd64'), { os: 'windows', architecture: 'amd64', osVersion: '10.0.1' }]),
  ).toBe('linux/amd64, windows/amd64 (10.0.1)');
});
