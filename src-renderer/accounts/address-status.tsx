import { Button, Text } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheckFilled, IconLoader2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TestStep } from '../../src-main/common/account.ts';
import { ErrorPanel, FailureDetails } from '../ui/error-panel.tsx';
import { ProductMark } from '../ui/product-mark.tsx';
import classes from './accounts.module.css';
import type { Security } from './draft.ts';
import { type FixableField, fixOf } from './fixes.ts';
import { useStepWords } from './step-words.ts';
import type { Probe } from './use-probe.ts';

interface AddressStatusProps {
  probe: Probe | undefined;
  /** What stands there before anything is known. */
  help: string;
  /** Opens the field that puts a failure right. */
  onFix: (field: FixableField) => void;
  onSecurity: (security: Security) => void;
}

/** The line under an address: what it is for, then how looking at it goes, then what was found there. */
export function AddressStatus({ probe, help, onFix, onSecurity }: AddressStatusProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.status} role="status" data-probe={probe?.state ?? 'none'}>
      {probe === undefined && <span className={classes.quiet}>{help}</span>}
      {probe?.state === 'running' && (
        <span className={classes.statusLine}>
          <span className={classes.stepIcon} data-status="running">
            <IconLoader2 size={15} aria-hidden />
          </span>
          {t(`accounts.probe.${probe.step}`, { host: probe.host })}
        </span>
      )}
      {probe?.state === 'failed' && <ErrorPanel error={probe.failure} />}
      {probe?.state === 'found' &&
        (probe.found.failed ? (
          <Failed step={probe.found.failed} onFix={onFix} onSecurity={onSecurity} />
        ) : (
          <Found probe={probe} />
        ))}
    </div>
  );
}

function Found({ probe: { found } }: { probe: Extract<Probe, { state: 'found' }> }) {
  const { t } = useTranslation();
  const { system, version, security, needsSignIn } = found;
  return (
    <span className={classes.statusLine}>
      <span className={classes.stepIcon} data-status="passed">
        <IconCircleCheckFilled size={15} aria-hidden />
      </span>
      {system && <ProductMark system={system} size={16} />}
      <span>
        {[
          system ? [t(`ui.systems.${system}`), version].filter(Boolean).join(' ') : t('accounts.probe.found'),
          t(`accounts.securityKinds.${security}`),
          t(needsSignIn ? 'accounts.probe.needsSignIn' : 'accounts.probe.letsIn'),
        ].join(' · ')}
      </span>
    </span>
  );
}

interface FailedProps extends Pick<AddressStatusProps, 'onFix' | 'onSecurity'> {
  step: TestStep;
}

function Failed({ step, onFix, onSecurity }: FailedProps) {
  const words = useStepWords()(step);
  return (
    <div className={classes.statusFailed} data-failure={step.failure?.code}>
      <span className={classes.stepIcon} data-status="failed">
        <IconAlertTriangleFilled size={15} aria-hidden />
      </span>
      <div>
        <Text fz="sm" fw={600}>
          {words?.title}
        </Text>
        <Text fz="sm">{words?.help}</Text>
        <StepFix step={step} onFix={onFix} onSecurity={onSecurity} />
        {step.failure && <FailureDetails failure={step.failure} />}
      </div>
    </div>
  );
}

/** The button that puts right what a step failed of, where there is one. */
export function StepFix({ step, onFix, onSecurity }: FailedProps) {
  const { t } = useTranslation();
  const fix = fixOf(step);
  if (fix === undefined) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      mt={6}
      mb={2}
      onClick={() => ('security' in fix ? onSecurity(fix.security) : onFix(fix.field))}
    >
      {t('security' in fix ? `accounts.fixes.${fix.security}` : `accounts.fixes.${fix.field}`)}
    </Button>
  );
}
