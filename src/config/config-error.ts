/** What is wrong with a setting, or with a file of settings; the value is never part of it. */
export interface ConfigIssue {
  readonly name: string;
  readonly message: string;
}

/** Every issue of the environment at once; values are never part of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly issues: readonly ConfigIssue[]) {
    const lines = issues.map((issue) => `  ${issue.name} ${issue.message}`);
    super(
      `The service cannot start with this environment:\n${lines.join('\n')}\nSee .env.example for every setting.`,
    );
  }
}
