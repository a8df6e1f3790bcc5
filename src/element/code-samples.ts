import type { ShownSource } from './option-source.js';
import { markOf } from './simulated-mark.js';
import type { StringKey } from './strings.js';

export interface CodeSample {
  readonly title: StringKey;
  readonly code: string;
}

type SampleSource = Omit<ShownSource, 'isSet'>;

const keyPlaceholder = 'YOUR_API_KEY';

/**
 * Returns code that does what this element does, with the app and the region at hand. The key is left out.
 *
 * @param simulated what the page simulates: the code is then not for use
 */
export function codeSamples(source: SampleSource, simulated = ''): CodeSample[] {
  return samplesOf(source).map(({ title, code }) => ({ title, code: markSimulated(code, simulated) }));
}

function markSimulated(code: string, simulated: string): string {
  if (!simulated) return code;
  const words = markOf(simulated);
  return `${code.startsWith('<') ? `<!-- ${words} -->` : `// ${words}`}\n${code}`;
}

function samplesOf(source: SampleSource): CodeSample[] {
  const pairs = optionPairs(source);
  const options = `{ ${pairs.map(([name, value]) => `${name}: '${value}'`).join(', ')} }`;
  const attributes = (prefix: string): string => pairs.map(([name, value]) => ` ${prefix}${dashed(name)}="${value}"`).join('');
  return [
    {
      title: 'code.module',
      code: [
        "import { loadRTCConfiguration } from 'ice-servers-loader';",
        '',
        `const options = ${options};`,
        'const pc = new RTCPeerConnection(await loadRTCConfiguration(options));',
      ].join('\n'),
    },
    {
      title: 'code.keep-fresh',
      code: ["import { keepFresh } from 'ice-servers-loader';", '', 'const stop = keepFresh(pc, options);'].join('\n'),
    },
    {
      title: 'code.script',
      code: [
        `<script src="ice-servers-loader.iife.js"${attributes('data-')}></script>`,
        '<script type="module">',
        '  const pc = new RTCPeerConnection(await IceServers.ready);',
        '</script>',
      ].join('\n'),
    },
    {
      title: 'code.element',
      code: `<script type="module" src="element.js"></script>\n<ice-connectivity${attributes('')}></ice-connectivity>`,
    },
  ];
}

function optionPairs({ appName, endpoint, region }: SampleSource): [name: string, value: string][] {
  return [
    ...(endpoint ? [['endpoint', endpoint] as [string, string]] : [['appName', appName ?? 'YOUR_APP'] as [string, string]]),
    ['apiKey', keyPlaceholder],
    ...(region ? [['region', region] as [string, string]] : []),
  ];
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
