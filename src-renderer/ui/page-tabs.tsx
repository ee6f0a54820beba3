import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page-tabs.module.css';

export interface PageTabsProps<Tab extends string> {
  label: string;
  tabs: readonly { readonly value: Tab; readonly label: string }[];
  value: Tab;
  onChange: (tab: Tab | undefined) => void;
  /** Sets `--page-tabs-least`, the height below which the page scrolls: what is in the tabs would be squeezed to nothing. */
  className: string | undefined;
  /** A `PageTabPanel`. */
  children: ReactNode;
}

/** The ways to look at what a page shows; they take the height that is left. */
export function PageTabs<Tab extends string>(props: PageTabsProps<Tab>) {
  const { label, tabs, value, onChange, className = '', children } = props;
  return (
    <Tabs
      value={value}
      onChange={(next) => onChange(tabs.find((each) => each.value === next)?.value)}
      keepMounted={false}
      className={`${classes.tabs} ${className}`}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((each) => (
          <Tabs.Tab key={each.value} value={each.value}>
            {each.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {children}
    </Tabs>
  );
}

/** What is shown for the tab that is chosen. */
export function PageTabPanel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Panel value={value} className={classes.panel ?? ''}>
      {children}
    </Tabs.Panel>
  );
}
