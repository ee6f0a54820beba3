import { blob, descriptor, manifestOf, mediaTypes, type TestManifest } from './images.ts';

type Annotations = Readonly<Record<string, string>>;

interface Document {
  readonly mediaType: string;
  /** JSON, or bytes as they are. */
  readonly content: object | Buffer;
  readonly annotations?: Annotations;
}

/** A manifest with these documents, as tools attach one: by a subject, or by the tag that it is put under. */
export function makeAttached({
  artifactType,
  documents,
  subject,
  annotations,
}: {
  /** None: cosign's old way, with the config of an image. */
  readonly artifactType?: string;
  readonly documents: readonly Document[];
  readonly subject?: TestManifest;
  readonly annotations?: Annotations;
}): TestManifest {
  const type = artifactType === undefined ? mediaTypes.oci.config : mediaTypes.empty;
  const config = blob(type, Buffer.from('{}'));
  const layers = documents.map(({ mediaType, content, annotations: own = {} }) => ({
    ...blob(mediaType, Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))),
    annotations: own,
  }));
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      ...(artifactType === undefined ? {} : { artifactType }),
      config: descriptor(config),
      layers: layers.map((layer) => ({ ...descriptor(layer), annotations: layer.annotations })),
      ...(subject === undefined ? {} : { subject: descriptor(subject) }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    [config, ...layers],
  );
}

/** An in-toto statement about manifests. */
export function statementOf(
  predicateType: string,
  predicate: object,
  ...about: readonly TestManifest[]
): object {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType,
    subject: about.map(({ digest }) => ({ name: 'app', digest: { sha256: digest.replace('sha256:', '') } })),
    predicate,
  };
}

/** A statement in the envelope that cosign and sigstore put around it. */
export function dsseOf(statement: object): object {
  return {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
    signatures: [{ keyid: '', sig: 'MEUCIQ==' }],
  };
}

/** What a build on a hosted runner says of itself. */
export const PROVENANCE_1 = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: {
      workflow: {
        ref: 'refs/heads/main',
        repository: 'https://github.com/team/app',
        path: '.github/workflows/release.yml',
      },
    },
    resolvedDependencies: [
      {
        uri: 'git+https://github.com/team/app@refs/heads/main',
        digest: { gitCommit: '2f8c1e0d9b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e' },
      },
    ],
  },
  runDetails: {
    builder: { id: 'https://github.com/actions/runner/github-hosted' },
    metadata: {
      invocationId: 'run/1',
      startedOn: '2026-05-01T10:00:00Z',
      finishedOn: '2026-05-01T10:04:00Z',
    },
  },
};

/** What BuildKit says of a build from a repository. */
export const PROVENANCE_02 = {
  builder: { id: 'https://github.com/team/app/actions/runs/7' },
  buildType: 'https://mobyproject.org/buildkit@v1',
  materials: [
    { uri: 'pkg:docker/alpine@3.21', digest: { sha256: 'aa' } },
    { uri: 'https://github.com/team/app.git#refs/tags/v1', digest: { sha1: '0a1b2c3d' } },
  ],
  invocation: {
    configSource: {
      uri: 'https://github.com/team/app.git#refs/tags/v1',
      digest: { sha1: '0a1b2c3d' },
      entryPoint: 'Dockerfile',
    },
  },
  metadata: { buildStartedOn: '2026-05-01T10:00:00Z', buildFinishedOn: '2026-05-01T10:02:00Z' },
};
