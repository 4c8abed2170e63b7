/** Job files that the phone's own file list hands to the app. */
import { takeJobFile, CannotOpen } from "../media/job_file.ts";
import { t } from "../i18n/t.ts";
import { say } from "../ui/toast.tsx";
import { go } from "./router.ts";

interface LaunchQueue {
  setConsumer(consumer: (launch: { files: { getFile(): Promise<File> }[] }) => void): void;
}

export function receiveLaunchedFiles(): void {
  const queue = (window as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer((launch) => launch.files.forEach((file) => void file.getFile().then(openFile)));
}

/** Opens a job file and shows the job, or says why not. */
export async function openFile(file: Blob): Promise<void> {
  try {
    go("job", await takeJobFile(file));
  } catch (error) {
    say(t(`open.${error instanceof CannotOpen ? error.fault : "damaged"}`));
  }
}
