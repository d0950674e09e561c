import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../../src/config/environment.ts';
import type { Fixtures } from '../fixtures.ts';
import type { Job, Outcome } from '../load/job.ts';
import type { Comparison, Measurement } from '../measurements.ts';
import type { Options, ServerName } from '../options.ts';
import type { PartContext } from './context.ts';
import { scenariosOf, type Credentials, type Scenario } from '../scenarios.ts';
import { refreshCookiesFor, tokensFor } from '../sign-in.ts';
import { startLoad, startServer, type LoadGenerator, type RunningServer } from '../processes.ts';

interface Contender {
  readonly server: RunningServer;
  readonly credentials: Credentials;
}

const leastRequests = 10;
const firstWarmUpSeconds = 1;
// The constant rate is this share of the throughput of the slowest server, so that no server is overloaded.
const rateShare = 0.5;

/** Compares all servers. Each round runs all scenarios, and each scenario runs on all servers, one after another. */
export async function compare({ options, environment, fixtures, log }: PartContext): Promise<Comparison> {
  const load = await startLoad();
  const contenders: Contender[] = [];
  try {
    for (const name of options.servers) {
      const server = await startServer(name, { environment });
      contenders.push({ server, credentials: { tokens: [], refreshCookies: [] } });
    }
    const scenarios = chosen(await scenariosOf(fixtures, options.rows), options.scenarios);
    const rounds = new Rounds(options, load, log);
    for (let round = 1; round <= options.rounds; round += 1) {
      // Get new tokens in each round, because they expire after fifteen minutes.
      for (const [index, contender] of contenders.entries())
        contenders[index] = await signedIn(contender, fixtures, environment);
      if (round === 1) await assertSameAnswers(scenarios, contenders);
      for (const scenario of scenarios) {
        log(`Round ${round} of ${options.rounds}: ${scenario.title}`);
        const present = contenders.filter(({ server }) => scenario.servers.includes(server.name));
        await rounds.measure(round, scenario, present);
      }
    }
    return { scenarios, servers: options.servers, measurements: rounds.measurements };
  } finally {
    await load.stop();
    for (const { server } of contenders) await server.stop();
  }
}

function chosen(scenarios: readonly Scenario[], ids: readonly string[]): readonly Scenario[] {
  const unknown = ids.filter((id) => scenarios.every((scenario) => scenario.id !== id));
  if (unknown.length > 0)
    throw new Error(
      `There is no scenario ${unknown.join(', ')}. Choose from ${scenarios.map(({ id }) => id).join(', ')}.`,
    );
  return ids.length === 0 ? scenarios : scenarios.filter(({ id }) => ids.includes(id));
}

async function signedIn(
  { server, credentials }: Contender,
  fixtures: Fixtures,
  environment: Environment,
): Promise<Contender> {
  const tokens = await tokensFor(server, fixtures, environment);
  const isScripted = server.name === 'express' || server.name === 'strata';
  const isNew = isScripted && credentials.refreshCookies.length === 0;
  const refreshCookies = isNew ? await refreshCookiesFor(server, fixtures) : credentials.refreshCookies;
  return { server, credentials: { tokens, refreshCookies } };
}

/** Throws if two servers return different data, because comparing their speed would then be meaningless. */
async function assertSameAnswers(
  scenarios: readonly Scenario[],
  contenders: readonly Contender[],
): Promise<void> {
  for (const { title, servers, traffic } of scenarios) {
    const answers: { name: ServerName; data: unknown }[] = [];
    for (const { server, credentials } of contenders) {
      const request = traffic(credentials);
      if (request.kind !== 'get' || !servers.includes(server.name)) continue;
      const headers = request.tokens[0] === undefined ? {} : { Authorization: `Bearer ${request.tokens[0]}` };
      const response = await fetch(`${server.origin}${request.paths[0] ?? ''}`, { headers });
      const text = await response.text();
      if (!response.ok)
        throw new Error(`${server.name} responded to "${title}" with ${response.status}: ${text}`);
      answers.push({ name: server.name, data: (JSON.parse(text) as { data: unknown }).data });
    }
    const other = answers.find(({ data }) => !isDeepStrictEqual(data, answers[0]?.data));
    if (other !== undefined)
      throw new Error(`"${title}": ${other.name} and ${answers[0]?.name ?? ''} returned different data.`);
  }
}

const goodPerSecond = ({ count, failed, seconds }: Outcome): number => (count - failed) / seconds;

class Rounds {
  readonly measurements: Measurement[] = [];
  readonly #rates = new Map<string, number>();

  constructor(
    private readonly options: Options,
    private readonly load: LoadGenerator,
    private readonly log: (line: string) => void,
  ) {}

  async measure(round: number, scenario: Scenario, contenders: readonly Contender[]): Promise<void> {
    const { seconds, warmUpSeconds } = this.options;
    const closed: { contender: Contender; outcome: Outcome; cpuMicros: number }[] = [];
    for (const contender of contenders) {
      const pace = { kind: 'closed', connections: scenario.connections } as const;
      // The first warm-up is longer, because the JIT compiler and the caches start empty.
      const warmUp = round === 1 ? Math.max(firstWarmUpSeconds, seconds) : warmUpSeconds;
      await this.#ask(scenario, contender, { pace, seconds: warmUp });
      const before = await contender.server.usage();
      const outcome = await this.#ask(scenario, contender, { pace, seconds });
      const after = await contender.server.usage();
      closed.push({ contender, outcome, cpuMicros: after.cpuMicros - before.cpuMicros });
    }
    const rate = this.#rateOf(
      scenario,
      closed.map(({ outcome }) => outcome),
    );
    for (const { contender, outcome, cpuMicros } of closed) {
      const pace = { kind: 'constant', perSecond: rate } as const;
      const steadySeconds = Math.max(seconds, leastRequests / rate);
      const steady = await this.#ask(scenario, contender, { pace, seconds: steadySeconds });
      const { rssBytes } = await contender.server.usage();
      this.measurements.push({
        scenario: scenario.id,
        server: contender.server.name,
        round,
        cpuMicros: cpuMicros / outcome.count,
        perSecond: goodPerSecond(outcome),
        latencies: steady,
        rate,
        rssBytes,
        failed: outcome.failed + steady.failed,
        failures: [...outcome.failures, ...steady.failures],
      });
    }
  }

  /** Returns the constant rate. It is computed in the first round and then used for all servers and rounds. */
  #rateOf({ id }: Scenario, outcomes: readonly Outcome[]): number {
    const known = this.#rates.get(id);
    if (known !== undefined) return known;
    const slowest = Math.min(...outcomes.map(goodPerSecond));
    const rate = Math.max(1, Math.floor(slowest * rateShare));
    this.#rates.set(id, rate);
    return rate;
  }

  async #ask(
    scenario: Scenario,
    { server, credentials }: Contender,
    job: Pick<Job, 'pace' | 'seconds'>,
  ): Promise<Outcome> {
    const traffic = scenario.traffic(credentials);
    const outcome = await this.load.run({ ...job, origins: [server.origin], traffic });
    if (traffic.kind === 'refresh') credentials.refreshCookies = outcome.cookies;
    for (const failure of outcome.failures) this.log(`  ${server.name} failed: ${failure}`);
    return outcome;
  }
}
