import { deflateSync } from 'node:zlib';
import type { IceReport } from '../../src/element.js';
import { expect, test as base } from './static-page.js';

interface Fixtures {
  /** The address of the static build, which is set up for an endpoint of its own. No test of it needs a server. */
  readonly customerPage: string;
}

export const test = base.extend<Fixtures>({
  customerPage: async ({ page, staticPage }, use) => {
    await page.route('**/config.json', (route) => route.fulfill({ json: { endpoint: 'https://calls.example/ice', form: false } }));
    await use(staticPage);
  },
});

/** The fragment of a link to a report, as the page makes it. */
export function resultLink(report: IceReport): string {
  return `#result=${deflateSync(JSON.stringify(report)).toString('base64url')}`;
}

export { expect };
