import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  /** An icon element of about 24 px. */
  icon: ReactNode;
  title: string;
  /** Heading level: 1 where it is the whole page. */
  level?: 1 | 2;
  /** What it means and what to do. */
  children?: ReactNode;
  /** The button that helps, or two. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, level = 2, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" justify="center" gap="xs" py="xl" px="md" m="auto" maw={480} ta="center">
      <ThemeIcon variant="light" color="gray" size={48} radius="xl">
        {icon}
      </ThemeIcon>
      <Title order={level} fz="md">
        {title}
      </Title>
      {children && (
        <Text component="div" fz="sm" c="dimmed">
          {children}
        </Text>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  );
}
