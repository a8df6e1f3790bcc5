import { testSources } from './support/source-table.js';

testSources();
