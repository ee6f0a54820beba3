import type { TestStep } from '../../src-main/common/account.ts';

/** Fields that put a failed connection right, by their names in the form. */
export type FixableField = 'username' | 'authorities' | 'clientCertificate' | 'proxyUrl';

type Fix = { field: FixableField } | { security: 'verified' | 'plain' };

/** Findings that a sign-in puts right, where none was given. */
const SIGN_IN_FINDINGS: readonly TestStep['finding'][] = ['signInNeeded', 'anonymousOff', 'anonymousPullOff'];

/** Whether a step failed because nobody is signed in. */
export function needsSignIn({ finding }: TestStep): boolean {
  return SIGN_IN_FINDINGS.includes(finding);
}

/** What puts right what a step failed of; undefined where that lies outside the form. */
export function fixOf(step: TestStep): Fix | undefined {
  const { finding, failure } = step;
  if (finding === 'speaksTls') return { security: 'verified' };
  if (finding === 'speaksPlain') return { security: 'plain' };
  if (needsSignIn(step)) return { field: 'username' };
  switch (failure?.code) {
    case 'tlsUntrusted':
      return { field: 'authorities' };
    case 'tlsClientCertificate':
      return { field: 'clientCertificate' };
    case 'proxyFailed':
      return { field: 'proxyUrl' };
    default:
      return undefined;
  }
}
