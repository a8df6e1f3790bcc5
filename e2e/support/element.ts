import type { Locator, Page } from '@playwright/test';
import type { StandIn } from '../../demo/server/stand-in.js';
import type { IceConnectivityElement, IceReport } from '../../src/element.js';
import type { Site } from './site.js';

declare global {
  interface Window {
    /** The details of all `ice-report` events, in order. */
    reports: IceReport[];
  }
}

/** Opens a page that has the element by one script tag, and nothing else. The page hears of every report. */
export async function openElement(page: Page, site: Site, element: string, attributes = 'lang="en"'): Promise<Locator> {
  const html = `<!doctype html><html ${attributes}><title>element</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>window.reports = []; addEventListener('ice-report', ({ detail }) => window.reports.push(detail));</script>
<script type="module" src="/dist/element.js"></script>
<body>${element}</body></html>`;
  await page.goto(site.page('/element', html));
  await page.waitForFunction(() => customElements.get('ice-connectivity'));
  return page.locator('ice-connectivity');
}

/** Presses the button that starts a test, and returns the report of the run that this has started. */
export async function runElement(
  element: Locator,
  press = (): Promise<void> => element.getByRole('button').first().click(),
): Promise<IceReport> {
  const next = await element.evaluateHandle((node) => {
    const own = node as IceConnectivityElement;
    // A promise by itself would be waited for.
    return {
      report: new Promise<IceReport>((resolve) => own.addEventListener('ice-report', ({ detail }) => resolve(detail), { once: true })),
    };
  });
  await press();
  return next.evaluate(({ report }) => report);
}

/** Returns the report of the run that goes on, or of a new one, which no button starts. */
export function reportOf(element: Locator): Promise<IceReport> {
  return element.evaluate((node) => (node as IceConnectivityElement).run());
}

/** The HTML of an element of the stand-in. */
export function elementOf({ endpoint, apiKey }: { readonly endpoint: string; readonly apiKey: string }, more = ''): string {
  return `<ice-connectivity endpoint="${endpoint}" api-key="${apiKey}" ${more}></ice-connectivity>`;
}

/** Where the stand-in simulates a problem, with its key. Without a name, there is none. */
export function scenarioOf({ endpoint, scenarios, apiKey }: StandIn, name: string): { readonly endpoint: string; readonly apiKey: string } {
  return { endpoint: name ? `${scenarios}/${name}` : endpoint, apiKey };
}

/** The card with the answer. */
export function answerIn(element: Locator): Locator {
  return element.getByRole('region', { name: 'Connection test' });
}
