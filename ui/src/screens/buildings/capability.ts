import type { Capability } from "../../core/bindings/Capability";
import type { CapabilityState } from "../../core/bindings/CapabilityState";
import type { ServerView } from "../../core/bindings/ServerView";

/** Whether a server turned out to answer a call. */
export function capability(server: ServerView, name: Capability): CapabilityState {
  return server.capabilities.find((each) => each.capability === name)?.state ?? "unknown";
}
