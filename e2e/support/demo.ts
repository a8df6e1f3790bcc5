import { execa } from 'execa';

export interface Demo {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/** Starts the demo as its command does, with the stand-in behind it. */
export const startDemo = async (): Promise<Demo> => {
  const running = execa('node', ['--import', 'tsx', 'demo/server/main.ts'], {
    env: { METERED_APP_NAME: '', METERED_API_KEY: '', METERED_SECRET_KEY: '' },
    reject: false,
  });
  const stop = async (): Promise<void> => {
    running.kill('SIGTERM');
    await running;
  };
  const origin = await new Promise<string>((resolve, reject) => {
    running.stdout.on('data', (text: Buffer) => {
      const found = /http:\/\/[\w.:]+/.exec(String(text))?.[0];
      if (found) resolve(found);
    });
    void running.then(({ stderr }) => reject(new Error(`The demo ended as it started: ${stderr}`)));
  });
  return { origin, stop };
};
