import { IconShieldQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PackageSummary } from '../../src-main/common/packages.ts';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './packages.module.css';

const FORMATS = { cyclonedx: 'CycloneDX', spdx: 'SPDX' };

/** How many packages there are, and where that is known from. An SBOM that is attached is present, and not verified. */
export function SourceNote({ summary }: { summary: PackageSummary }) {
  const { t, i18n } = useTranslation();
  const { source, packages, system, sboms } = summary;
  const formatted = formatCount(packages, i18n.language);
  const used = sboms.find((sbom) => sbom.used);
  const name = system && (system.name ?? `${system.id} ${system.version ?? ''}`.trim());
  return (
    <p className={classes.note} data-testid="packages-source">
      <b>{t('packages.count', { count: packages, formatted })}</b>
      {name !== undefined && <span>{name}</span>}
      {source === 'files' && <span>{t('packages.fromFiles')}</span>}
      {source === 'sbom' && used && (
        <>
          <span>
            {t('packages.fromSbom', {
              format: [used.format ? FORMATS[used.format] : 'SBOM', used.version].filter(Boolean).join(' '),
            })}
            {used.tool !== undefined && ` · ${used.tool}`}
            {used.created !== undefined && (
              <>
                {' · '}
                <RelativeTime value={used.created} />
              </>
            )}
          </span>
          <span className={classes.inline}>
            <IconShieldQuestion size={15} aria-hidden />
            {t('referrers.notVerified')}
          </span>
        </>
      )}
    </p>
  );
}
