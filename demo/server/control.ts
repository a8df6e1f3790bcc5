import { Hono } from 'hono';
import { parseFault } from './fault.js';
import type { Faults } from './faults.js';
import type { RequestLog } from './request-log.js';

/** Routes next to those of the API: which fault to simulate, and which requests were made. No other origin may read them. */
export function createControl(faults: Faults, requests: RequestLog): Hono {
  const control = new Hono();

  control.get('/faults', (context) => context.json(faults.current ?? null));

  control.put('/faults', async (context) => {
    try {
      faults.set(parseFault(await context.req.json<unknown>()));
      return context.body(null, 204);
    } catch (error) {
      return context.json({ message: error instanceof Error ? error.message : 'Not a fault.' }, 400);
    }
  });

  control.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });

  control.get('/requests', (context) => context.json(requests.records));

  control.delete('/requests', (context) => {
    requests.clear();
    return context.body(null, 204);
  });

  return control;
}
