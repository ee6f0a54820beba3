import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistrySystem } from '../../src-main/common/registry.ts';
import { useApi } from '../api.ts';
import { toastDone } from '../ui/toast.tsx';
import {
  accountsLike,
  type Draft,
  draftOf,
  problemsOf,
  type Security,
  secretsOf,
  settingsOf,
} from './draft.ts';
import { type FixableField, needsSignIn } from './fixes.ts';
import type { Pasted } from './pasted.ts';
import { handOver } from './pasted-start.ts';
import { failedStep, otherSecurity } from './probe.ts';
import { beginDraft, choose, type Guide, guideOf, signInWay } from './products.ts';
import { useAccountChanged, useAccounts } from './queries.ts';
import { useAddress } from './use-address.ts';
import { needsNames, useConnectionTest } from './use-connection-test.ts';

export interface AccountFormOptions {
  /** The one that is edited; a new one is added without it. */
  account?: Account;
  /** Of the product that is added, or that the account's registry is. */
  guide: Guide;
  /** What the form begins with. */
  pasted?: Pasted | undefined;
}

/** What the form of a registry holds, what is wrong with it, and what its buttons do. */
export function useAccountForm({ account, guide: asked, pasted }: AccountFormOptions) {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const accounts = useAccounts().data ?? [];
  const accountChanged = useAccountChanged();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => (account ? draftOf(account) : beginDraft(asked, pasted)));
  const [tried, setTried] = useState(false);
  const { test, run, stop, forget: forgetTest } = useConnectionTest();
  const [advanced, { toggle: toggleAdvanced, open: openAdvanced }] = useDisclosure(hasAdvanced(account));
  /** Without a field: the first of the sign-in that is missing. */
  const [goTo, setGoTo] = useState<{ field?: string }>();
  // After drawing: the field may be there only by what was changed with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that somebody is sent there
  useEffect(() => {
    const name = goTo && (goTo.field ?? missingIn(draft));
    const field = name && form.current?.elements.namedItem(name);
    if (field instanceof HTMLElement) field.focus();
  }, [goTo]);
  const fill = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  const openSignIn = (system: RegistrySystem | undefined, typing = isTyping(form.current)) => {
    const way = signInWay(asked.any && system ? guideOf(system) : asked);
    setDraft((before) =>
      before.signIn === 'anonymous' ? { ...before, ...choose(way, asked, before) } : before,
    );
    if (!typing) setGoTo({});
  };
  const address = useAddress({
    draft,
    begun: pasted ?? {},
    fill,
    onSignInAsked: openSignIn,
    // Taken from the address, it is not out of sight.
    onApiPath: openAdvanced,
  });
  const found = address.probe?.state === 'found' ? address.probe.found : undefined;

  const change = (part: Partial<Draft>) => {
    fill(part);
    const keys = Object.keys(part);
    // What was tested is not what is here now, unless only names changed.
    if (!keys.every((key) => key === 'repositories' || key === 'name' || key === 'readOnly')) forgetTest();
    if (keys.some((key) => LOOKED_AT.has(key))) address.forget();
  };
  const problems = problemsOf(account, draft);
  const error = (field: keyof Draft) => {
    const problem = problems[field];
    return tried && problem ? t(`accounts.${problem}`) : undefined;
  };
  const inputOf = (from: Draft) => ({
    ...(account && { id: account.id }),
    settings: settingsOf(from),
    secrets: secretsOf(account, from),
  });

  const save = useMutation({
    mutationFn: async (from: Draft) => {
      const { settings, secrets } = inputOf(from);
      return account
        ? api.accounts.update({ id: account.id, settings, secrets })
        : api.accounts.add({ settings, secrets });
    },
    onSuccess: async (saved) => {
      handOver(undefined);
      await accountChanged();
      toastDone(t('accounts.saved', { name: saved.name }));
      await navigate({ to: '/registries/$accountId', params: { accountId: saved.id } });
    },
  });

  /** What is to be tested, or undefined where a field must be put right first; shows which, and goes there. */
  const checked = (): Draft | undefined => {
    setTried(true);
    save.reset();
    const says = account ? {} : address.reading().says;
    const read = { ...draft, ...says };
    fill(says);
    const fields = Object.keys(problemsOf(account, read));
    if (fields.length === 0 && !accountsLike(accounts, read, account?.id).same) return read;
    if (fields.some((field) => ADVANCED_FIELDS.has(field))) openAdvanced();
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-same] a')?.focus(),
    );
    return undefined;
  };

  /** Answers with what may be saved, or undefined where the test says that something is to be done first. */
  const testIt = async (): Promise<Draft | undefined> => {
    let from = checked();
    if (!from) return undefined;
    let result = await run(inputOf(from));
    // Nothing secret is sent by plain HTTP that was meant for HTTPS.
    const free = !address.said && from.signIn === 'anonymous';
    const security = account ? undefined : otherSecurity(result.steps, from, free);
    if (security !== undefined) {
      from = { ...from, security };
      fill({ security });
      result = await run(inputOf(from));
    }
    const failed = failedStep(result.steps);
    if (failed && needsSignIn(failed)) openSignIn(found?.system, false);
    if (result.state !== 'passed') return undefined;
    if (!needsNames(result) || from.repositories.length > 0) return from;
    // First show that repositories must be added by name; the button says "Save" then.
    if (address.suggested !== undefined) fill({ repositories: [address.suggested] });
    return undefined;
  };

  const onSecurity = (security: Security) => {
    address.setSaid(true);
    change({ security });
  };
  const onFix = (field: FixableField) => {
    if (field === 'username') return openSignIn(found?.system, false);
    if (field === 'proxyUrl') change({ proxy: 'url' });
    openAdvanced();
    setGoTo({ field });
  };

  const onLeave = () => {
    if (!account) void address.leave();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: how the form begins, once
  useEffect(() => {
    if (account) return;
    // What came from another page is looked at without waiting for its field to be left.
    if (pasted) onLeave();
    // Where nothing is missing, Enter goes on from what was filled in.
    if (draft.address !== '')
      setGoTo({ field: missingIn(draft) ?? (draft.signIn === 'anonymous' ? 'address' : 'password') });
  }, []);

  return {
    form,
    draft,
    change,
    error,
    tried,
    /** As soon as it is known which product answers. */
    guide: asked.any && found?.system ? guideOf(found.system) : asked,
    like: accountsLike(accounts, draft, account?.id),
    probe: test || account ? undefined : address.probe,
    test,
    stop,
    save,
    advanced,
    toggleAdvanced,
    onLeave,
    onSecurity,
    onFix,
    testOnly: async () => void (await testIt()),
    testAndSave: async () => {
      const good = await testIt();
      if (good) save.mutate(good);
    },
    saveUntested: () => {
      const from = checked();
      if (from) save.mutate(from);
    },
  };
}

function hasAdvanced(account: Account | undefined): boolean {
  if (!account) return false;
  const { tls, proxy, uploadChunk, debugUrl, apiPath } = account;
  return (
    (tls.authorities ?? tls.clientCertificate) !== undefined ||
    proxy.kind !== 'system' ||
    (uploadChunk ?? debugUrl ?? apiPath) !== undefined
  );
}

/** The first field of the sign-in that is empty. */
function missingIn({ signIn, username, password, identityToken }: Draft): string | undefined {
  if (signIn === 'password' && username === '') return 'username';
  if (signIn === 'password' && password === '') return 'password';
  if (signIn === 'identityToken' && identityToken === '') return 'identityToken';
  return undefined;
}

/** Whether the focus is in a field of the form that somebody is writing in, the address aside. */
function isTyping(form: HTMLFormElement | null): boolean {
  const { activeElement } = document;
  if (!form?.contains(activeElement)) return false;
  const writable = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement;
  return writable && activeElement.type !== 'radio' && activeElement.name !== 'address';
}

/** Fields that what was found of the host depends on. */
const LOOKED_AT: ReadonlySet<string> = new Set([
  'address',
  'security',
  'authorities',
  'clientCertificate',
  'clientKey',
  'proxy',
  'proxyUrl',
]);

/** Fields under the fold that must be opened to show what is wrong. */
const ADVANCED_FIELDS: ReadonlySet<string> = new Set([
  'authorities',
  'clientCertificate',
  'clientKey',
  'clientKeyPassphrase',
  'proxyUrl',
  'uploadChunk',
  'debugUrl',
  'apiPath',
]);
