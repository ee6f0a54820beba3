import { localStorageColorSchemeManager, MantineProvider, useMantineColorScheme } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { orpc, queryClient, useConnectionState } from './api.ts';
import { resolveLanguage, switchLanguage } from './i18n/index.ts';
import { SignedOut } from './layout/signed-out.tsx';
import { router } from './routes/index.tsx';
import { colorSchemeOf, rememberLanguage } from './settings/appearance.ts';
import { theme } from './theme.ts';
import { cssVariables } from './theme-colors.ts';
import { useRowHeight } from './ui/row-height.ts';

const colorScheme = localStorageColorSchemeManager({ key: 'wharfinger.theme' });

/** Puts the language, theme and density of the settings in use whenever they change. */
function Appearance() {
  const { data } = useQuery(orpc.app.settings.queryOptions());
  const { setColorScheme } = useMantineColorScheme();
  const language = data?.language;
  const choice = data?.theme;
  useEffect(() => {
    if (language === undefined) return;
    rememberLanguage(language);
    void switchLanguage(resolveLanguage(language));
  }, [language]);
  useEffect(() => {
    if (choice !== undefined) setColorScheme(colorSchemeOf(choice));
  }, [choice, setColorScheme]);
  const rowHeight = useRowHeight();
  useEffect(() => document.documentElement.style.setProperty('--wharf-row', `${rowHeight}px`), [rowHeight]);
  return null;
}

function Window() {
  return useConnectionState() === 'signedOut' ? <SignedOut /> : <RouterProvider router={router} />;
}

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Appearance />
        <Window />
      </QueryClientProvider>
    </MantineProvider>
  );
}
