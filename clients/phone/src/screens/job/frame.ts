import type { ComponentChildren } from "preact";
import type { Job } from "../../jobs/model.ts";

/** What the three tabs of a job share: title, tabs, menu. */
export interface TabProps {
  job: Job;
  frame: {
    title: string;
    subtitle: string;
    tabs: ComponentChildren;
    back: () => void;
    actions: ComponentChildren;
  };
}
