/**
 * Keeps one whole build for visits without a network. It is installed only when every file of its
 * build is there; a page of another build gets nothing from it, for names carry the hash of what
 * they name. A build without files takes it away again.
 */
/// <reference lib="webworker" />
import { OFFLINE_COPY_HEADER } from "../shared/assets";
import { cacheFamily, forgetCaches } from "../shared/offline-caches";

declare const __OFFLINE__: {
  readonly slug: string;
  readonly build: string;
  readonly files: readonly string[];
};

const worker = self as unknown as ServiceWorkerGlobalScope;
const { slug, build, files } = __OFFLINE__;
const FOLDER = worker.registration.scope;
const cacheName = cacheFamily(slug, FOLDER) + build;
const PAGE = "./";

/** How long the network has to show a newer page before the kept one is shown. */
const NEWER_PAGE_MS = 3000;

async function keepBuild(): Promise<void> {
  if (files.length === 0) return worker.skipWaiting();
  const cache = await caches.open(cacheName);
  const keep = async (name: string): Promise<void> => {
    const isKept = name !== PAGE && (await cache.match(address(name))) !== undefined;
    if (!isKept) await cache.put(address(name), await fetchWhole(name));
  };
  await Promise.all([PAGE, ...files].map(keep));
}

async function fetchWhole(name: string): Promise<Response> {
  const response = await fetch(address(name), { cache: name === PAGE ? "no-cache" : "default" });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  // Without the encoding's header, which the body no longer has, and fit to answer a navigation.
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  return new Response(response.body, {
    headers: { "Content-Type": type, [OFFLINE_COPY_HEADER]: "whole" },
  });
}

/** Older builds of this exercise at this place go once this one is in charge. */
async function forgetOthers(): Promise<void> {
  await forgetCaches(slug, FOLDER, files.length === 0 ? null : cacheName);
  if (files.length === 0) await worker.registration.unregister();
}

function address(name: string): string {
  return new URL(name, FOLDER).href;
}

/** The newest page there is: from the network if it answers in time, else the kept one. */
async function answerPage(request: Request): Promise<Response> {
  const kept = await (await caches.open(cacheName)).match(address(PAGE));
  if (kept === undefined) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), NEWER_PAGE_MS));
  const newer = fetch(request).then((response) => (response.ok ? response : kept));
  return Promise.race([newer.catch(() => kept), late]);
}

async function answerFile(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  // The page asks past all caches when a copy is damaged: then it must not stay here either.
  if (request.cache === "reload") await cache.delete(request.url);
  return (await cache.match(request.url)) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(keepBuild()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const plain = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || files.length === 0) return;
  if (request.mode === "navigate") {
    if (plain === address(PAGE) || plain === address("index.html")) {
      event.respondWith(answerPage(request));
    }
  } else if (files.some((name) => address(name) === request.url)) {
    event.respondWith(answerFile(request));
  }
});
