import { buildTestApp, type TestApp } from './app.ts';

/** Runs `use` with its own service and closes it afterward, also on failure: an open service keeps Jest running. */
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
