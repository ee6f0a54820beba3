import type { TFunction } from 'i18next';
import type { MatrixPair } from '../../src-main/common/comparison-matrix.ts';

/** Which platforms of two that differ are not the same, in a line. */
export function formatPlatforms(t: TFunction, platforms: MatrixPair['platforms']): string {
  if (!platforms) return '';
  const { different, onlyLeft, onlyRight } = platforms;
  return [
    different.length > 0 ? different.join(', ') : '',
    onlyLeft.length > 0 ? t('comparisonMatrix.platformsLeft', { platforms: onlyLeft.join(', ') }) : '',
    onlyRight.length > 0 ? t('comparisonMatrix.platformsRight', { platforms: onlyRight.join(', ') }) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
