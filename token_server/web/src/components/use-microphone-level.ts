import { useEffect, useState } from "react";

const FLOOR_DB = -60;

/** Level of a stream's sound from 0 (quiet) to 1 (loud), about 30 times a second. */
export function useMicrophoneLevel(stream: MediaStream | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!stream) return undefined;
    const context = new AudioContext();
    // Not awaited: without a user's gesture it stays suspended, and the promise never settles.
    void context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = window.setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      const decibels = power > 0 ? 10 * Math.log10(power) : FLOOR_DB;
      setLevel(Math.min(1, Math.max(0, (decibels - FLOOR_DB) / (-10 - FLOOR_DB))));
    }, 33);
    return () => {
      window.clearInterval(timer);
      void context.close();
      setLevel(0);
    };
  }, [stream]);
  return level;
}
