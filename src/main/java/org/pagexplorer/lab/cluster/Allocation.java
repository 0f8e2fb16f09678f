package org.pagexplorer.lab.cluster;

import java.util.Map;
import java.util.OptionalInt;
import org.pagexplorer.domain.Printable;

/** What Slurm gives to this process, by the variables that it sets for a job. */
public final class Allocation {
  private Allocation() {}

  /** Cores of this job's task; nothing outside of a job, where all of the machine's are meant. */
  public static OptionalInt cores() {
    return cores(System.getenv());
  }

  static OptionalInt cores(Map<String, String> environment) {
    if (!environment.containsKey("SLURM_JOB_ID")) {
      return OptionalInt.empty();
    }
    for (String name : new String[] {"SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE"}) {
      String value = environment.getOrDefault(name, "");
      if (value.matches("[1-9]\\d{0,5}")) {
        return OptionalInt.of(Integer.parseInt(value));
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Whether Slurm has begun this process as a task of an array, as it begins what this program
   * submits: within {@code salloc}, it was somebody.
   */
  public static boolean isTask() {
    return isTask(System.getenv());
  }

  static boolean isTask(Map<String, String> environment) {
    return environment.containsKey("SLURM_JOB_ID")
        && environment.containsKey("SLURM_ARRAY_TASK_ID");
  }

  /** The node and the job, for whoever looks from elsewhere; empty outside of a job. */
  public static String place() {
    return place(System.getenv());
  }

  static String place(Map<String, String> environment) {
    if (!environment.containsKey("SLURM_JOB_ID")) {
      return "";
    }
    return Printable.of(
        environment.getOrDefault("SLURMD_NODENAME", "?")
            + ", job "
            + environment.get("SLURM_JOB_ID"));
  }
}
