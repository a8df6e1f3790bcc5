import { existsSync } from 'node:fs';
import { startDemoService } from './demo-service.js';
import { startPageServer } from './page-server.js';

const stops: (() => Promise<void>)[] = [];

async function main(): Promise<void> {
  if (!existsSync(new URL('../../dist/index.js', import.meta.url))) {
    throw new Error('The package is not built yet. Run "npm run build" first.');
  }
  const service = await startDemoService(process.env);
  stops.push(() => service.stop());
  const page = await startPageServer(service);
  stops.push(() => page.stop());
  if (service.advice) console.log(service.advice);
  console.log(`Open ${page.origin}/ and press "Test my connection". Ctrl-C ends the demo.`);
}

async function end(exitCode: number): Promise<never> {
  await Promise.allSettled(stops.splice(0).map((stop) => stop()));
  process.exit(exitCode);
}

// `once` does not work here: if a signal has no permanent listener, execa assumes that the signal ends the process at once.
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return end(1);
});
