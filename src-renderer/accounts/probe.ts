import type { TestStep, TestStepName } from '../../src-main/common/account.ts';
import type { Failure } from '../../src-main/common/failure.ts';
import { type RegistrySystem, registrySystem } from '../../src-main/common/registry.ts';
import type { Draft, Security } from './draft.ts';
import { needsSignIn } from './fixes.ts';

type Steps = Partial<Record<TestStepName, TestStep>>;

/** What a host is found to be, without signing in. */
export interface Found {
  security: Security;
  system: RegistrySystem | undefined;
  version: string | undefined;
  /** It lets nobody in without a sign-in. */
  needsSignIn: boolean;
  /** What failed before that was known. */
  failed: TestStep | undefined;
}

export function failedStep(steps: Steps): TestStep | undefined {
  return Object.values(steps).find(({ status }) => status === 'failed');
}

/**
 * The other way to connect where the one that was tried is not what the port speaks. From HTTPS to plain HTTP only where `free`: nobody
 * asked for HTTPS, and nothing secret would be sent.
 */
export function otherSecurity(steps: Steps, draft: Draft, free: boolean): Security | undefined {
  const failed = failedStep(steps);
  if (failed?.finding === 'speaksTls') return 'verified';
  if (!free || draft.security === 'plain') return undefined;
  if (failed?.finding === 'speaksPlain') return 'plain';
  // Without a port, plain HTTP is another port.
  const refused = failed?.failure?.code === 'connectionRefused' && !/:\d+$/.test(draft.address);
  return refused ? 'plain' : undefined;
}

export function foundOf(steps: Steps, security: Security): Found {
  const failed = failedStep(steps);
  // The registry answered by then; signing in is for the fields below.
  const atSignIn = failed?.step === 'signIn' && isSignInAsked(failed);
  const [name, version] = steps.protocol?.detail?.split(' ') ?? [];
  const system = registrySystem.safeParse(name);
  return {
    security,
    system: system.success ? system.data : undefined,
    version,
    needsSignIn: atSignIn,
    failed: atSignIn ? undefined : failed,
  };
}

function isSignInAsked(step: TestStep): boolean {
  const codes: readonly (Failure['code'] | undefined)[] = ['unauthorized', 'denied', 'addressRefused'];
  return needsSignIn(step) || codes.includes(step.failure?.code);
}
