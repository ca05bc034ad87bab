// Stands in for the microphone of a headless browser: silence, until the test plays a clip into it.
(() => {
  let context, destination;
  const microphone = () => {
    if (!context) {
      context = new AudioContext({ sampleRate: 48000 });
      destination = context.createMediaStreamDestination();
      // A stream without a source sends nothing at all; a microphone sends silence.
      const silence = context.createConstantSource();
      silence.offset.value = 0;
      silence.connect(destination);
      silence.start();
      void context.resume();
    }
    return destination.stream.clone();
  };
  const taken = new Set();
  let isThere = true;
  navigator.mediaDevices.getUserMedia = async () => {
    if (!isThere) throw new DOMException("no microphone", "NotFoundError");
    const stream = microphone();
    stream.getTracks().forEach((track) => taken.add(track));
    return stream;
  };
  // As when a headset is unplugged: the tracks end by themselves, and there is no microphone until one is plugged in.
  window.__pullOut = () => {
    isThere = false;
    for (const track of taken) {
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }
    taken.clear();
  };
  window.__plugIn = () => {
    isThere = true;
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  };
  window.__say = async (base64) => {
    microphone();
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer);
    source.connect(destination);
    await new Promise((resolve) => {
      source.onended = resolve;
      source.start();
    });
  };
})();
