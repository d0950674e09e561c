import type { Clock, LogFields, Logger, Mail, Mailer } from '../../src/core/ports.ts';

/** A clock that moves only when `advance` is called. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export function createFakeClock(start: Date = new Date()): FakeClock {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** A logger that stores every line in memory. */
export interface MemoryLogger extends Logger {
  readonly lines: LogLine[];
}

export function createMemoryLogger(): MemoryLogger {
  const lines: LogLine[] = [];
  const write =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields });
    };
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** A mailer that stores every mail in memory. While `failure` is set, it throws that error instead. */
export interface MemoryMailer extends Mailer {
  readonly mails: Mail[];
  failure: Error | null;
}

export function createMemoryMailer(): MemoryMailer {
  const mailer: MemoryMailer = {
    mails: [],
    failure: null,
    deliver: async (mail) => {
      if (mailer.failure !== null) throw mailer.failure;
      mailer.mails.push(mail);
    },
  };
  return mailer;
}
