package org.pagexplorer.lab.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;

/**
 * The runs that others beside them learn from, or begin with the weights of. Slurm only says that a
 * teacher's job is over, so a student looks itself whether the teacher is trained to its end: the
 * model of one that is not could be read, too.
 */
public final class Teachers {
  private static final List<String> OPTIONS = List.of("--teacher", "--initial-checkpoint");

  private Teachers() {}

  /** The runs beside a run whose models it reads, if any, wherever this process stands. */
  static List<Path> of(Path run) {
    return RunDirectory.specification(run).stream()
        .flatMap(known -> models(known.arguments()).map(UserPath.of(known.directory())::resolve))
        .flatMap(model -> Stream.ofNullable(model.toAbsolutePath().normalize().getParent()))
        .filter(teacher -> isBeside(teacher, run))
        .filter(teacher -> Files.exists(teacher.resolve("specification.json")))
        .distinct()
        .toList();
  }

  /** Names of runs of a folder, and of the runs that they learn from. */
  static Set<String> with(Path folder, Set<String> names) {
    Set<String> all = new LinkedHashSet<>(names);
    for (String name : names) {
      of(folder.resolve(name)).stream()
          .map(Path::getFileName)
          .map(String::valueOf)
          .forEach(all::add);
    }
    return all;
  }

  private static Stream<Path> models(List<String> arguments) {
    return OPTIONS.stream()
        .mapToInt(arguments::indexOf)
        .filter(at -> at >= 0 && at + 1 < arguments.size())
        .mapToObj(at -> UserPath.of(arguments.get(at + 1)));
  }

  private static boolean isBeside(Path teacher, Path run) {
    Path folder = run.toAbsolutePath().normalize().getParent();
    return folder != null && folder.equals(teacher.toAbsolutePath().normalize().getParent());
  }

  /**
   * Waits until the end of a student's teacher can be seen, for a minute at most.
   *
   * @throws UserException if the teacher is not trained to its end
   */
  public static void await(Path run) {
    await(run, LateFiles::sleep);
  }

  /**
   * @param pause waits for so many milliseconds
   */
  static void await(Path run, LongConsumer pause) {
    of(run).forEach(teacher -> awaitOne(teacher, pause));
  }

  private static void awaitOne(Path teacher, LongConsumer pause) {
    RunStatus status = RunStatus.of(teacher);
    for (int look = 0; status.state() != State.FINISHED; look++) {
      boolean hasSaidSo = status.state() == State.STOPPED || status.state() == State.FAILED;
      if (look == LateFiles.LOOKS || hasSaidSo && status.epochs() > 0) {
        throw new UserException(unfinished(status));
      }
      pause.accept(LateFiles.MILLIS_BETWEEN);
      status = RunStatus.of(teacher);
    }
  }

  static String unfinished(RunStatus teacher) {
    return "It needs \"%s\", which is not trained to its end: resume that run first, then this one."
        .formatted(teacher.name());
  }
}
