import { beforeEach } from 'vitest';
import { missingChromium } from './chromium.ts';
import { isRequired } from './peers.ts';

/** The package that brings a browser along has it for Linux on x64 only: elsewhere tests without one are named as skipped. */
beforeEach(({ skip }) => {
  const missing = missingChromium();
  if (missing === undefined) return;
  if (isRequired('chromium')) throw new Error(`CI=true: this test ${missing}. Install it.`);
  skip(missing);
});
