import { expect, test } from 'vitest';
import { isReachable } from '../../../src-main/hosts/electron/bounds.ts';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const SECOND = { x: 1440, y: 0, width: 1920, height: 1080 };
const SIZE = { width: 1000, height: 700 };

test('a window is reachable while its title bar can be grabbed on a display', () => {
  expect(isReachable({ x: 100, y: 100, ...SIZE }, [LAPTOP])).toBe(true);
  expect(isReachable({ x: -900, y: 100, ...SIZE }, [LAPTOP])).toBe(true);
  expect(isReachable({ x: 1500, y: 100, ...SIZE }, [LAPTOP, SECOND])).toBe(true);
});

test('a window left on a display that is gone, or outside, is not', () => {
  expect(isReachable({ x: 1500, y: 100, ...SIZE }, [LAPTOP])).toBe(false);
  expect(isReachable({ x: -980, y: 100, ...SIZE }, [LAPTOP])).toBe(false);
  expect(isReachable({ x: 100, y: -50, ...SIZE }, [LAPTOP])).toBe(false);
  expect(isReachable({ x: 100, y: 880, ...SIZE }, [LAPTOP])).toBe(false);
  expect(isReachable({ x: 100, y: 100, ...SIZE }, [])).toBe(false);
});
