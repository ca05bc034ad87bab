/**
 * Records a stream for some time and returns what plays it. The sound never leaves this page: it isn't stored, and there
 * is no address under which it could be fetched.
 *
 * Throws a DOMException where the browser can't record or play it, or when `signal` is aborted.
 */
export async function recordShortly(stream: MediaStream, lengthMs: number, signal: AbortSignal): Promise<() => Promise<void>> {
  // Absent in old browsers, whatever the type says.
  if (!("MediaRecorder" in window)) throw new DOMException("no recorder", "NotSupportedError");
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
  recorder.start();
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  const timer = window.setTimeout(stop, lengthMs);
  signal.addEventListener("abort", stop, { once: true });
  await stopped;
  window.clearTimeout(timer);
  signal.throwIfAborted();

  const context = new AudioContext();
  signal.addEventListener("abort", () => void context.close(), { once: true });
  const sound = await context.decodeAudioData(await new Blob(parts).arrayBuffer());
  signal.throwIfAborted();
  return async () => {
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    source.connect(context.destination);
    const ended = new Promise((resolve) => source.addEventListener("ended", resolve, { once: true }));
    source.start();
    await ended;
    signal.throwIfAborted();
    await context.close();
  };
}
