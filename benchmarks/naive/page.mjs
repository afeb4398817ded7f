// What most pages do: a worker that loads Pyodide and NumPy, started on first paint.
let worker;

function boot() {
  worker = new Worker("worker.mjs", { type: "module" });
  return next("ready");
}

function next(kind) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.kind === kind ? resolve(data) : reject(Error(data.kind)));
    worker.onerror = (event) => reject(Error(event.message));
  });
}

async function start() {
  await boot();
  performance.mark("exercise:candidate");
  performance.mark("exercise:ready");
}

/** Milliseconds from the request to the verdict, once it has been drawn. */
async function run(source) {
  const began = performance.now();
  worker.postMessage({ kind: "run", source });
  const { passed } = await next("verdict");
  if (!passed) throw Error("the reference failed");
  return show("passed", began);
}

/** Milliseconds from the request to a value, once it has been drawn. */
async function evaluate(code) {
  const began = performance.now();
  worker.postMessage({ kind: "evaluate", code });
  return show((await next("value")).value, began);
}

async function show(text, began) {
  document.querySelector("#verdict").textContent = text;
  await new Promise((resolve) => {
    const drawn = new MessageChannel();
    drawn.port1.onmessage = resolve;
    requestAnimationFrame(() => drawn.port2.postMessage(0));
  });
  return performance.now() - began;
}

/** Milliseconds from a learner's stop to a Python that can run again. */
async function stop() {
  const began = performance.now();
  worker.terminate();
  await boot();
  return performance.now() - began;
}

async function loadPytest() {
  worker.postMessage({ kind: "load-pytest" });
  await next("loaded");
  return true;
}

Object.assign(globalThis, { run, stop, loadPytest, evaluate });
requestAnimationFrame(() => requestAnimationFrame(start));
