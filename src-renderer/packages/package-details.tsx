import { useTranslation } from 'react-i18next';
import type { ImagePackage } from '../../src-main/common/packages.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DetailsPanel } from '../ui/details-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { LayerLink } from './layer-link.tsx';
import classes from './packages.module.css';

export interface PackageDetailsProps {
  item: ImagePackage;
  onLayer: (id: string) => void;
  onClose: () => void;
}

/** Files that are shown; a package may name thousands. */
const PATHS_SHOWN = 20;

/** Everything of one package. */
export function PackageDetails({ item, onLayer, onClose }: PackageDetailsProps) {
  const { t } = useTranslation();
  const { name, version, type, licence, purl, layer, paths } = item;
  const title = `${name} ${version}`.trim();
  const more = paths.length - PATHS_SHOWN;
  return (
    <DetailsPanel label={t('packages.detailsOf', { name: title })} title={title} onClose={onClose}>
      <Facts>
        <Fact name={t('packages.type')}>{type}</Fact>
        {licence !== undefined && <Fact name={t('packages.licence')}>{licence}</Fact>}
        {purl !== undefined && (
          <Fact name={t('packages.purl')} mono>
            <span className={classes.inline}>
              {purl}
              <CopyButton value={purl} label={t('packages.copyPurl')} />
            </span>
          </Fact>
        )}
        {layer !== undefined && (
          <Fact name={t('packages.broughtBy')}>
            <LayerLink layer={layer} onLayer={onLayer} />
          </Fact>
        )}
        {paths.length > 0 && (
          <Fact name={t('packages.paths')} mono>
            {paths.slice(0, PATHS_SHOWN).map((path) => (
              <div key={path}>{`/${path}`}</div>
            ))}
            {more > 0 && <div className={classes.quiet}>{t('common.more', { count: more })}</div>}
          </Fact>
        )}
      </Facts>
    </DetailsPanel>
  );
}
