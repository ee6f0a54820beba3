import { Text } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconCircleXFilled,
  IconLoader2,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { TestStep, TestStepName } from '../../src-main/common/account.ts';
import { type RegistrySystem, registrySystem } from '../../src-main/common/registry.ts';
import { ErrorPanel, FailureDetails } from '../ui/error-panel.tsx';
import classes from './accounts.module.css';
import { StepFix } from './address-status.tsx';
import type { Security } from './draft.ts';
import type { FixableField } from './fixes.ts';
import { useStepWords } from './step-words.ts';
import { type ConnectionTest, STEP_NAMES } from './use-connection-test.ts';

interface ConnectionTestPanelProps {
  test: ConnectionTest;
  /** Stands in the step of listing, where repositories must be added by name. */
  addByName: ReactNode;
  onFix: (field: FixableField) => void;
  onSecurity: (security: Security) => void;
}

/** The steps of a connection test as they happen, and words for each that did not go well. */
export function ConnectionTestPanel({ test, ...line }: ConnectionTestPanelProps) {
  const { t } = useTranslation();
  const remarks = Object.values(test.steps).some((step) => step.status === 'warning');
  const verdict = {
    running: t('accounts.testRunning'),
    passed: t(remarks ? 'accounts.testPassedWithNotes' : 'accounts.testPassed'),
    failed: t('accounts.testFailed'),
    stopped: t('accounts.testStopped'),
  }[test.state];
  const system = systemOf(test.steps.protocol);
  const panel = useRef<HTMLElement>(null);
  // The verdict is at the end of a form that may be longer than the window.
  useEffect(() => {
    if (test.state !== 'stopped') panel.current?.scrollIntoView({ block: 'nearest' });
  }, [test.state]);
  return (
    <section
      ref={panel}
      className={classes.test}
      aria-label={t('accounts.testTitle')}
      data-test-state={test.state}
    >
      {test.failure ? (
        <ErrorPanel error={test.failure} />
      ) : (
        <ol className={classes.steps}>
          {STEP_NAMES.map((name) => (
            <StepLine key={name} name={name} step={test.steps[name]} system={system} {...line} />
          ))}
        </ol>
      )}
      <div className={classes.testFoot} role="status">
        {verdict}
      </div>
    </section>
  );
}

const ICONS = {
  running: IconLoader2,
  passed: IconCircleCheckFilled,
  warning: IconAlertTriangleFilled,
  failed: IconCircleXFilled,
  skipped: IconCircleMinus,
  waiting: IconCircle,
} as const;

interface StepLineProps extends Omit<ConnectionTestPanelProps, 'test'> {
  name: TestStepName;
  step: TestStep | undefined;
  system: RegistrySystem | undefined;
}

function StepLine({ name, step, system, addByName, onFix, onSecurity }: StepLineProps) {
  const { t } = useTranslation();
  const wordsOf = useStepWords();
  const status = step?.status ?? 'waiting';
  const finding = step?.finding;
  // Nothing was checked where nothing was needed: no green tick for that.
  const shown = finding === 'notNeeded' && status === 'passed' ? 'skipped' : status;
  const Icon = ICONS[shown];
  const detail = useDetail(step);
  const words = step && finding !== 'notNeeded' ? wordsOf(step, system) : undefined;
  const names = finding === 'catalogForbidden' || finding === 'catalogMissing';
  return (
    <li className={classes.step} data-step={name} data-status={status}>
      <span
        className={classes.stepIcon}
        data-status={shown}
        role="img"
        aria-label={t(`accounts.stepStatus.${shown}`)}
      >
        <Icon size={16} />
      </span>
      <span className={classes.stepName} data-status={status}>
        {t(`accounts.steps.${name}`)}
        {detail && <span className={classes.stepDetail}>{detail}</span>}
        {finding === 'notNeeded' && (
          <span className={classes.stepDetail}>{t('accounts.findings.notNeeded.title')}</span>
        )}
      </span>
      <span className={classes.stepTime}>
        {step?.milliseconds !== undefined &&
          shown !== 'running' &&
          shown !== 'skipped' &&
          t('accounts.milliseconds', { value: Math.round(step.milliseconds) })}
      </span>
      {step && words && (
        <div className={classes.stepText} data-failure={step.failure?.code} data-finding={finding}>
          <Text fz="sm" fw={600}>
            {words.title}
          </Text>
          <Text fz="sm">{words.help}</Text>
          {status === 'failed' && <StepFix step={step} onFix={onFix} onSecurity={onSecurity} />}
          {step.failure && <FailureDetails failure={step.failure} />}
          {names && addByName}
        </div>
      )}
    </li>
  );
}

/** A step's detail in words where it is one of the known ones; as it came where it is not. */
function useDetail(step: TestStep | undefined): string | undefined {
  const { t } = useTranslation();
  const detail = step?.detail;
  if (step === undefined || detail === undefined || detail === '') return;
  if (step.step === 'signIn') {
    const scheme = z.enum(['anonymous', 'basic', 'token']).safeParse(detail);
    return scheme.success ? t(`accounts.schemes.${scheme.data}`) : detail;
  }
  if (step.step === 'list' && /^\d+$/.test(detail)) {
    return t('accounts.listed', { count: Number(detail) });
  }
  const system = systemOf(step);
  if (system) return [t(`ui.systems.${system}`), ...detail.split(' ').slice(1)].join(' ');
  return detail;
}

/** The product that the step of the protocol found. */
function systemOf(step: TestStep | undefined): RegistrySystem | undefined {
  if (step?.step !== 'protocol') return undefined;
  const system = registrySystem.safeParse(step.detail?.split(' ')[0]);
  return system.success ? system.data : undefined;
}
