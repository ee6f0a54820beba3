import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  AccountSecrets,
  AccountSettings,
  TestStep,
  TestStepName,
} from '../../src-main/common/account.ts';
import type { Failure } from '../../src-main/common/failure.ts';
import { useApi } from '../api.ts';
import { failureOf } from '../ui/failure.ts';

/** In the order they are made. */
export const STEP_NAMES: readonly TestStepName[] = ['reach', 'tls', 'protocol', 'signIn', 'list', 'delete'];

export interface ConnectionTest {
  state: 'running' | 'passed' | 'failed' | 'stopped';
  steps: Partial<Record<TestStepName, TestStep>>;
  /** The test itself could not be made (bad input, say). */
  failure?: Failure;
}

export interface TestInput {
  id?: string;
  settings: AccountSettings;
  secrets: AccountSecrets;
}

/** Runs connection tests, one at a time; a new one stops the one before, and so does leaving the page. */
export function useConnectionTest() {
  const api = useApi();
  const [test, setTest] = useState<ConnectionTest | undefined>();
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback(
    async (input: TestInput): Promise<ConnectionTest> => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      let current: ConnectionTest = { state: 'running', steps: {} };
      const show = (next: ConnectionTest): ConnectionTest => {
        current = next;
        if (running.current === controller) setTest(next);
        return next;
      };
      show(current);
      try {
        const steps = await api.accounts.test(input, { signal: controller.signal });
        for await (const step of steps) {
          show({ ...current, steps: { ...current.steps, [step.step]: step } });
        }
      } catch (error) {
        const failure = failureOf(error);
        if (controller.signal.aborted || failure.code === 'cancelled')
          return show({ ...current, state: 'stopped' });
        return show({ ...current, state: 'failed', failure });
      }
      if (controller.signal.aborted) return show({ ...current, state: 'stopped' });
      const failed = Object.values(current.steps).some((step) => step.status === 'failed');
      return show({ ...current, state: failed ? 'failed' : 'passed' });
    },
    [api],
  );

  const stop = useCallback(() => running.current?.abort(), []);
  const forget = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setTest(undefined);
  }, []);
  return { test, run, stop, forget };
}

/** The registry does not list its repositories: they must be added by name. */
export function needsNames(test: ConnectionTest | undefined): boolean {
  const finding = test?.steps.list?.finding;
  return finding === 'catalogForbidden' || finding === 'catalogMissing';
}
