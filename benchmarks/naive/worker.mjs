import { loadPyodide } from "./pyodide/pyodide.mjs";

const packages = new URL("pyodide/", import.meta.url).href;

const RUN = `
import contextlib, importlib, io, sys

def run(source):
    with open("/exercise/solution.py", "w") as file:
        file.write(source)
    for name in ("solution", "expected", "conftest", "test_label_smoothing_loss"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()
    import pytest
    with contextlib.redirect_stdout(io.StringIO()):
        return pytest.main(["/exercise/hidden_tests"]) == 0

run
`;

let pyodide;
let run;

async function loadPytest() {
  const { wheels, tests } = await (await fetch("files.json")).json();
  const site = pyodide.runPython("import site; site.getsitepackages()[0]");
  for (const name of wheels) {
    const wheel = await (await fetch(`wheels/${name}`)).arrayBuffer();
    pyodide.unpackArchive(new Uint8Array(wheel), "wheel", { extractDir: site });
  }
  pyodide.FS.mkdirTree("/exercise/hidden_tests");
  for (const [name, text] of Object.entries(tests)) {
    pyodide.FS.writeFile(`/exercise/hidden_tests/${name}`, text);
  }
  run = pyodide.runPython(RUN);
}

self.onmessage = async ({ data }) => {
  if (data.kind === "load-pytest") {
    await loadPytest();
    postMessage({ kind: "loaded" });
  } else if (data.kind === "evaluate") {
    postMessage({ kind: "value", value: String(pyodide.runPython(data.code)) });
  } else {
    postMessage({ kind: "verdict", passed: run(data.source) });
  }
};

pyodide = await loadPyodide({ packageBaseUrl: packages });
await pyodide.loadPackage("numpy");
pyodide.runPython("import numpy");
postMessage({ kind: "ready" });
