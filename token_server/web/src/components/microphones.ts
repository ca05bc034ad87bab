// Which microphone: what the browser offers, what the person chose, and why one couldn't be had.
import { texts } from "../texts";

const CHOICE_KEY = "microphone-device-id";

export function chosenMicrophone(): string | undefined {
  try {
    return localStorage.getItem(CHOICE_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberMicrophone(deviceId: string): void {
  try {
    localStorage.setItem(CHOICE_KEY, deviceId);
  } catch {
    // Storage can be switched off; the browser's default microphone is used then.
  }
}

export async function openMicrophone(deviceId: string | undefined): Promise<MediaStream> {
  // Absent on insecure pages, whatever the type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new DOMException("no media devices", "SecurityError");
  return devices.getUserMedia({
    audio: { deviceId: deviceId ? { ideal: deviceId } : undefined, echoCancellation: true, noiseSuppression: true },
  });
}

export const closeMicrophone = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop());

export async function listMicrophones(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === "audioinput" && device.deviceId !== "");
}

type Problem = keyof typeof texts.prepare.micProblems;
const PROBLEM_OF_ERROR: Record<string, Problem> = {
  NotAllowedError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  SecurityError: "insecure",
};

export function microphoneProblem(error: unknown): string {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  return texts.prepare.micProblems[PROBLEM_OF_ERROR[name] ?? "other"];
}
