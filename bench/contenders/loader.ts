import { loadRTCConfiguration } from '../../dist/index.js';

window.load = loadRTCConfiguration;
