/** What makes a session go on: worth as much as a password. */
export interface SessionState {
  readonly accessToken: string | null;
  /** Cookie name → value; empty in browsers, which keep cookies themselves and show them to no script. */
  readonly cookies: Readonly<Record<string, string>>;
}

/** Where a session outlives the process, such as a file that only its user can read. */
export interface SessionStorage {
  load(): SessionState | null | Promise<SessionState | null>;
  save(state: SessionState): void | Promise<void>;
}

const nothing: SessionState = { accessToken: null, cookies: {} };

/** The tokens of one session: the access token, and in Node the cookies. */
export class Session {
  #state = nothing;
  #loading: Promise<void> | undefined;
  // Whether a refresh has any prospect; a definite no ends that until the next sign-in.
  #canRefresh = true;
  readonly #storage: SessionStorage | undefined;

  constructor(storage: SessionStorage | undefined) {
    this.#storage = storage;
  }

  get accessToken(): string | null {
    return this.#state.accessToken;
  }

  get canRefresh(): boolean {
    return this.#canRefresh;
  }

  /** Takes up what was stored; once. */
  load(): Promise<void> {
    this.#loading ??= (async () => {
      this.#state = (await this.#storage?.load()) ?? nothing;
    })();
    return this.#loading;
  }

  /** `name=value; …` for a Cookie header; null where there is none to send. */
  get cookieHeader(): string | null {
    const pairs = Object.entries(this.#state.cookies).map(([name, value]) => `${name}=${value}`);
    return pairs.length === 0 ? null : pairs.join('; ');
  }

  async signedIn(accessToken: string): Promise<void> {
    this.#canRefresh = true;
    await this.#change({ ...this.#state, accessToken });
  }

  /** Keeps the cookies of an answer. A browser does that by itself, and shows none of them here. */
  async keepCookies(headers: Headers): Promise<void> {
    const lines = headers.getSetCookie();
    if (lines.length === 0) return;
    const cookies = { ...this.#state.cookies };
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', ...value] = pair.split('=');
      if (attributes.some((attribute) => /^max-age=0$/i.test(attribute)))
        Reflect.deleteProperty(cookies, name);
      else cookies[name] = value.join('=');
    }
    await this.#change({ ...this.#state, cookies });
  }

  /** Forgets the access token; no refresh is tried before the next sign-in. */
  async end(): Promise<void> {
    this.#canRefresh = false;
    await this.#change({ ...this.#state, accessToken: null });
  }

  async #change(state: SessionState): Promise<void> {
    this.#state = state;
    await this.#storage?.save(state);
  }
}
