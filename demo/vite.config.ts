import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Adds an empty `config.json`, because the browser logs an error if the file is missing. */
const emptyConfig: Plugin = {
  name: 'empty-config',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'config.json', source: '{}\n' });
  },
};

// With relative addresses, the build works from any folder on any web server.
export default defineConfig(({ mode }) => ({
  root,
  base: './',
  define: { __VERSION__: JSON.stringify(version) },
  plugins: mode === 'static' ? [emptyConfig] : [],
  build: {
    outDir: '../demo-dist',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    rolldownOptions: {
      // The live call needs a server that mints keys.
      input: (mode === 'static' ? ['index.html'] : ['index.html', 'call.html']).map((name) => root + name),
    },
  },
}));
