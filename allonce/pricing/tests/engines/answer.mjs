// How every JavaScript home of the engine answers a batch: the value, or the name of the error.

export function answerAll(engine, calls) {
  return calls.map(([name, ...args]) => {
    try {
      return { value: engine[name](...args) };
    } catch (error) {
      return { error: error.constructor.name };
    }
  });
}
