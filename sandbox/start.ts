import { z } from 'zod';

/** `npm start`: the sandbox on this machine, until it is interrupted. */
async function main(): Promise<void> {
  const { data: settings, error } = Environment.safeParse(process.env);
  if (error) throw new StartError(z.prettifyError(error));
  const secrets = realCredentials(process.env);
  if (secrets.length > 0 && process.env['SANDBOX_ALLOW_CREDENTIALS'] !== '1') {
    const names = secrets.join(', ');
    throw new StartError(
      `Real credentials are in the environment: ${names}. The sandbox needs none. Unset them, or set SANDBOX_ALLOW_CREDENTIALS=1 to start all the same.`,
    );
  }
  const { startSandbox } = await import('./sandbox.ts');
  const sandbox = await startSandbox({
    port: settings.PORT,
    awsPort: settings.AWS_PORT,
    signingSecret: settings.SLACK_SIGNING_SECRET,
    onWarning: ({ functionName, line }) => console.error(`${functionName}: ${line}`),
  });
  console.log(`Quartermaster sandbox: ${sandbox.url}/ (simulated AWS: ${sandbox.awsUrl})`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

class StartError extends Error {}

const Port = z.coerce.number().int().min(0).max(65_535);
const Environment = z.object({
  PORT: Port.default(3000),
  AWS_PORT: Port.default(4566),
  SLACK_SIGNING_SECRET: z.string().min(1).default('sandbox-signing-secret'),
});

/** The variables that hold what only a real AWS or Slack hands out; made-up keys are left alone. */
function realCredentials(environment: Readonly<Record<string, string | undefined>>): string[] {
  const shapes: Readonly<Record<string, RegExp>> = {
    AWS_ACCESS_KEY_ID: /^A[KS]IA/,
    AWS_SECRET_ACCESS_KEY: /^[A-Za-z0-9/+]{40}$/,
    AWS_SESSION_TOKEN: /^.{100,}$/,
    AWS_BEARER_TOKEN_BEDROCK: /./,
    SLACK_BOT_TOKEN: /^xox(?!b-sandbox-token$)/,
    SLACK_APP_TOKEN: /^xapp-/,
  };
  return Object.entries(shapes)
    .filter(([name, shape]) => shape.test(environment[name] ?? ''))
    .map(([name]) => name);
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken. Stop what uses it, or choose others with PORT and AWS_PORT.`;
  }
  return error.stack ?? error.message;
}

try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
