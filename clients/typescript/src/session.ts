/** The tokens of a session. Protect them like a password. */
export interface SessionState {
  readonly accessToken: string | null;
  /** Cookie values by name. Empty in browsers, which store the cookies and hide them from scripts. */
  readonly cookies: Readonly<Record<string, string>>;
}

/** A storage for the session outside the process, such as a file that only its user can read. */
export interface SessionStorage {
  load(): SessionState | null | Promise<SessionState | null>;
  save(state: SessionState): void | Promise<void>;
}

const emptyState: SessionState = { accessToken: null, cookies: {} };

/** The session of a client: its access token and, in Node, its cookies. */
export class Session {
  #state = emptyState;
  #loading: Promise<void> | undefined;
  // Becomes false when the service refuses a refresh, until the next sign-in.
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

  /** Loads the stored state, once. */
  load(): Promise<void> {
    this.#loading ??= (async () => {
      this.#state = (await this.#storage?.load()) ?? emptyState;
    })();
    return this.#loading;
  }

  /** The `Cookie` header, `name=value; …`; null without cookies. */
  get cookieHeader(): string | null {
    const pairs = Object.entries(this.#state.cookies).map(([name, value]) => `${name}=${value}`);
    return pairs.length === 0 ? null : pairs.join('; ');
  }

  /** Stores a new access token. */
  async signedIn(accessToken: string): Promise<void> {
    this.#canRefresh = true;
    await this.#change({ ...this.#state, accessToken });
  }

  /** Stores the cookies of a response. In a browser `headers` never contain cookies. */
  async storeCookies(headers: Headers): Promise<void> {
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

  /** Deletes the access token and disables refreshing until the next sign-in. */
  async end(): Promise<void> {
    this.#canRefresh = false;
    await this.#change({ ...this.#state, accessToken: null });
  }

  async #change(state: SessionState): Promise<void> {
    this.#state = state;
    await this.#storage?.save(state);
  }
}
