import { buildTestApp, type TestApp } from './app.ts';

/**
 * Runs `use` with a service of its own. Closes the service afterwards, even if `use` fails, because an open service
 * would keep Jest running.
 */
export async function withTestApp<T>(
  options: Parameters<typeof buildTestApp>[0],
  use: (app: TestApp) => Promise<T>,
): Promise<T> {
  const app = await buildTestApp(options);
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}
