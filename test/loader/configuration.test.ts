import { describe, expect, it } from 'vitest';
import { openTab, urlsOf, userOf } from '../support/loaders.js';
import { meteredBody } from '../support/endpoint.js';
import { flush, jumpClock, minuteMs, settle } from '../support/world.js';

describe('a loaded configuration', () => {
  it('contains rtcConfiguration, whose servers come last', async () => {
    const own = { urls: ['stun:own.example.com'] };
    const { loader } = openTab({ rtcConfiguration: { iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle', iceServers: [own] } });
    expect(await settle(loader.load())).toEqual({
      iceTransportPolicy: 'relay',
      bundlePolicy: 'max-bundle',
      iceServers: [...meteredBody(), own],
    });
  });

  it('C-62: is a new mutable copy each time', async () => {
    const own = { urls: ['stun:own.example.com'] };
    const { loader } = openTab({ rtcConfiguration: { iceServers: [own] } });
    const first = await settle(loader.load());
    const untouched = structuredClone(first);
    first.iceServers.push({ urls: 'stun:pushed.example.com' });
    first.iceServers[1]!.credential = 'changed';
    (first.iceServers.find(({ urls }) => Array.isArray(urls))!.urls as string[]).push('stun:pushed.example.com');
    delete (first.iceServers[0] as Partial<RTCIceServer>).urls;
    first.iceTransportPolicy = 'relay';
    expect(await settle(loader.load())).toEqual(untouched);
    const peeked = loader.peek()!;
    peeked.iceServers.length = 0;
    expect(loader.peek()).toEqual(untouched);
  });

  it('C-62: is not shared by two callers of the same request', async () => {
    const { loader } = openTab();
    const [one, two] = await settle(Promise.all([loader.load(), loader.load()]));
    one.iceServers[1]!.username = 'changed';
    expect(userOf(two)).toBe('user-1');
  });

  it('C-62: can be changed without changing the stored record', async () => {
    const { loader, anotherTab } = openTab();
    const configuration = await settle(loader.load());
    configuration.iceServers[1]!.username = 'changed';
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('does not change if the app changes its rtcConfiguration later', async () => {
    const rtcConfiguration: RTCConfiguration = { iceTransportPolicy: 'relay', iceServers: [{ urls: ['stun:own.example.com'] }] };
    const { loader } = openTab({ rtcConfiguration });
    rtcConfiguration.iceTransportPolicy = 'all';
    (rtcConfiguration.iceServers![0]!.urls as string[])[0] = 'stun:changed.example.com';
    const configuration = await settle(loader.load());
    expect(configuration.iceTransportPolicy).toBe('relay');
    expect(urlsOf(configuration)).toContain('stun:own.example.com');
  });

  it('contains the certificates by reference, in a new list', async () => {
    const certificate = { expires: 1 } as RTCCertificate;
    const certificates = [certificate];
    const { loader } = openTab({ rtcConfiguration: { certificates } });
    const first = await settle(loader.load());
    expect(first.certificates?.[0]).toBe(certificate);
    first.certificates!.pop();
    expect((await settle(loader.load())).certificates).toHaveLength(1);
  });

  it('C-27: is created at the end of the wait, so that it is valid then', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(59 * minuteMs);
    const waiting = loader.load();
    await settle(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(waiting))).toMatch(/user-[12]/);
    expect(userOf(loader.peek())).toBe('user-2');
  });
});
