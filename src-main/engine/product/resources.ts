import type {
  FieldName,
  FieldsOf,
  Permission,
  ResourceAct,
  ResourceKind,
  ResourceScope,
} from '../resource-kinds.ts';

/** Whatever a product manages, as it is now. */
export interface Resource<K extends ResourceKind = ResourceKind> {
  readonly kind: K;
  /** Within its registry and its kind; only its product knows what it means. */
  readonly id: string;
  readonly name: string;
  /** The project that it lies in. */
  readonly project?: string;
  readonly fields: FieldsOf<K>;
  readonly may: Readonly<Partial<Record<ResourceAct, Permission>>>;
}

/** Where resources are: the registry itself, or a project of it by its name. */
export interface ResourcePlace {
  readonly project?: string;
}

interface ResourceDraft<K extends ResourceKind> {
  readonly name: string;
  readonly fields: FieldsOf<K>;
}

/** A name and the secret that goes with it, said once and never again. */
export interface MadeSecret {
  readonly name: string;
  readonly secret: string;
}

/** What has been written: where to read it back, and the secret that it was answered with. */
interface Written {
  readonly id: string;
  readonly secret?: MadeSecret;
}

/** One kind of what a product manages: listed and read, and written where it has the methods. */
export interface Resources<K extends ResourceKind = ResourceKind> {
  /** Where they are. */
  readonly scopes: readonly ResourceScope[];
  /** Those fields that can be set there; others are shown where they are known. */
  readonly fields: readonly FieldName<K>[];
  /** Page by page. @throws {RegistryError} */
  list(place: ResourcePlace, signal: AbortSignal | undefined): AsyncGenerator<readonly Resource<K>[]>;
  /** @throws {RegistryError} `notFound`, too */
  read(id: string, signal: AbortSignal | undefined): Promise<Resource<K>>;
  /** Whether this account may make one there. */
  mayCreate(place: ResourcePlace, signal: AbortSignal | undefined): Promise<Permission>;
  /** Values of fields that there are to choose from there, where that is no closed list. */
  choices?(
    place: ResourcePlace,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly [N in FieldName<K>]?: readonly string[] }>;
  /** Never sent twice by itself. @throws {RegistryError} */
  create?(place: ResourcePlace, draft: ResourceDraft<K>, signal: AbortSignal | undefined): Promise<Written>;
  /** @param fields those that change @returns where it is read back, if its id goes with what it holds @throws {RegistryError} */
  change?(id: string, fields: FieldsOf<K>, signal: AbortSignal | undefined): Promise<Written> | Promise<void>;
  /** @throws {RegistryError} */
  delete?(id: string, signal: AbortSignal | undefined): Promise<void>;
  /** Makes its secret anew; the one before is refused from then on. @throws {RegistryError} */
  renew?(id: string, signal: AbortSignal | undefined): Promise<MadeSecret>;
}
