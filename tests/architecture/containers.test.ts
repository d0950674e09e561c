import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The blocks of a compose file that say how health is found out; those that turn it off are none. */
const healthChecksOf = (compose: string): string[] =>
  [...compose.matchAll(/^( +)healthcheck:\n((?:\1 +.*\n)+)/gm)].map(([, , block = '']) => block);

// `up` gives a dependency up that is unhealthy, and failures count from the end of the start period only.
const patience = /start_period: 300s/;

describe('health checks of containers', () => {
  it.each(['docker-compose.yml', 'docker/docker-compose.production.yml'])(
    'give each service in %s five minutes for its start',
    (path) => {
      const checks = healthChecksOf(read(path));
      expect(checks.length).toBeGreaterThan(1);
      for (const check of checks) expect(check).toMatch(patience);
    },
  );

  it('give the image five minutes for its start', () => {
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK .*--start-period=300s/m);
  });

  it('are waited for by what depends on them', () => {
    const production = read('docker/docker-compose.production.yml');
    expect(production).toContain('postgres: { condition: service_healthy }');
    expect(production).toContain('migrate: { condition: service_completed_successfully }');
    expect(read('docker-compose.yml').match(/condition: service_healthy/g)).toHaveLength(2);
  });
});
