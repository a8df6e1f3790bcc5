declare module 'freeice' {
  const freeice: () => RTCIceServer[];
  export default freeice;
}
