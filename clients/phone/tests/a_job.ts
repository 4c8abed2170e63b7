import { newJob } from "../src/jobs/create.ts";
import type { Job } from "../src/jobs/model.ts";

/** A fresh job of 21 Nov 2026. */
export function job(): Job {
  return newJob({
    number: "JB-K7-00001", catalogueVersion: 7, validityDays: 30, now: new Date(2026, 10, 21, 15, 40),
    firstRoom: "Living room", firstProposal: "As measured", surveyor: "Jo Bell",
  });
}
