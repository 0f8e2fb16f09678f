package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The command line's words for the domain's choices, and its numbers. */
final class Words {
  private Words() {}

  static CommandLine register(CommandLine commandLine) {
    commandLine.registerConverter(Double.class, new Fractions());
    commandLine.registerConverter(double.class, new Fractions());
    commandLine.registerConverter(Path.class, Words::path);
    register(commandLine, Norm.class, Map.of("l2", Norm.L2, "linf", Norm.LINF));
    register(
        commandLine,
        StepRule.class,
        Map.of("normalized", StepRule.NORMALIZED, "raw", StepRule.RAW));
    register(commandLine, Loss.class, Map.of("ce", Loss.CROSS_ENTROPY, "logit", Loss.LOGIT));
    register(commandLine, Keep.class, Map.of("last", Keep.LAST, "best", Keep.BEST));
    register(
        commandLine, Precision.class, Map.of("exact", Precision.EXACT, "fast", Precision.FAST));
    register(
        commandLine,
        AttackMethod.class,
        Arrays.stream(AttackMethod.values())
            .collect(Collectors.toMap(AttackMethod::id, method -> method)));
    commandLine.registerConverter(Split.class, Split::of);
    register(commandLine, Fit.class, Map.of("crop", Fit.CROP, "squash", Fit.SQUASH));
    return commandLine;
  }

  /** An unset variable of a shell is an empty word, which would mean the current folder. */
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("the name is empty");
    }
    try {
      return UserPath.of(text);
    } catch (UserException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static <T> void register(CommandLine commandLine, Class<T> type, Map<String, T> words) {
    commandLine.registerConverter(
        type,
        word -> {
          T value = words.get(word);
          if (value == null) {
            throw new TypeConversionException(
                "choose one of "
                    + String.join(", ", words.keySet().stream().sorted().toList())
                    + ", not '"
                    + word
                    + "'");
          }
          return value;
        });
  }
}
