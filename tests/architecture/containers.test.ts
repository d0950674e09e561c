import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Returns the health checks in a compose file, without those that are disabled. */
const healthChecksOf = (compose: string): string[] =>
  [...compose.matchAll(/^( +)healthcheck:\n((?:\1 +.*\n)+)/gm)].map(([, , block = '']) => block);

// The start period leaves a service time to start: without it, failed checks would make the service unhealthy, and
// `docker compose up` would fail.
const startPeriod = /start_period: 300s/;

describe('health checks of containers', () => {
  it.each(['docker-compose.yml', 'docker/docker-compose.production.yml'])(
    'allow each service in %s five minutes to start',
    (path) => {
      const checks = healthChecksOf(read(path));
      expect(checks.length).toBeGreaterThan(1);
      for (const check of checks) expect(check).toMatch(startPeriod);
    },
  );

  it('allow the image five minutes to start', () => {
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK .*--start-period=300s/m);
  });

  it('are conditions of dependent services', () => {
    const production = read('docker/docker-compose.production.yml');
    expect(production).toContain('postgres: { condition: service_healthy }');
    expect(production).toContain('migrate: { condition: service_completed_successfully }');
    expect(read('docker-compose.yml').match(/condition: service_healthy/g)).toHaveLength(2);
  });
});
