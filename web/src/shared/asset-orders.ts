/** What travels between the page and the thread that has the bundle's files. */
import type { Asset, AssetName } from "./assets";

/** First of all: where the files are. */
export interface AssetPlaces {
  readonly kind: "open";
  /** Their addresses are whole: a thread made of a text has no place of its own. */
  readonly assets: Readonly<Record<AssetName, Asset>>;
  /** The cache in which an earlier visit has kept them, if one has. */
  readonly kept: string | null;
}

/** What is wanted of files, of each as soon as it is here; answered by its number. */
export type AssetOrder = { readonly id: number; readonly names: readonly AssetName[] } & (
  | { readonly kind: "fetch" }
  | { readonly kind: "get" }
  /** Their bytes go to a realm, as messages of its driver's. */
  | { readonly kind: "deliver"; readonly port: MessagePort }
  /** Their bytes go into a cache, for visits without a network. */
  | { readonly kind: "keep"; readonly cache: string }
);

/** Why a file cannot be had. */
export interface AssetFailure {
  readonly name: AssetName;
  /** The last of what was wrong with its copies; a number is a server's status. */
  readonly why: "damaged" | "not-arrived" | number;
}

/** What a policy has refused, as browsers tell it. */
export type Violation = Readonly<
  Pick<
    SecurityPolicyViolationEvent,
    "disposition" | "effectiveDirective" | "originalPolicy" | "blockedURI"
  >
>;

export type AssetAnswer =
  /** So much of a file has arrived, as a share of one. */
  | { readonly kind: "arriving"; readonly name: AssetName; readonly share: number }
  /** Told to the thread alone, though it is the page's policy. */
  | { readonly kind: "refused"; readonly violation: Violation }
  /** All is done as it was ordered. The bytes are there where they were wanted. */
  | { readonly kind: "done"; readonly id: number; readonly files: readonly ArrayBuffer[] }
  /** It is not; `failure` is null where that is for another reason than a file. */
  | {
      readonly kind: "undone";
      readonly id: number;
      readonly failure: AssetFailure | null;
      readonly message: string;
    };
