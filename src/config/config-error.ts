/** A problem with a setting or an environment file. Never contains the value. */
export interface ConfigIssue {
  readonly name: string;
  readonly message: string;
}

/** Thrown with every problem of the environment. Never contains values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly issues: readonly ConfigIssue[]) {
    const lines = issues.map((issue) => `  ${issue.name} ${issue.message}`);
    super(
      `The service cannot start with this environment:\n${lines.join('\n')}\nSee .env.example for every setting.`,
    );
  }
}
