/** Media types by their specifications' names. @see OCI image-spec 1.1, "Media types"; Docker image manifest v2 */
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const DOCKER_SCHEMA1 = 'application/vnd.docker.distribution.manifest.v1+json';
export const DOCKER_SCHEMA1_SIGNED = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
/** The short-lived artifact manifest of the 1.1 release candidates; registries still hold some. */
export const OCI_ARTIFACT = 'application/vnd.oci.artifact.manifest.v1+json';

export const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const DOCKER_CONFIG = 'application/vnd.docker.container.image.v1+json';
export const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json';
export const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';
/** The config of a BuildKit cache, which an index of its layers or a manifest names. */
export const BUILDKIT_CACHE_CONFIG = 'application/vnd.buildkit.cacheconfig.v0';
export const IN_TOTO = 'application/vnd.in-toto+json';

/** Documents in which a statement or a signature may be read: in-toto's, DSSE's, sigstore's, cosign's and those of JOSE. */
export const holdsClaims = (mediaType: string): boolean =>
  /^application\/(?:vnd\.in-toto|vnd\.dsse\.|vnd\.dev\.sigstore\.bundle|vnd\.dev\.cosign\.simplesigning|jose\+json)/.test(
    mediaType,
  );

/** What we can read, best first: a registry may convert to an older form for a client that does not name the newer. */
export const MANIFEST_ACCEPT = [
  OCI_INDEX,
  OCI_MANIFEST,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  OCI_ARTIFACT,
  `${DOCKER_SCHEMA1_SIGNED};q=0.3`,
  `${DOCKER_SCHEMA1};q=0.2`,
  '*/*;q=0.1',
].join(', ');

export const isIndexType = (mediaType: string): boolean =>
  mediaType === OCI_INDEX || mediaType === DOCKER_LIST;
export const isManifestType = (mediaType: string): boolean =>
  mediaType === OCI_MANIFEST || mediaType === DOCKER_MANIFEST;
export const isSchema1Type = (mediaType: string): boolean =>
  mediaType === DOCKER_SCHEMA1 || mediaType === DOCKER_SCHEMA1_SIGNED;
export const isImageConfigType = (mediaType: string): boolean =>
  mediaType === OCI_CONFIG || mediaType === DOCKER_CONFIG;

/** What the config of an image manifest of this type is. */
export const usualConfig = (manifestType: string): string =>
  manifestType === DOCKER_MANIFEST ? DOCKER_CONFIG : OCI_CONFIG;

/** The types of manifests that there are, and those that will be named like them. */
export const namesManifest = (mediaType: string): boolean =>
  isIndexType(mediaType) ||
  isManifestType(mediaType) ||
  isSchema1Type(mediaType) ||
  /\.(?:manifest|index)\.[\w.]+\+json$/.test(mediaType);

/**
 * Whether a `Content-Type` says which kind of document came. Object stores and proxies give whatever they keep or serve a type of
 * their own (`binary/octet-stream`, `application/xml`, `text/html`), which says nothing.
 */
export const namesDocument = (mediaType: string): boolean =>
  mediaType.startsWith('application/vnd.') || mediaType.endsWith('+json');

/** Layers that are kept at a URL of their own and not in the registry (Windows base layers). */
export const isForeignLayerType = (mediaType: string): boolean =>
  mediaType.includes('.foreign.') || mediaType.includes('.nondistributable.');

/** What is fit for a header. @see RFC 6838, 4.2 */
export const isMediaType = (text: string): boolean => /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/.test(text);

/** Characters of a media type. @see RFC 6838, section 4.2 */
const MEDIA_TYPE_MAX = 255;

/** `type/subtype` without parameters, lower case; empty if the header is missing or longer than any type. */
export function bareMediaType(header: string | undefined): string {
  const bare = (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return bare.length > MEDIA_TYPE_MAX ? '' : bare;
}
