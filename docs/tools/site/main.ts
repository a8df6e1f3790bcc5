import { writeDocumentation } from './write-documentation.js';

// Next to the connectivity page, which is index.html: vite writes it there before.
writeDocumentation('demo-dist');
