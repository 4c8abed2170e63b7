// `node micropython.mjs ENGINE.py`: a line of calls in, a line of answers out, priced by MicroPython.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript";

const ANSWER = `
import json, gc
gc.threshold(1 << 20)

def answer_all(text):
    answers = []
    for call in json.loads(text):
        try:
            answers.append({"value": globals()[call[0]](*call[1:])})
        except Exception as error:
            answers.append({"error": type(error).__name__})
    return json.dumps(answers)
`;

// Numbers cross the border as 32 bits, so only text crosses it.
const python = await loadMicroPython({ heapsize: 64 * 1024 * 1024, pystack: 128 * 1024 });
python.runPython(readFileSync(process.argv[2], "utf8"));
python.runPython(ANSWER);
for await (const line of createInterface({ input: process.stdin })) {
  python.globals.set("request", line);
  python.runPython("response = answer_all(request)");
  process.stdout.write(python.globals.get("response") + "\n");
}
