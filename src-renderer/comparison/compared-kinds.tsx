import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** What is compared: images, or whatever holds many of them. Each has a page of its own. */
export function ComparedKinds({ kind }: { kind: 'images' | 'tags' }) {
  const { t } = useTranslation();
  const look = (own: typeof kind) => ({
    size: 'compact-xs' as const,
    variant: own === kind ? 'light' : 'default',
    'aria-current': own === kind ? ('page' as const) : undefined,
  });
  return (
    <Button.Group>
      <Button {...look('images')} renderRoot={(props) => <Link to="/compare" {...props} />}>
        {t('comparisonMatrix.kinds.images')}
      </Button>
      <Button {...look('tags')} renderRoot={(props) => <Link to="/compare/tags" {...props} />}>
        {t('comparisonMatrix.kinds.tags')}
      </Button>
    </Button.Group>
  );
}
