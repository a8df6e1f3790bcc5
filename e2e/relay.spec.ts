import { startStandIn } from '../demo/server/stand-in.js';
import { relayIn } from './support/relay.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

const transports = [
  { name: 'udp', url: /^turn:(?!.*tcp)/ },
  { name: 'tcp', url: /^turn:.*=tcp$/ },
  { name: 'tls', url: /^turns:/ },
];

for (const { name, url } of transports) {
  test(`data goes through the TURN server over ${name}, relayed at both ends`, async ({ modulePage, standIn, browserName }) => {
    if (name !== 'udp') needCoturn();
    test.skip(name === 'tls' && browserName === 'firefox', 'Firefox takes a TURN server’s own certificate only in a persistent context.');
    const relayed = await relayIn(modulePage, { endpoint: standIn.endpoint, apiKey: standIn.apiKey }, url, 10_000);
    expect(relayed).toEqual({ echo: 'there and back', local: 'relay', remote: 'relay', relayProtocol: name });
  });
}

test('without the TURN server there is no connection', async ({ modulePage }) => {
  const own = await startStandIn();
  try {
    const options = { endpoint: own.endpoint, apiKey: own.apiKey };
    expect((await relayIn(modulePage, options, /^turn:/, 10_000)).echo).toBe('there and back');
    await own.turn.stop();
    await expect(relayIn(modulePage, options, /^turn:/, 3000)).rejects.toThrow('no relayed connection');
  } finally {
    await own.stop();
  }
});
