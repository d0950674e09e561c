import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLoad, startServer, folder, type LoadGenerator, type RunningServer } from '../processes.ts';
import { selfTimeByPackage, type CpuProfile } from '../profile.ts';
import { profiled, scenariosOf, type Scenario } from '../scenarios.ts';
import { tokensFor } from '../sign-in.ts';
import type { ServerName } from '../options.ts';
import type { PartContext } from './context.ts';

/** The self time of each package during one read. */
export interface PackageTimes {
  readonly scenario: string;
  readonly title: string;
  readonly server: ServerName;
  /** µs per request, by package. */
  readonly micros: ReadonlyMap<string, number>;
}

const profiledServers: readonly ServerName[] = ['express', 'strata'];
// Profile for at least this long, in rounds separate from the comparison, because the profiler slows the server down.
const leastSeconds = 3;

/** Profiles the reads of signed-in users on bare Express and on the service. */
export async function measureProfiles(context: PartContext): Promise<PackageTimes[]> {
  const { options, environment, fixtures, log } = context;
  const scenarios = (await scenariosOf(fixtures, options.rows)).filter(({ id }) => profiled.includes(id));
  const load = await startLoad();
  const found: PackageTimes[] = [];
  try {
    for (const name of profiledServers.filter((server) => options.servers.includes(server))) {
      const server = await startServer(name, { environment });
      try {
        const tokens = await tokensFor(server, fixtures, environment);
        for (const scenario of scenarios) {
          log(`Profile of ${name}: ${scenario.title}`);
          found.push(await profile(scenario, server, tokens, load, context));
        }
      } finally {
        await server.stop();
      }
    }
    return found;
  } finally {
    await load.stop();
  }
}

async function profile(
  { id, title, traffic, connections }: Scenario,
  server: RunningServer,
  tokens: readonly string[],
  load: LoadGenerator,
  { options }: PartContext,
): Promise<PackageTimes> {
  const job = {
    origins: [server.origin],
    traffic: traffic({ tokens, refreshCookies: [] }),
    pace: { kind: 'closed', connections },
  } as const;
  // Half of the warm-up is enough, because the scenarios of a server share most of their code.
  await load.run({ ...job, seconds: options.firstWarmUpSeconds / 2 });
  const write = await server.profile();
  const { count } = await load.run({ ...job, seconds: Math.max(leastSeconds, options.seconds) });
  const place = join(folder, 'profiles');
  await mkdir(place, { recursive: true });
  const file = join(place, `${id}-${server.name}.cpuprofile`);
  await write(file);
  const times = selfTimeByPackage(JSON.parse(await readFile(file, 'utf8')) as CpuProfile);
  const micros = new Map([...times].map(([name, total]) => [name, total / count]));
  return { scenario: id, title, server: server.name, micros };
}
