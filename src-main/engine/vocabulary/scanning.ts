export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What scanners make. */
export const SCAN_TYPES = ['vulnerabilities', 'sbom'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];
