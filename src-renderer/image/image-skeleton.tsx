import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './image.module.css';

export function ImageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} role="status" aria-busy="true" aria-label={t('common.loading')}>
      <Skeleton height={10} width="32%" mb={14} />
      <Skeleton height={10} width="48%" mb={14} />
      <Skeleton height={10} width="40%" mb={14} />
      <Skeleton height={10} width="26%" mb={14} />
      <Skeleton height={90} width="100%" mt={10} />
    </div>
  );
}
