package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Stack;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.cluster.SlurmSettings;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** That Slurm is to do the work, and what its jobs ask for. */
final class ClusterOptions {
  private static final Pattern ASKS_FOR_GPU =
      Pattern.compile("(^|\\s)(--gres[= ]\\S*gpu|--gpus(-per-\\w+)?[= ]|-G)");

  @Option(
      names = "--on",
      paramLabel = "slurm",
      description =
          "slurm: submit the work as job arrays and return; --save keeps the options below as"
              + " defaults")
  @Nullable String on;

  @Option(names = "--partition", paramLabel = "NAME", description = "Slurm's partition")
  @Nullable String partition;

  @Option(names = "--account", paramLabel = "NAME", description = "Slurm's account")
  @Nullable String account;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "time limit of a job, for instance 12:00:00; a training resumes in the next job")
  @Nullable String time;

  @Option(names = "--memory", paramLabel = "SIZE", description = "memory per job, for instance 16G")
  @Nullable String memory;

  @Option(names = "--gpus", paramLabel = "N", description = "GPUs per job")
  @Nullable Integer gpus;

  @Option(names = "--cpus", paramLabel = "N", description = "CPU cores per job")
  @Nullable Integer cpus;

  @Option(
      names = "--modules",
      paramLabel = "NAME",
      split = ",",
      description = "modules to load at the start of a job")
  List<String> modules = List.of();

  @Option(
      names = "--prologue",
      paramLabel = "BASH",
      description = "lines of bash to run at the start of a job")
  @Nullable String prologue;

  @Option(
      names = "--sbatch",
      paramLabel = "OPTIONS",
      preprocessor = Verbatim.class,
      description = "other options of sbatch, as one quoted argument")
  @Nullable String sbatch;

  @Option(
      names = "--pag",
      paramLabel = "PATH",
      description = "path of this program on the nodes, if it is installed elsewhere there")
  @Nullable String pag;

  @Option(names = "--print", description = "show what would be submitted, and submit nothing")
  boolean print;

  @Option(names = "--save", description = "save these options as the defaults of later submissions")
  boolean save;

  /** Options of sbatch's may be called as options of this program's. */
  static final class Verbatim implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (words.isEmpty()) {
        return false;
      }
      option.setValue(words.pop());
      return true;
    }
  }

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  /** Whether Slurm is meant; a wrong command line where one of the options stands alone. */
  boolean isAsked() {
    if (on != null && !on.equalsIgnoreCase("slurm")) {
      throw new ParameterException(spec.commandLine(), "--on must be slurm, not " + on);
    }
    if (on == null) {
      own().forEach(option -> refuseAlone(option.longestName()));
      if (sbatch != null) { // which picocli does not count, since Verbatim took it
        throw alone("--sbatch");
      }
    }
    return on != null;
  }

  /** As picocli knows them. */
  private List<OptionSpec> own() {
    return Objects.requireNonNull(spec.mixins().get("cluster")).options();
  }

  private void refuseAlone(String name) {
    if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
      throw alone(name);
    }
  }

  private ParameterException alone(String name) {
    return new ParameterException(spec.commandLine(), name + " needs --on slurm");
  }

  /** What was given, and the user's defaults for the rest. */
  SlurmSettings settings() {
    SlurmSettings usual = SlurmSettings.defaults();
    SlurmSettings settings =
        new SlurmSettings(
            or(partition, usual.partition()),
            or(account, usual.account()),
            or(time, usual.time()),
            or(memory, usual.memory()),
            gpus == null ? usual.gpus() : gpus,
            cpus == null ? usual.cpus() : cpus,
            modules.isEmpty() ? usual.modules() : modules,
            or(prologue, usual.prologue()),
            or(sbatch, usual.sbatch()),
            or(pag, usual.pag()));
    if (save) {
      settings.save();
    }
    return settings;
  }

  private static @Nullable String or(@Nullable String given, @Nullable String usual) {
    return Objects.requireNonNullElse(given, "").isEmpty() ? usual : given;
  }

  /** A job's command line with the GPU that it asks for, unless it names a device itself. */
  static List<String> onItsDevice(SlurmSettings settings, List<String> words) {
    boolean hasOwn =
        words.stream().anyMatch(word -> word.equals("--device") || word.startsWith("--device="));
    List<String> all = new ArrayList<>(words);
    if (hasGpu(settings) && !hasOwn) {
      all.addAll(List.of("--device", "cuda:0")); // Slurm numbers a job's own from 0
    }
    return all;
  }

  /** Also by options of sbatch's own, as {@code --gres=gpu:1}. */
  private static boolean hasGpu(SlurmSettings settings) {
    String own = Objects.requireNonNullElse(settings.sbatch(), "");
    return (settings.gpus() != null && settings.gpus() > 0) || ASKS_FOR_GPU.matcher(own).find();
  }

  /** A command line without these options, as a job of Slurm's is to run it. */
  List<String> without(List<String> words) {
    Map<String, Integer> values = new HashMap<>();
    own().forEach(option -> values.put(option.longestName(), option.arity().max()));
    return without(values, words);
  }

  /** The same without an option of one value. */
  static List<String> without(String option, List<String> words) {
    return without(Map.of(option, 1), words);
  }

  /**
   * @param values how many words follow each of the options that are left out
   */
  private static List<String> without(Map<String, Integer> values, List<String> words) {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Integer more = values.get(words.get(i).replaceFirst("=.*", ""));
      if (more == null) {
        left.add(words.get(i));
      } else if (!words.get(i).contains("=")) {
        i += more;
      }
    }
    return left;
  }
}
