import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type ChargeState = 'holding' | 'rejected' | 'settled' | 'released' | 'reversed';

/** A charge of one amount. `ref` is the reference that the caller has chosen. */
export interface Charge {
  readonly ref: string;
  /** A decimal number as text, such as `12.50`. */
  readonly amount: string;
  readonly currency: string;
  readonly state: ChargeState;
  /** The reason why the charge was rejected. */
  readonly cause?: string;
}

export type MovementKind = 'hold' | 'reject' | 'settle' | 'release' | 'reverse';

/** One line of the ledger: an operation with its idempotency key, and the charge that results from it. */
export interface Movement {
  readonly number: number;
  readonly at: string;
  readonly kind: MovementKind;
  /** The Idempotency-Key of the request. */
  readonly key: string;
  readonly charge: Charge;
}

/** Thrown if an operation is impossible, or if another operation already used its key. */
export class LedgerRefusal extends Error {
  constructor(
    readonly code: 'no-such-charge' | 'wrong-state' | 'ref-taken' | 'key-reused',
    message: string,
  ) {
    super(message);
  }
}

const steps = {
  settle: { from: 'holding', to: 'settled' },
  release: { from: 'holding', to: 'released' },
  reverse: { from: 'settled', to: 'reversed' },
} as const;

export type Step = keyof typeof steps;

/** Stores all operations on charges in memory. If `file` is set, also stores them in a file of JSON lines. */
export class Ledger {
  readonly #movements: Movement[] = [];
  readonly #byKey = new Map<string, Movement>();
  readonly #charges = new Map<string, Charge>();

  constructor(private readonly file?: string) {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // Drop a last line without an end. The process was killed while writing the line, so it has sent no response.
    if (whole !== text) writeFileSync(file, whole);
    for (const line of whole.split('\n')) if (line !== '') this.#apply(JSON.parse(line) as Movement);
  }

  get movements(): readonly Movement[] {
    return this.#movements;
  }

  charge(ref: string): Charge {
    const charge = this.#charges.get(ref);
    if (charge === undefined) throw new LedgerRefusal('no-such-charge', `There is no charge "${ref}".`);
    return charge;
  }

  /**
   * Reserves an amount, or rejects it if there is a `cause`. A repetition with the same key returns the first result.
   */
  hold(asked: Omit<Charge, 'state' | 'cause'>, key: string, cause?: string): Movement {
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      const { ref, amount, currency } = known.charge;
      if (ref === asked.ref && amount === asked.amount && currency === asked.currency) return known;
      throw keyReused(key);
    }
    if (this.#charges.has(asked.ref))
      throw new LedgerRefusal('ref-taken', `The charge "${asked.ref}" already exists.`);
    return cause === undefined
      ? this.#write('hold', key, { ...asked, state: 'holding' })
      : this.#write('reject', key, { ...asked, state: 'rejected', cause });
  }

  /** Settles, releases or reverses a charge. A repetition with the same key returns the first result. */
  move(ref: string, step: Step, key: string): Movement {
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      if (known.kind === step && known.charge.ref === ref) return known;
      throw keyReused(key);
    }
    const charge = this.charge(ref);
    const { from, to } = steps[step];
    if (charge.state !== from)
      throw new LedgerRefusal('wrong-state', `The charge "${ref}" is ${charge.state}, not ${from}.`);
    return this.#write(step, key, { ...charge, state: to });
  }

  #write(kind: MovementKind, key: string, charge: Charge): Movement {
    const movement = {
      number: this.#movements.length + 1,
      at: new Date().toISOString(),
      kind,
      key,
      charge,
    };
    // Write the line before the response is sent, in a single write.
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(movement)}\n`);
    this.#apply(movement);
    return movement;
  }

  #apply(movement: Movement): void {
    this.#movements.push(movement);
    this.#byKey.set(movement.key, movement);
    this.#charges.set(movement.charge.ref, movement.charge);
  }
}

const keyReused = (key: string) =>
  new LedgerRefusal('key-reused', `The key "${key}" was already used for another request.`);
