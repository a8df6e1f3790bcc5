import { writeFileSync } from 'node:fs';
import { apiPage } from './api-page.js';

writeFileSync('docs/api.md', apiPage());
