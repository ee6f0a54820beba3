import { Alert, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/common/failure.ts';
import { ApproveHost } from './approve-host.tsx';
import { CopyButton } from './copy-button.tsx';
import classes from './error-panel.module.css';
import { failureOf } from './failure.ts';
import { failureWords } from './failure-words.ts';

export interface ErrorPanelProps {
  /** Anything thrown, or a failure. */
  error: unknown;
  onRetry?: () => void;
  /** Buttons beside "Try again". */
  actions?: ReactNode;
}

/** What happened, why, and what to do next, with the registry's own words to open and to copy. Nothing for a cancelled call. */
export function ErrorPanel({ error, onRetry, actions }: ErrorPanelProps) {
  const { t } = useTranslation();
  const failure = failureOf(error);
  const panel = useRef<HTMLDivElement>(null);
  // What went wrong is not left below the end of a long form.
  useEffect(() => {
    if (error) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (failure.code === 'cancelled') return null;
  const { title, help } = failureWords(t, failure);
  return (
    <Alert
      ref={panel}
      color="red"
      icon={<IconAlertTriangle size={18} />}
      title={title}
      role="alert"
      data-failure={failure.code}
    >
      <Stack gap="xs" align="flex-start">
        {failure.object !== undefined && (
          <Text fz="sm" ff="monospace">
            {failure.object}
          </Text>
        )}
        <Text fz="sm">{help}</Text>
        <FailureDetails failure={failure} onApproved={onRetry} />
        {(onRetry || actions) && (
          <Group gap="xs">
            {onRetry && (
              <Button size="xs" variant="default" onClick={onRetry}>
                {t('common.retry')}
              </Button>
            )}
            {actions}
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

/** The failure as text for a report: code, request, status and the other side's words. */
function failureText(failure: Failure): string {
  return [
    failure.code,
    failure.side,
    failure.request && (failure.status ? `${failure.request} → ${failure.status}` : failure.request),
    failure.reason ?? failure.message,
  ]
    .filter(Boolean)
    .join('\n');
}

interface FailureDetailsProps {
  failure: Failure;
  /** Called when the host that it asks for was approved. */
  onApproved?: (() => void) | undefined;
  /** In a line with other buttons; what it opens takes the whole of the next one. */
  inline?: boolean;
}

/** "Details" that opens the request, the status and the other side's own words, to copy; and the approval that it asks for. */
export function FailureDetails({ failure, onApproved, inline = false }: FailureDetailsProps) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const text = failureText(failure);
  return (
    <div className={classes.details} data-inline={inline || undefined}>
      <Button
        className={classes.toggle ?? ''}
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={toggle}
        aria-expanded={opened}
        leftSection={opened ? <IconChevronDown size={12} /> : <IconChevronRight size={12} />}
      >
        {t('common.details')}
      </Button>
      <Collapse expanded={opened} className={classes.opened ?? ''}>
        <div className={classes.box}>
          <pre className={classes.text}>{text}</pre>
          <CopyButton value={text} label={t('common.copyDetails')} />
        </div>
      </Collapse>
      {failure.approvable !== undefined && <ApproveHost host={failure.approvable} onApproved={onApproved} />}
    </div>
  );
}
