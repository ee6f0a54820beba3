import { z } from 'zod';
import type { Credentials } from '../../engine/index.ts';
import type { FoundCredentials } from './credential-helper.ts';

const seconds = z.number().positive().max(1e11);
/** A JSON web token's `exp` (Azure's and GitLab's identity tokens), and what the passwords of Amazon ECR hold. */
const stated = z.union([
  z.object({ exp: seconds }).transform(({ exp }) => exp),
  z.object({ expiration: seconds }).transform(({ expiration }) => expiration),
]);

/** Credentials with the end that they state themselves, where they do: no helper says for how long its answer is good. */
export function withStatedEnd(credentials: FoundCredentials): Credentials {
  const secret = credentials.kind === 'password' ? credentials.password : credentials.token;
  const parts = secret.split('.');
  try {
    const text = Buffer.from(parts.length === 3 ? (parts[1] ?? '') : secret, 'base64').toString('utf8');
    return { ...credentials, expires: stated.parse(JSON.parse(text)) * 1000 };
  } catch {
    // Most secrets hold nothing that can be read.
    return credentials;
  }
}
