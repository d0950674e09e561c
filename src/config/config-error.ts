/** A problem with a setting or an environment file. The problem never contains the value. */
export interface ConfigIssue {
  readonly name: string;
  readonly message: string;
}

/** Thrown for an invalid environment. Lists every problem, but never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly issues: readonly ConfigIssue[]) {
    const lines = issues.map((issue) => `  ${issue.name} ${issue.message}`);
    super(
      `The service cannot start with this environment:\n${lines.join('\n')}\nSee .env.example for every setting.`,
    );
  }
}
