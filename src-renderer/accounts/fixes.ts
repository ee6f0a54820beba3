import type { TestStep } from '../../src-main/common/account.ts';

/** Fields that put a failed connection right, by their names in the form. */
export type FixableField = 'username' | 'authorities' | 'clientCertificate' | 'proxyUrl';

type Fix = { field: FixableField } | { security: 'verified' | 'plain' };

/** What puts right what a step failed of; undefined where that lies outside the form. */
export function fixOf({ finding, failure }: TestStep): Fix | undefined {
  if (finding === 'speaksTls') return { security: 'verified' };
  if (finding === 'speaksPlain') return { security: 'plain' };
  if (finding === 'signInNeeded') return { field: 'username' };
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
