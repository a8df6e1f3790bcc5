import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { execa } from 'execa';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStandIn, type StandIn } from '../../demo/server/stand-in.js';
import { checkMint } from './mint.js';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ kind: 'node-turn' });
});
beforeEach(() => {
  standIn.faults.clear();
  standIn.requests.clear();
});
afterAll(() => standIn.stop());

const differing = async (account: { endpoint: string; secretKey: string }): Promise<string[]> =>
  (await checkMint(account)).filter(({ verdict }) => verdict === 'differs').map(({ about }) => about);

describe('the live check of minting', () => {
  it('finds the stand-in as the documentation says', async () => {
    expect(await differing(standIn)).toEqual([]);
  });

  it('tells what a disabled and a deleted key get', async () => {
    const findings = await checkMint(standIn);
    expect(findings).toContainEqual(expect.objectContaining({ about: 'a disabled key: status', found: '401', verdict: 'told' }));
    expect(findings).toContainEqual(expect.objectContaining({ about: 'a deleted key: status', found: '401', verdict: 'told' }));
  });

  it('leaves no credential behind', async () => {
    const before = standIn.credentials.list();
    await checkMint(standIn);
    expect(standIn.credentials.list()).toEqual(before);
  });

  it('leaves none behind if Get Credential does not answer', async () => {
    const before = standIn.credentials.list();
    standIn.faults.set({ disconnect: true });
    await expect(checkMint(standIn)).rejects.toThrow('fetch failed');
    expect(standIn.credentials.list()).toEqual(before);
  });

  it('says what differs if the Secret Key is wrong, and asks for nothing of the credential that it has not got', async () => {
    const wrong = { endpoint: standIn.endpoint, secretKey: 'w'.repeat(48) };
    expect(await differing(wrong)).toEqual(expect.arrayContaining(['create: status', 'create: body', 'create: the life']));
    expect(standIn.requests.count({ method: 'DELETE' })).toBe(0);
  });

  it('says what differs if the key brings other servers', async () => {
    standIn.faults.set({ body: { text: '[{"urls":"turn:a.example","username":"u","credential":"c"}]' } });
    expect(await differing(standIn)).toEqual(["the minted key: the servers' pair"]);
  });

  it('deletes what was created with a life of 0, which should have been refused', async () => {
    const deleted: string[] = [];
    const app = new Hono()
      .post('/api/v1/turn/credential', async (context) => {
        const { expiryInSeconds } = await context.req.json<{ expiryInSeconds: number }>();
        return context.json({ username: `life ${expiryInSeconds}` });
      })
      .delete('/api/v1/turn/credential', async (context) => {
        const { username } = await context.req.json<{ username: string }>();
        deleted.push(username);
        return context.json({});
      });
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
    if (!server.listening) await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await checkMint({ endpoint: `http://127.0.0.1:${port}/api/v1/turn/credentials`, secretKey: 's'.repeat(48) });
    server.close();
    expect(deleted).toEqual(['life 600', 'life 0']);
  });
});

describe('npm run test:live with the Secret Key alone', () => {
  const live = (env: Record<string, string>) =>
    execa('node', ['--import', 'tsx', 'test/live/main.ts'], {
      env: { METERED_APP_NAME: '', METERED_API_KEY: '', METERED_SECRET_KEY: '', METERED_ENDPOINT: standIn.endpoint, ...env },
      reject: false,
      all: true,
    });

  it('checks minting, and ends well', async () => {
    const { exitCode, all } = await live({ METERED_SECRET_KEY: standIn.secretKey });
    expect(all).toContain('as documented create: status: 200');
    expect(exitCode).toBe(0);
  });

  it('prints no secret', async () => {
    const secrets: string[] = [standIn.secretKey];
    const { create } = standIn.credentials;
    standIn.credentials.create = async (...given) => {
      const credential = await create.apply(standIn.credentials, given);
      secrets.push(credential.username, credential.password, credential.apiKey);
      return credential;
    };
    const { all } = await live({ METERED_SECRET_KEY: standIn.secretKey });
    standIn.credentials.create = create;
    expect(secrets).toHaveLength(4);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  it('fails and prints no secret if that is wrong', async () => {
    const secret = 'w'.repeat(48);
    const { exitCode, all } = await live({ METERED_SECRET_KEY: secret });
    expect(exitCode).toBe(1);
    expect(all).not.toContain(secret);
  });

  it('fails and prints no secret if nothing answers', async () => {
    const { exitCode, all } = await live({ METERED_SECRET_KEY: standIn.secretKey, METERED_ENDPOINT: 'http://127.0.0.1:9/x' });
    expect(exitCode).toBe(1);
    expect(all).not.toContain(standIn.secretKey);
  });
});
