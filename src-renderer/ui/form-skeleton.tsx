import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './form-skeleton.module.css';

/** Stands where a form will be: names over fields. */
export function FormSkeleton({ fields }: { fields: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.form} role="status" aria-busy="true">
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: fields }, (_, field) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the fields are all alike and never move
        <div key={field} aria-hidden>
          <Skeleton height={9} width={field % 2 === 0 ? 90 : 140} mb={8} />
          <Skeleton height={32} radius="sm" />
        </div>
      ))}
    </div>
  );
}
