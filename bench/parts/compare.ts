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
const failedMax = 0.1;
// Warm up with this many requests, because V8 optimizes a function only after some thousand calls.
const warmUpRequests = 5_000;
const warmUpTurns = 3;
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
    await signInAgain(contenders, fixtures, environment);
    await assertSameAnswers(scenarios, contenders);
    for (const scenario of scenarios) {
      log(`Warm-up: ${scenario.title}`);
      await rounds.warmUp(scenario, presentIn(scenario, contenders));
    }
    for (let round = 1; round <= options.rounds; round += 1) {
      // Get new tokens in each round, because they expire after fifteen minutes.
      await signInAgain(contenders, fixtures, environment);
      for (const scenario of scenarios) {
        log(`Round ${round} of ${options.rounds}: ${scenario.title}`);
        await rounds.measure(round, scenario, presentIn(scenario, contenders));
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

const presentIn = ({ servers }: Scenario, contenders: readonly Contender[]): Contender[] =>
  contenders.filter(({ server }) => servers.includes(server.name));

async function signInAgain(
  contenders: Contender[],
  fixtures: Fixtures,
  environment: Environment,
): Promise<void> {
  for (const [index, contender] of contenders.entries())
    contenders[index] = await signedIn(contender, fixtures, environment);
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

  /** Keeps the servers busy until V8 has optimized the code and the caches are full. */
  async warmUp(scenario: Scenario, contenders: readonly Contender[]): Promise<void> {
    const pace = { kind: 'closed', connections: scenario.connections } as const;
    const seconds = this.options.firstWarmUpSeconds;
    for (const contender of contenders) {
      let count = 0;
      // On a busy machine, one turn may be too short for enough requests.
      for (let turn = 0; turn === 0 || (turn < warmUpTurns && count < warmUpRequests); turn += 1)
        count += (await this.#ask(scenario, contender, { pace, seconds })).count;
    }
  }

  async measure(round: number, scenario: Scenario, contenders: readonly Contender[]): Promise<void> {
    const { seconds, warmUpSeconds } = this.options;
    const closed: { contender: Contender; outcome: Outcome; cpuMicros: number }[] = [];
    for (const contender of contenders) {
      const pace = { kind: 'closed', connections: scenario.connections } as const;
      await this.#ask(scenario, contender, { pace, seconds: warmUpSeconds });
      const before = await contender.server.usage();
      const outcome = await this.#ask(scenario, contender, { pace, seconds });
      const after = await contender.server.usage();
      closed.push({ contender, outcome, cpuMicros: after.cpuMicros - before.cpuMicros });
    }
    const outcomes = closed.map(({ outcome }) => outcome);
    for (const { contender, outcome, cpuMicros } of closed) {
      const steady = await this.#steady(scenario, contender, outcomes);
      const { rssBytes } = await contender.server.usage();
      this.measurements.push({
        scenario: scenario.id,
        server: contender.server.name,
        round,
        cpuMicros: cpuMicros / outcome.count,
        perSecond: goodPerSecond(outcome),
        steady: steady && { rate: steady.rate, latencies: steady.outcome },
        rssBytes,
        failed: outcome.failed + (steady?.outcome.failed ?? 0),
        failures: [...outcome.failures, ...(steady?.outcome.failures ?? [])],
      });
    }
  }

  /** Measures latencies at a constant rate, unless the run omits them. */
  async #steady(
    scenario: Scenario,
    contender: Contender,
    outcomes: readonly Outcome[],
  ): Promise<{ readonly rate: number; readonly outcome: Outcome } | undefined> {
    if (!this.options.hasLatency) return undefined;
    const rate = this.#rateOf(scenario, outcomes);
    const pace = { kind: 'constant', perSecond: rate } as const;
    const seconds = Math.max(this.options.seconds, leastRequests / rate);
    return { rate, outcome: await this.#ask(scenario, contender, { pace, seconds }) };
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
    // Fail the measurement: the CPU time of a server that rejects requests cannot be compared.
    if (outcome.failed > outcome.count * failedMax)
      throw new Error(
        `${server.name} failed ${outcome.failed} of ${outcome.count} requests of "${scenario.title}": ${outcome.failures[0] ?? ''}`,
      );
    return outcome;
  }
}
