import { SourceMap, type SourceMapPayload } from 'node:module';
import { brotliCompressSync } from 'node:zlib';

/** A minified bundle, and its source map. */
export interface Bundle {
  readonly code: string;
  readonly map: string;
}

/** Kilobytes of brotli. */
export function brotliKb(code: string): number {
  return brotliCompressSync(code).length / 1000;
}

/**
 * Returns by how many kilobytes of brotli the bundle would be smaller without each group of its sources, the largest first. Together they
 * are less than the bundle, because code that resembles other code costs little.
 */
export function costs({ code, map }: Bundle, groupOf: (source: string) => string): [group: string, kB: number][] {
  const characters = code.split('');
  const groups = sourcesByCharacter(characters, map).map(groupOf);
  const total = brotliKb(code);
  return [...new Set(groups)]
    .map((group): [string, number] => [group, total - brotliKb(characters.filter((_, index) => groups[index] !== group).join(''))])
    .sort(([, one], [, other]) => other - one);
}

/** The source that each character of the bundle comes from. */
function sourcesByCharacter(characters: readonly string[], map: string): string[] {
  const sourceMap = new SourceMap(JSON.parse(map) as SourceMapPayload);
  let line = 0;
  let column = 0;
  return characters.map((character) => {
    const entry = sourceMap.findEntry(line, column);
    column = character === '\n' ? 0 : column + 1;
    line += character === '\n' ? 1 : 0;
    return 'originalSource' in entry ? entry.originalSource.replace(/^.*?(?=src\/|node_modules\/)/, '') : '';
  });
}
