import { MEDIA_TYPES } from '../storage/manifest.ts';
import type { SampleBuilder } from './builder.ts';
import { type LayerFile, makeLayer } from './layer.ts';

const REPOSITORY = 'charts/harbour';
const NAME = 'harbour';
const DESCRIPTION = 'The harbour web server and its API';

const RELEASES = [
  { version: '0.7.2', appVersion: '1.4.1', created: '2025-11-06T09:00:00Z' },
  { version: '0.8.0', appVersion: '1.4.2', created: '2026-06-24T09:00:00Z' },
] as const;

/** A Helm chart in two versions, as `helm push` stores it. */
export async function seedChart(builder: SampleBuilder): Promise<void> {
  for (const { version, appVersion, created } of RELEASES) {
    const about = {
      name: NAME,
      version,
      description: DESCRIPTION,
      apiVersion: 'v2',
      appVersion,
      type: 'application',
    };
    const config = await builder.jsonBlob(REPOSITORY, 'application/vnd.cncf.helm.config.v1+json', about);
    const archive = await makeLayer(new Date(created), chartFiles(about));
    const layer = await builder.blob(
      REPOSITORY,
      'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
      archive.bytes,
    );
    const value = {
      config,
      layers: [layer],
      annotations: {
        'org.opencontainers.image.created': created,
        'org.opencontainers.image.description': DESCRIPTION,
        'org.opencontainers.image.title': NAME,
        'org.opencontainers.image.version': version,
      },
    };
    const manifest = await builder.manifest(REPOSITORY, MEDIA_TYPES.ociManifest, value, [version]);
    builder.list(REPOSITORY, manifest, 'chart', [version]);
  }
}

function chartFiles(about: { version: string; appVersion: string }): LayerFile[] {
  const chart = Object.entries(about).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return [
    { path: `${NAME}/Chart.yaml`, content: chart.join('') },
    { path: `${NAME}/values.yaml`, content: values(about.appVersion) },
    { path: `${NAME}/templates/NOTES.txt`, content: 'Harbour {{ .Chart.AppVersion }} is on its way.\n' },
    { path: `${NAME}/templates/deployment.yaml`, content: DEPLOYMENT },
    { path: `${NAME}/templates/service.yaml`, content: SERVICE },
    { path: `${NAME}/.helmignore`, content: '.git\n*.tmp\n' },
  ];
}

function values(tag: string): string {
  return `replicas: 2\nimage:\n  repository: harbour/web\n  tag: "${tag}"\nservice:\n  port: 80\n`;
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-web
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app: {{ .Release.Name }}-web
  template:
    metadata:
      labels:
        app: {{ .Release.Name }}-web
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          ports:
            - containerPort: 8080
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-web
spec:
  selector:
    app: {{ .Release.Name }}-web
  ports:
    - port: {{ .Values.service.port }}
      targetPort: 8080
`;
