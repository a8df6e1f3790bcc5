import { Server } from 'node:net';

// For a program that has an option for its port and none for its address: no server of a test is for others.
const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(port) {
  return listen.call(this, { port, host: '127.0.0.1' });
};
