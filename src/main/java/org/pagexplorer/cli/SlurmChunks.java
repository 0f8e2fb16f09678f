package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.cluster.ClusterRuns;
import org.pagexplorer.lab.cluster.SharedFolders;
import org.pagexplorer.lab.cluster.Slurm;
import org.pagexplorer.lab.cluster.SlurmSettings;
import org.pagexplorer.lab.cluster.Submission;

/** A measurement in chunks that Slurm is to do, as a job array, and a job that merges them. */
final class SlurmChunks {
  private SlurmChunks() {}

  /**
   * Submits it.
   *
   * @param check that its files open, which a job would find only in the queue's time
   */
  static int run(
      ClusterOptions cluster, ChunkOptions chunks, ReportOptions report, Runnable check) {
    Path given = chunks.folder;
    Integer count = chunks.chunks;
    if (count == null || given == null) {
      throw report.wrong("--on slurm needs --chunks N and a shared folder for them, --run-dir DIR");
    }
    if (chunks.chunk != null) {
      throw report.wrong("--on slurm gives each job its --chunk: omit it");
    }
    Path folder = given.toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    check.run();
    SlurmSettings settings = cluster.settings();
    List<String> words = ClusterOptions.onItsDevice(settings, words(cluster, report));
    Submission submission = new Submission(folder, settings, Slurm.ofPath());
    if (cluster.print) {
      var out = report.spec.commandLine().getOut();
      out.print(submission.chunks(here, words, count));
      out.print(submission.merging(here, words, count));
      out.flush();
      return 0;
    }
    if (!Slurm.ofPath().isThere()) {
      throw new UserException("Slurm was not found: run this where sbatch is installed.");
    }
    Path around = Objects.requireNonNullElse(folder.getParent(), folder);
    String name = String.valueOf(folder.getFileName());
    if (new ClusterRuns(around, false).queued(Set.of(name)).containsKey(name)) {
      throw new UserException(
          "The evaluation in %s is already in Slurm's queue: pag runs --stop %s ends it."
              .formatted(folder, folder));
    }
    List<Long> jobs = submission.submitChunks(here, words, count);
    SharedFolders.ofUser().offer(around).ifPresent(report::line);
    report.json(() -> java.util.Map.of("folder", folder.toString(), "jobs", jobs));
    report.line(
        "Submitted %d chunks as job %d; job %d makes their table: %s."
            .formatted(count, jobs.getFirst(), jobs.getLast(), folder.resolve("results.txt")));
    return 0;
  }

  /** The command itself, without what says where it is to run. */
  private static List<String> words(ClusterOptions cluster, ReportOptions report) {
    List<String> words = new ArrayList<>(report.spec.commandLine().getParseResult().originalArgs());
    if (words.isEmpty() || !words.getFirst().equals(report.spec.name())) {
      words.addFirst(report.spec.name());
    }
    return ClusterOptions.without(
        "--run-dir", ClusterOptions.without("--chunks", cluster.without(words)));
  }
}
