import { Anchor, Breadcrumbs, Group, Skeleton, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MiddleText } from './middle-text.tsx';
import classes from './page.module.css';

interface Crumb {
  label: string;
  /** Where it leads. */
  link?: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

export interface PageHeaderProps {
  /** A text names the window too. */
  title: ReactNode;
  /** What it is in, from the outside in; the page itself is the title. */
  breadcrumbs?: readonly Crumb[];
  /** Right after the title. */
  beside?: ReactNode;
  /** Buttons of the page, at the end of the title's line. */
  actions?: ReactNode;
  /** One quiet line under the title: counts, digest, times. */
  meta?: ReactNode;
  /** That line is on its way: a grey bar keeps its place. */
  busy?: boolean;
}

export function PageHeader(props: PageHeaderProps) {
  const { title, breadcrumbs = [], beside, actions, meta, busy = false } = props;
  const { t } = useTranslation();
  const app = t('common.appName');
  useDocumentTitle(typeof title === 'string' ? `${title} · ${app}` : app);
  return (
    <header className={classes.header}>
      {breadcrumbs.length > 0 && (
        <Breadcrumbs
          separator="/"
          separatorMargin={6}
          fz="xs"
          component="nav"
          className={classes.crumbs ?? ''}
        >
          {breadcrumbs.map(({ label, link }) =>
            link ? (
              <Anchor key={label} fz="xs" renderRoot={(props) => <Link {...link} {...props} />}>
                <MiddleText>{label}</MiddleText>
              </Anchor>
            ) : (
              <Text key={label} fz="xs" c="dimmed">
                <MiddleText>{label}</MiddleText>
              </Text>
            ),
          )}
        </Breadcrumbs>
      )}
      <Group className={classes.line ?? ''} justify="space-between" gap="sm" wrap="nowrap" align="center">
        <div className={classes.titled}>
          <Title order={1} className={classes.title ?? ''}>
            {typeof title === 'string' ? <MiddleText>{title}</MiddleText> : title}
          </Title>
          {beside}
        </div>
        {actions && (
          <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
            {actions}
          </Group>
        )}
      </Group>
      {(meta || busy) && (
        <div className={classes.meta}>{meta || <Skeleton height={10} width={240} my={5} />}</div>
      )}
    </header>
  );
}
