import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { createHeartbeat } from '../../src/jobs/heartbeat.ts';
import { JobRunner } from '../../src/jobs/job-runner.ts';
import { createMemoryLogger } from '../helpers/fakes.ts';
import { countingHandler, countJob, openJobBench, type JobBench } from './bench.ts';

describe('the heartbeat of scheduled jobs', () => {
  let server: Server;
  let url: string;
  let status = 200;
  const calls: string[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      calls.push(`${req.method ?? ''} ${req.url ?? ''}`);
      res.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    calls.length = 0;
    status = 200;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('calls the URL with the name of the job', async () => {
    const logger = createMemoryLogger();
    await createHeartbeat(`${url}/ping/{name}?x=1`, logger)('housekeeping.purge');
    await createHeartbeat(`${url}/ping`, logger)('housekeeping.purge');
    expect(calls).toEqual(['GET /ping/housekeeping-purge?x=1', 'GET /ping']);
    expect(logger.lines).toEqual([]);
  });

  it('does nothing without a URL', async () => {
    const logger = createMemoryLogger();
    await createHeartbeat(undefined, logger)('housekeeping.purge');
    expect(logger.lines).toEqual([]);
  });

  it('logs a failed or rejected call', async () => {
    const logger = createMemoryLogger();
    status = 503;
    await createHeartbeat(url, logger)('housekeeping.purge');
    await createHeartbeat('http://127.0.0.1:1/', logger)('housekeeping.purge');
    await createHeartbeat('http://[', logger)('housekeeping.purge');
    expect(logger.lines.map(({ level, message }) => [level, message])).toEqual(
      Array.from({ length: 3 }, () => ['warn', 'Sending the heartbeat of a scheduled job failed.']),
    );
  });

  describe('in a runner', () => {
    let bench: JobBench;

    beforeAll(async () => {
      bench = await openJobBench();
    });
    afterAll(() => bench.close());

    it('is sent after a successful scheduled job only', async () => {
      const cron = '0 0 1 1 *';
      const [scheduled, failing, plain] = [
        countJob('scheduled', { cron }),
        countJob('failing', { cron, maxAttempts: 1 }),
        countJob('plain'),
      ];
      for (const job of [failing, plain, scheduled]) await bench.jobs.enqueue(job, { n: 1 });
      const beats: string[] = [];
      const runner = new JobRunner({
        jobs: bench.jobs,
        ids: uuidIds,
        logger: bench.logger,
        handlers: [
          countingHandler(scheduled),
          countingHandler(failing, () => Promise.reject(new Error('no'))),
          countingHandler(plain),
        ],
        beat: async (name) => {
          beats.push(name);
        },
      });
      runner.start();
      for (const [job, end] of [
        [scheduled, 'done'],
        [failing, 'dead'],
        [plain, 'done'],
      ] as const)
        await bench.untilStatuses(job, end);
      await runner.stop();
      expect(beats).toEqual([scheduled.name]);
    });
  });
});
