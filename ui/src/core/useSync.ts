import { listSyncs } from "./bindings/commands";
import type { SyncView } from "./bindings/SyncView";
import { useRead } from "./useRead";

/** How the filling of a server's memory is doing; null while that is not known. */
export function useSync(server: string | null): SyncView | null {
  const { data } = useRead(listSyncs, null);
  return data?.servers.find((each) => each.server === server) ?? null;
}
