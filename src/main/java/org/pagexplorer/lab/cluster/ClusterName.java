package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.files.TextFile;

/** Which cluster a Slurm is of, since jobs of two clusters have the same numbers. */
final class ClusterName {
  private static final int LONGEST = 16 << 20;
  private static final Pattern LINE = Pattern.compile("(?im)^\\s*ClusterName\\s*=\\s*([^\\s#]+)");

  private ClusterName() {}

  /** As its configuration has it; empty where that cannot be read. */
  static String ofMachine() {
    return of(
        System.getenv(),
        List.of(
            Path.of("/etc/slurm/slurm.conf"),
            Path.of("/run/slurm/conf/slurm.conf"), // of a machine that asks for it
            Path.of("/etc/slurm-llnl/slurm.conf")));
  }

  /**
   * Empty where several clusters are chosen: any of them may have a job.
   *
   * @param usual where a configuration is that no variable names
   */
  static String of(Map<String, String> environment, List<Path> usual) {
    String chosen = environment.getOrDefault("SLURM_CLUSTERS", "");
    if (!chosen.isBlank()) {
      boolean isOne = chosen.indexOf(',') < 0 && !chosen.strip().equalsIgnoreCase("all");
      return isOne ? Printable.of(chosen.strip()) : "";
    }
    String named = environment.getOrDefault("SLURM_CONF", "");
    List<Path> files = named.isBlank() ? usual : List.of(Path.of(named));
    return files.stream().map(ClusterName::read).flatMap(Optional::stream).findFirst().orElse("");
  }

  private static Optional<String> read(Path file) {
    try {
      Matcher line =
          Files.isRegularFile(file)
              ? LINE.matcher(TextFile.readDamaged(file, LONGEST))
              : LINE.matcher("");
      return line.find() ? Optional.of(Printable.of(line.group(1))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
