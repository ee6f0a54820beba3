import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { Banner } from '../ui/banner.tsx';

type Warning = RegistryOverview['warnings'][number];

/** Those that something can be done about from here. The frame has the insecure ones, the line of facts what can be deleted. */
const SHOWN = ['catalogForbidden', 'catalogMissing', 'sessionSecret'] as const satisfies readonly Warning[];

export interface BannersProps {
  accountId: string;
  warnings: readonly Warning[];
  /** Opens the dialog that adds a repository by name. */
  onAdd: () => void;
}

/** Warnings worth acting on, each with what to do. */
export function Banners({ accountId, warnings, onAdd }: BannersProps) {
  const { t } = useTranslation();
  return SHOWN.filter((warning) => warnings.includes(warning)).map((warning) => (
    <Banner
      key={warning}
      tone={warning === 'sessionSecret' ? 'warning' : 'info'}
      actions={
        warning === 'sessionSecret' ? (
          <EditAccountButton accountId={accountId} />
        ) : (
          <Button size="compact-xs" variant="default" onClick={onAdd}>
            {t('repositories.add')}
          </Button>
        )
      }
    >
      <strong>{t('ui.sentence', { text: t(`registry.warnings.${warning}.title`) })}</strong>
      {t(`registry.warnings.${warning}.help`)}
    </Banner>
  ));
}
