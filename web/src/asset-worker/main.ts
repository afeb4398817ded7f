/**
 * The whole script of the thread that has the bundle's files: tens of megabytes are fetched, checked,
 * kept and handed to the realms while the page's own thread is free for who reads and types.
 */
import type { AssetAnswer, AssetOrder, AssetPlaces } from "../shared/asset-orders";
import { Orders } from "./orders";

const orders = new Orders((answer, bytes = []) => postMessage(answer, { transfer: [...bytes] }));

addEventListener("message", ({ data }: MessageEvent<AssetPlaces | AssetOrder>) => {
  if (data.kind === "open") orders.open(data);
  else void orders.obey(data);
});

// Told to this thread alone, though the policy is the page's.
addEventListener("securitypolicyviolation", (event) => {
  const { disposition, effectiveDirective, originalPolicy, blockedURI } =
    event as SecurityPolicyViolationEvent;
  const violation = { disposition, effectiveDirective, originalPolicy, blockedURI };
  postMessage({ kind: "refused", violation } satisfies AssetAnswer);
});
