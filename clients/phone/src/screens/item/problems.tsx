import { problemMessage } from "../../pricing/engine.ts";
import type { Line } from "../../pricing/format.ts";
import { t } from "../../i18n/t.ts";
import { Note } from "../../ui/parts.tsx";

/** What is not right yet with a size or a choice, in the engine's own sentences; what is merely untouched keeps quiet. */
export function Problems({ line }: { line: Line | null }) {
  const told = line?.problems.filter((problem) => !isUntouched(line, problem.field)) ?? [];
  if (!told.length) return null;
  return (
    <div class="stack tight" aria-label={t("item.problems")}>
      {told.map((problem, at) => (
        <Note key={at} tone={problem.severity === "error" ? "bad" : "warn"}>{problemMessage(problem)}</Note>
      ))}
    </div>
  );
}

function isUntouched(line: Line, field: string): boolean {
  if (field === "width" || field === "drop") return line[field] === 0;
  return (field === "range" || field === "colour") && line[field] === "";
}
