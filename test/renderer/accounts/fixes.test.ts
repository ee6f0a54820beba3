import { expect, test } from 'vitest';
import type { TestStep } from '../../../src-main/common/account.ts';
import { fixOf, needsSignIn } from '../../../src-renderer/accounts/fixes.ts';

const failed = (finding: NonNullable<TestStep['finding']>): TestStep => ({
  step: 'signIn',
  status: 'failed',
  finding,
});

test('whatever says that nobody is signed in leads to the field for it', () => {
  for (const finding of ['signInNeeded', 'anonymousOff', 'anonymousPullOff'] as const) {
    expect(needsSignIn(failed(finding))).toBe(true);
    expect(fixOf(failed(finding))).toEqual({ field: 'username' });
  }
  for (const finding of ['tokensRefused', 'robotRefused'] as const)
    expect(needsSignIn(failed(finding))).toBe(false);
});
