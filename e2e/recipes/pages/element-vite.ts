import { testConnection } from '../element/vite.js';

const place = document.querySelector('main')!;
const { outcome } = await testConnection(place);
document.title = outcome;
window.unmount = () => place.replaceChildren();
