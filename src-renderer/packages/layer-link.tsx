import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/link-button.tsx';

/** The number of a layer, from 1, which leads to it. */
export function LayerLink({ layer, onLayer }: { layer: number; onLayer: (id: string) => void }) {
  const { t } = useTranslation();
  const number = layer + 1;
  return (
    <LinkButton label={t('packages.showLayer', { number })} roomy onClick={() => onLayer(`layer-${number}`)}>
      {number}
    </LinkButton>
  );
}
