import { loadEnvironment } from '../../src/config/environment.ts';
import { readCommandLine } from '../../src/utils/command-line.ts';
import { createSandbox } from './sandbox.ts';
import { readSandboxSettings } from './settings.ts';

// The entry point of the payment sandbox, for development and tests only.

function main(): void {
  readCommandLine('Starts the payment sandbox. It takes no options: settings come from the environment.', {});
  const {
    SANDBOX_HOST: host,
    SANDBOX_PORT: port,
    SANDBOX_LEDGER_FILE: ledgerFile,
    SANDBOX_WEBHOOK_URL: url,
    PAYMENT_PROVIDER_KEY: key,
    PAYMENT_WEBHOOK_SECRET: secret,
  } = readSandboxSettings(loadEnvironment('production'));
  const sandbox = createSandbox({
    key,
    ledgerFile,
    ...(url !== undefined && secret !== undefined && { webhook: { url, secret } }),
  });
  const { server } = sandbox;
  server.on('error', ({ message }) => {
    process.stderr.write(`${message}\n`);
    process.exit(1);
  });
  server.listen(port, host, () => process.stdout.write(`Payment sandbox on http://${host}:${port}\n`));
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      sandbox.close();
      server.close();
      server.closeAllConnections();
    });
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
