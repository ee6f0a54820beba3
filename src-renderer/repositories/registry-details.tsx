import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { LocksCard } from '../accounts/locks-card.tsx';
import { LocalRegistryDiskUse } from '../collection/disk-use.tsx';
import { HowFreed } from '../collection/how-freed.tsx';
import { LocalRegistryCard } from '../local-registry/local-registry-card.tsx';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { FactsSkeleton } from '../ui/facts-skeleton.tsx';
import { Abilities } from './abilities.tsx';
import { ConnectionCard } from './connection-card.tsx';
import classes from './registry.module.css';
import type { RegistryState } from './use-registry.ts';

/** Widths of what is said of the connection. */
const CONNECTION = ['42%', '58%', '16%', '28%'] as const;

export interface RegistryDetailsProps {
  account: Account;
  registry: RegistryState;
  opened: boolean;
  onClose: () => void;
}

/** All that is known of a registry itself: how it is reached, what it lets one do, and of the embedded one its folder and who may reach it. */
export function RegistryDetails({ account, registry, opened, onClose }: RegistryDetailsProps) {
  const { t } = useTranslation();
  const { overview, local } = registry;
  return (
    <Dialog
      wide
      title={t('registry.detailsOf', { name: account.name })}
      place={account.host}
      opened={opened}
      onClose={onClose}
    >
      <div className={classes.parts}>
        {overview.isPending && (
          <section role="status" aria-label={t('common.loading')}>
            <FactsSkeleton widths={CONNECTION} />
          </section>
        )}
        {overview.isError && (
          <ErrorPanel
            error={overview.error}
            onRetry={() => void overview.refetch()}
            actions={<EditAccountButton accountId={account.id} />}
          />
        )}
        {overview.data && (
          <>
            <ConnectionCard account={account} overview={overview.data} />
            <Abilities
              account={account}
              abilities={overview.data.abilities}
              sources={overview.data.sources}
            />
          </>
        )}
        <LocksCard account={account} />
        {overview.data && (
          <Card wide title={t('freeing.title')} testId="how-freed">
            <HowFreed facts={overview.data.garbageCollection} />
          </Card>
        )}
        {local && <LocalRegistryDiskUse accountId={account.id} />}
        {local?.url && (
          <LocalRegistryCard
            url={local.url}
            folder={local.folder}
            options={local.options}
            copiesPassword={local.copiesPassword}
          />
        )}
      </div>
    </Dialog>
  );
}
