import { useRef, useState } from 'react';
import type { RegistrySystem } from '../../src-main/common/registry.ts';
import { apiPathOf, type Draft, draftOfPasted, isLoopback, problemsOf, type Security } from './draft.ts';
import { readPasted } from './pasted.ts';
import { guideOf } from './products.ts';
import { useProbe } from './use-probe.ts';

interface AddressOptions {
  draft: Draft;
  /** What came with the address already. */
  begun: { scheme?: 'http' | 'https'; repository?: string };
  /** Takes what the address says into the draft. */
  fill: (part: Partial<Draft>) => void;
  onSignInAsked: (system: RegistrySystem | undefined) => void;
  /** The path in the address is where its product's own pages are. */
  onApiPath: () => void;
}

/** The address of a registry that is not there yet: taken apart when its field is left, and looked at at once. */
export function useAddress({ draft, begun, fill, onSignInAsked, onApiPath }: AddressOptions) {
  const { probe, look, forget: forgetProbe } = useProbe();
  /** How to connect was said by hand or in the address: nothing that is found makes it less safe. */
  const [said, setSaid] = useState(begun.scheme !== undefined);
  const [suggested, setSuggested] = useState(begun.repository);
  const looked = useRef<string | undefined>(undefined);

  /** What the address says, the host and what is beside it. */
  const reading = (): {
    says: Partial<Draft>;
    isSaid: boolean;
    repository?: string | undefined;
    path?: string | undefined;
  } => {
    const pasted = readPasted(draft.address);
    if (!pasted) return { says: {}, isSaid: said };
    const { host, scheme, repository } = pasted;
    // What was found for this address stays.
    const kept = said || looked.current !== undefined;
    const unsaid = kept ? draft.security : isLoopback(host) ? 'plain' : 'verified';
    const https: Security = draft.security === 'unverified' ? 'unverified' : 'verified';
    const security = scheme === undefined ? unsaid : scheme === 'http' ? 'plain' : https;
    return {
      says: { ...draftOfPasted(pasted), security },
      isSaid: said || scheme !== undefined,
      repository,
      ...(scheme && { path: repository }),
    };
  };

  /** Of a URL: where the pages are that it is the address of, unless that is a repository. */
  const takePath = (path: string | undefined) => {
    if (path === undefined || path.startsWith('repository/') || draft.apiPath !== '') return;
    setSuggested(undefined);
    fill({ apiPath: apiPathOf(path) });
    onApiPath();
  };

  /** Called when the address is left. */
  const leave = async () => {
    const { says, isSaid, repository, path = begun.scheme && begun.repository } = reading();
    const tidy = { ...draft, ...says };
    setSaid(isSaid);
    if (repository !== undefined) setSuggested(repository);
    fill(says);
    if (tidy.address === '' || problemsOf(undefined, tidy).address) return;
    if (looked.current === keyOf(tidy)) return;
    looked.current = keyOf(tidy);
    const found = await look(tidy, !isSaid);
    if (!found) return;
    if (found.security !== tidy.security) {
      looked.current = keyOf({ ...tidy, security: found.security });
      fill({ security: found.security });
    }
    if (guideOf(found.system).hasApiPath) takePath(path);
    if (found.needsSignIn) onSignInAsked(found.system);
  };

  const forget = () => {
    looked.current = undefined;
    forgetProbe();
  };

  return { probe, reading, leave, forget, said, setSaid, suggested };
}

/** What a look depends on. */
function keyOf({ security, address, authorities, clientCertificate, proxy, proxyUrl }: Draft): string {
  return JSON.stringify([security, address, authorities, clientCertificate, proxy, proxyUrl]);
}
