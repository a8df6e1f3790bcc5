import { createApp, h } from 'vue';
import Call from '../Call.vue';
import { joinFar, joinNear } from './signaling.js';

const app = createApp(() => [h(Call, { join: joinNear, isCaller: true }), h(Call, { join: joinFar, isCaller: false })]);
app.mount('main');
window.unmount = () => app.unmount();
