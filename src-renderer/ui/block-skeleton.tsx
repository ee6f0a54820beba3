import { Skeleton, type SkeletonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Where one block is on its way; to a screen reader it says so, which takes a role. */
export function BlockSkeleton(props: Pick<SkeletonProps, 'height' | 'mt'>) {
  const { t } = useTranslation();
  return <Skeleton {...props} role="status" aria-label={t('common.loading')} />;
}
