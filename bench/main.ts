import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { barsTable } from './bars.js';
import { bundle, bundleFile } from './bundle.js';
import { drawChart } from './chart.js';
import { clickTable } from './click-table.js';
import { contendersTable } from './contenders-table.js';
import { requestsOf } from './figures/requests.js';
import { afterClick, coldLoad, firstRelay, mainThread, memoryHit, warmLoad } from './figures/times.js';
import type { Figures } from './figures.js';
import { writeToReadme } from './readme.js';
import { setStage } from './stage.js';

// Measures how many milliseconds the package puts between a page and a relay, beside what its users would write instead.

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false }, rounds: { type: 'string', default: '25' } } });
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new Error('Usage: npm run bench -- [--rounds COUNT] [--write]');

const scripts = new Map<string, string>();
for (const name of ['loader', 'snippet', 'by-hand', 'query', 'storage', 'memory']) scripts.set(name, await bundle(name));
const tagFile = readFileSync(new URL('../dist/ice-servers-loader.iife.js', import.meta.url), 'utf8');
scripts.set('script', `${tagFile}\nwindow.load = IceServers.loadRTCConfiguration;`);

const figures = await measure();
const result = `${contendersTable(figures)}\n\n${barsTable(figures)}`;
writeFileSync(new URL('results/bench.md', import.meta.url), `${result}\n`);
drawChart(figures);
const click = clickTable(figures);
console.log(`${result}\n\n${click}`);
if (values.write) {
  writeToReadme('bench', result);
  writeToReadme('click', click);
}

async function measure(): Promise<Figures> {
  await using stage = await setStage(scripts);
  const caching = ['script', 'loader', 'by-hand', 'query'];
  const all = [...caching, 'snippet', 'inlined'];
  const times = {
    memory: await memoryHit(stage, Math.ceil(rounds / 8)),
    warm: await warmLoad(stage, [...caching, 'inlined', 'storage'], rounds),
    cold: await coldLoad(stage, all, rounds),
    relay: await firstRelay(stage, all, rounds),
    click: await afterClick(stage, rounds),
    mainThread: await mainThread(stage, all, rounds, false),
    withScript: await mainThread(stage, all, rounds, true),
  };
  const requests: Record<string, string> = {};
  for (const name of all.filter((one) => one !== 'script')) {
    const { callers, tabs, reloads } = await requestsOf(stage, name);
    requests[name] = `${callers} / ${tabs} / ${reloads}`;
  }
  return { ...times, requests, kB: await sizes() };
}

async function sizes(): Promise<Figures['kB']> {
  const kB = (code: string): number => brotliCompressSync(code).length / 1000;
  const ownCode = await bundleFile(new URL('contenders/loader.ts', import.meta.url).pathname, ['ky', 'idb-keyval']);
  const bundled = ['loader', 'snippet', 'by-hand', 'query'].map((name) => [name, kB(scripts.get(name)!)] as const);
  return { ...Object.fromEntries(bundled), script: kB(tagFile), ownCode: kB(ownCode) };
}
