import { Button, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditVerification } from '../../src-main/common/audit.ts';
import { orpc } from '../api.ts';
import { Banner } from '../ui/banner.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatCount, formatExact } from '../ui/format.ts';
import { toastFailure } from '../ui/toast.tsx';
import classes from './activity.module.css';

/** Computes the record's chain of hashes anew and says what that proves. */
export function VerifyButton() {
  const { t } = useTranslation();
  const verify = useMutation(orpc.audit.verify.mutationOptions({ onError: toastFailure }));
  return (
    <>
      <Button
        data-hint={t('activity.verify.help')}
        data-action="verify"
        variant="default"
        leftSection={<IconShieldCheck size={14} />}
        loading={verify.isPending}
        onClick={() => verify.mutate(undefined)}
      >
        {t('activity.verify.button')}
      </Button>
      <Dialog
        opened={verify.data !== undefined}
        onClose={() => verify.reset()}
        title={t('activity.verify.title')}
        wide="widest"
      >
        {verify.data && <Verified found={verify.data} />}
      </Dialog>
    </>
  );
}

function Verified({ found }: { found: AuditVerification }) {
  const { t, i18n } = useTranslation();
  const { entries, earlier, head, noted, problems, problemCount } = found;
  const format = (count: number) => formatCount(count, i18n.language);
  const headText = head && `${head.sequence}:${head.hash}`;
  return (
    <Stack gap="sm" data-testid="verified" data-problems={problemCount}>
      {problemCount === 0 ? (
        <Text>{t('activity.verify.whole', { count: entries, formatted: format(entries) })}</Text>
      ) : (
        <Banner tone="warning" role="alert">
          {t('activity.verify.broken', { count: problemCount, formatted: format(problemCount) })}
        </Banner>
      )}
      {problems.length > 0 && (
        <div className={classes.names}>
          {problems.map(({ kind, sequence }) => (
            <div key={`${kind} ${sequence}`}>
              {t(`activity.verify.problems.${kind}`, { sequence: format(sequence) })}
            </div>
          ))}
        </div>
      )}
      <Facts>
        {problemCount > 0 && <Fact name={t('activity.verify.entries')}>{format(entries)}</Fact>}
        {earlier > 0 && <Fact name={t('activity.verify.earlier')}>{format(earlier)}</Fact>}
        <Fact name={t('activity.verify.noted')}>
          {noted
            ? t('activity.verify.notedAt', {
                sequence: format(noted.sequence),
                when: formatExact(new Date(noted.at), i18n.language),
              })
            : t('activity.verify.notNoted')}
        </Fact>
        {headText && (
          <Fact name={t('activity.verify.head')} mono>
            <span className={classes.head}>
              <span>{headText}</span>
              <CopyButton value={headText} label={t('activity.verify.copyHead')} />
            </span>
          </Fact>
        )}
      </Facts>
      <Text fz="sm" c="dimmed">
        {t('activity.verify.proves')}
      </Text>
    </Stack>
  );
}
