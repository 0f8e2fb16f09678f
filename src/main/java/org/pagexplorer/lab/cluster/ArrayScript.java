package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.Software;

/**
 * A job array as {@code sbatch} takes it.
 *
 * @param folder shared by the machines; absolute
 * @param settings what its jobs ask of Slurm
 * @param pag the program and its first words
 */
record ArrayScript(Path folder, SlurmSettings settings, List<String> pag) {
  private static final List<String> ONCE_MORE_IF_KILLED =
      List.of(
          "code=$?",
          "killed=$folder/slurm/${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID.killed",
          "if [ \"$code\" -gt 128 ] && mkdir \"$killed\"; then",
          "  scontrol requeue \"$SLURM_JOB_ID\" && sleep 60",
          "fi");

  /** Of trainings that are specified in folders of these names. */
  String trainings(List<String> runs) {
    List<String> lines = header("0-" + (runs.size() - 1), List.of("--signal=B:USR1@120"));
    lines.add("runs=(");
    runs.forEach(run -> lines.add("  " + Bash.quoted(run)));
    lines.add(")");
    lines.add("run=$folder/${runs[$SLURM_ARRAY_TASK_ID]}");
    lines.add("exec >>\"$run/log.txt\" 2>&1");
    lines.addAll(prologue());
    lines.addAll(
        List.of(
            "# Slurm says two minutes before the time is over; the training ends between two"
                + " steps.",
            "asked=",
            "trap 'asked=yes; : >\"$run/stop\"' USR1",
            "\"${pag[@]}\" train --run-dir \"$run\" &",
            "training=$!",
            "wait \"$training\"",
            "code=$?",
            "[ -z \"$asked\" ] || { wait \"$training\"; code=$?; }",
            "[ \"$code\" != 0 ] || exit 0",
            "if \"${pag[@]}\" runs --ended \"$run\" --code \"$code\" ${asked:+--timed-out}; then",
            "  scontrol requeue \"$SLURM_JOB_ID\" && sleep 60",
            "fi",
            "exit \"$code\""));
    return text(lines);
  }

  /** Of the chunks of a measurement, each of which is kept in the folder. */
  String chunks(Path directory, List<String> words, int chunks) {
    List<String> lines = header("1-" + chunks, List.of());
    lines.addAll(prologue());
    lines.add("cd " + Bash.quoted(directory.toString()) + " || exit 1");
    lines.add(command(words, chunks) + " --chunk \"$SLURM_ARRAY_TASK_ID\"");
    lines.addAll(ONCE_MORE_IF_KILLED);
    lines.add("exit \"$code\"");
    return text(lines);
  }

  /** Of what makes one table of the chunks, and of those that are missing. */
  String merging(Path directory, List<String> words, int chunks) {
    List<String> lines = header("0", List.of());
    lines.addAll(prologue());
    lines.add("cd " + Bash.quoted(directory.toString()) + " || exit 1");
    lines.add(command(words, chunks) + " >\"$folder/results.part\"");
    lines.addAll(ONCE_MORE_IF_KILLED);
    lines.add("[ \"$code\" = 0 ] || exit \"$code\"");
    lines.add("mv \"$folder/results.part\" \"$folder/results.txt\"");
    return text(lines);
  }

  private static String command(List<String> words, int chunks) {
    return "\"${pag[@]}\" " + Bash.quoted(words) + " --chunks " + chunks + " --run-dir \"$folder\"";
  }

  private List<String> header(String tasks, List<String> more) {
    List<String> options = new ArrayList<>();
    options.add("--job-name=" + Bash.directive("pag-" + folder.getFileName()));
    options.add("--array=" + tasks);
    String logs = folder.resolve("slurm").toString().replace("%", "%%");
    options.add("--output=" + Bash.directive(logs + "/%A_%a.log"));
    options.addAll(
        List.of("--open-mode=append", "--requeue", "--nodes=1", "--kill-on-invalid-dep=yes"));
    options.addAll(more);
    options.addAll(settings.options());
    List<String> lines = new ArrayList<>(List.of("#!/bin/bash"));
    options.forEach(option -> lines.add("#SBATCH " + option));
    lines.add("");
    lines.add("# Written by " + Software.NAME_AND_VERSION + ".");
    lines.add("folder=" + Bash.quoted(folder.toString()));
    lines.add("pag=(" + Bash.quoted(pag) + ")");
    return lines;
  }

  private List<String> prologue() {
    List<String> lines = new ArrayList<>();
    if (!settings.modules().isEmpty()) {
      lines.add("module load " + Bash.quoted(settings.modules()));
    }
    if (settings.prologue() != null) {
      lines.addAll(settings.prologue().lines().toList());
    }
    return lines;
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
