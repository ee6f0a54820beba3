import { z } from 'zod';

/** What an image runs on, in Go's names (`linux`, `amd64`, `v8`). */
export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
  osVersion?: string;
}

const text = z.string().max(200);

/** As descriptors and configs write it; anything else in the place of a text counts as absent. */
export const platformFields = z.object({
  os: text.catch(''),
  architecture: text.catch(''),
  variant: text.optional().catch(undefined),
  'os.version': text.optional().catch(undefined),
});

/** Undefined where neither system nor architecture is told, or both are `unknown`, BuildKit's word for "no platform". */
export function readPlatform(fields: z.infer<typeof platformFields> | undefined): Platform | undefined {
  if (fields === undefined) return undefined;
  const { os, architecture, variant, 'os.version': osVersion } = fields;
  const told = (word: string): boolean => word !== '' && word !== 'unknown';
  if (!told(os) && !told(architecture)) return undefined;
  return {
    os,
    architecture,
    ...(variant ? { variant } : {}),
    ...(osVersion ? { osVersion } : {}),
  };
}

/** `os/architecture[/variant]`, by which platforms are told apart. */
export function platformKey({ os, architecture, variant, osVersion }: Platform): string {
  return [os, architecture, variant ?? '', osVersion ?? ''].join('/');
}
