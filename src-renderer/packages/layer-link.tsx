import { useTranslation } from 'react-i18next';
import { useTabIndex } from '../ui/row-focus.ts';
import classes from './packages.module.css';

/** The number of a layer, from 1, which leads to it. */
export function LayerLink({ layer, onLayer }: { layer: number; onLayer: (id: string) => void }) {
  const { t } = useTranslation();
  const number = layer + 1;
  return (
    <button
      type="button"
      className={classes.link}
      tabIndex={useTabIndex()}
      aria-label={t('packages.showLayer', { number })}
      data-hint={t('packages.showLayer', { number })}
      onClick={() => onLayer(`layer-${number}`)}
    >
      {number}
    </button>
  );
}
