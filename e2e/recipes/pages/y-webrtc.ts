import { Doc } from 'yjs';
import { share } from '../y-webrtc.js';

const doc = new Doc();
window.text = doc.getText('text');

window.share = async (port) => {
  await share(doc, 'room', [`ws://127.0.0.1:${port}`]);
};
