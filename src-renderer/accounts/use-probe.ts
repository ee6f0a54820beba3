import { useCallback, useEffect, useRef, useState } from 'react';
import type { TestStep, TestStepName } from '../../src-main/common/account.ts';
import type { Failure } from '../../src-main/common/failure.ts';
import { type Api, useApi } from '../api.ts';
import { failureOf } from '../ui/failure.ts';
import { type Draft, secretsOf, settingsOf } from './draft.ts';
import { type Found, foundOf, otherSecurity } from './probe.ts';

/** Looking at a host while the form is filled in. */
export type Probe =
  | { state: 'running'; host: string; step: TestStepName }
  | { state: 'found'; host: string; found: Found }
  /** The look itself could not be made (bad input, say). */
  | { state: 'failed'; host: string; failure: Failure };

/** Asks a host, without signing in, how it is reached and what it is. A new look ends the one before, and so does leaving the page. */
export function useProbe() {
  const api = useApi();
  const [probe, setProbe] = useState<Probe | undefined>();
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const forget = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setProbe(undefined);
  }, []);

  /** @param free whether plain HTTP may take the place of HTTPS. Answers nothing where the look was given up. */
  const look = useCallback(
    async (draft: Draft, free: boolean): Promise<Found | undefined> => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      const host = draft.address;
      const report = (step: TestStepName) => {
        if (!signal.aborted) setProbe({ state: 'running', host, step });
      };
      try {
        report('reach');
        let steps = await anonymousSteps(api, draft, signal, report);
        let security = draft.security;
        const other = otherSecurity(steps, draft, free);
        if (other !== undefined) {
          const again = await anonymousSteps(api, { ...draft, security: other }, signal, report);
          // Where nothing listens there either, what was asked first says more.
          if (again.reach?.status !== 'failed') {
            steps = again;
            security = other;
          }
        }
        if (signal.aborted) return undefined;
        const found = foundOf(steps, security);
        setProbe({ state: 'found', host, found });
        return found;
      } catch (error) {
        if (!signal.aborted) setProbe({ state: 'failed', host, failure: failureOf(error) });
        return undefined;
      }
    },
    [api],
  );

  return { probe, look, forget };
}

/** The steps of a connection test up to the sign-in, which is not made. */
async function anonymousSteps(
  api: Api,
  draft: Draft,
  signal: AbortSignal,
  report: (step: TestStepName) => void,
): Promise<Partial<Record<TestStepName, TestStep>>> {
  const nobody: Draft = { ...draft, signIn: 'anonymous' };
  const input = { settings: settingsOf(nobody), secrets: secretsOf(undefined, nobody) };
  const steps: Partial<Record<TestStepName, TestStep>> = {};
  for await (const step of await api.accounts.test(input, { signal })) {
    steps[step.step] = step;
    if (step.status === 'running') report(step.step);
    else if (step.status === 'failed' || step.step === 'signIn') break;
  }
  return steps;
}
