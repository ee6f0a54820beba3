import { Alert, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { AddRepository } from '../repositories/add-repository.tsx';
import classes from './registry.module.css';

type Warning = RegistryOverview['warnings'][number];

/** Facts about the system to know; the others are faults to repair. */
const NOTES: ReadonlySet<Warning> = new Set([
  'deleteByTagMissing',
  'deleteDisabled',
  'deleteDenied',
  'catalogMissing',
]);
/** The frame shows these over every page of the registry already. */
const SHOWN_BY_FRAME: ReadonlySet<Warning> = new Set(['plainHttp', 'unverified']);

/** Warnings worth acting on, each with what to do. */
export function Warnings({ account, warnings }: { account: Account; warnings: readonly Warning[] }) {
  const shown = warnings.filter((warning) => !SHOWN_BY_FRAME.has(warning));
  if (shown.length === 0) return null;
  return (
    <div className={classes.warnings}>
      {shown.map((warning) => (
        <OneWarning key={warning} account={account} warning={warning} />
      ))}
    </div>
  );
}

function OneWarning({ account, warning }: { account: Account; warning: Warning }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [adding, dialog] = useDisclosure(false);
  const isNote = NOTES.has(warning);
  const params = { accountId: account.id };
  return (
    <Alert
      color={isNote ? 'gray' : 'yellow'}
      icon={isNote ? <IconInfoCircle size={18} /> : <IconAlertTriangle size={18} />}
      title={t(`registry.warnings.${warning}.title`)}
      data-warning={warning}
    >
      <Group justify="space-between" gap="sm">
        <Text fz="sm" maw={760}>
          {t(`registry.warnings.${warning}.help`)}
        </Text>
        {(warning === 'catalogForbidden' || warning === 'catalogMissing') && (
          <>
            <Button size="xs" variant="default" onClick={dialog.open}>
              {t('registry.addByName')}
            </Button>
            <AddRepository
              accountId={account.id}
              opened={adding}
              onClose={dialog.close}
              onAdded={(repository) =>
                void navigate({ to: '/registries/$accountId/tags', params, search: { repository } })
              }
            />
          </>
        )}
        {warning === 'sessionSecret' && <EditAccountButton accountId={account.id} />}
      </Group>
    </Alert>
  );
}
