import type { Connection } from "./types";

/**
 * Connections that came with something new, until its room takes them. In memory only: a participant token is a
 * credential, and a reload asks for a new one.
 */
export class WaitingConnections {
  readonly #byId = new Map<string, Connection>();

  keep(id: string, connection: Connection): void {
    this.#byId.set(id, connection);
  }

  /** Once, and only while it still lets somebody in. */
  take(id: string): Connection | undefined {
    const waiting = this.#byId.get(id);
    this.#byId.delete(id);
    return waiting && Date.parse(waiting.expires_at) > Date.now() ? waiting : undefined;
  }
}
