package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.figure.SaliencyView;
import org.pagexplorer.lab.saliency.SaliencyScale;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The command line's words for the domain's choices, and its numbers. */
final class Words {
  private Words() {}

  static CommandLine register(CommandLine commandLine) {
    commandLine.registerConverter(Double.class, new Fractions());
    commandLine.registerConverter(double.class, new Fractions());
    commandLine.registerConverter(Path.class, Words::path);
    commandLine.registerConverter(Integer.class, word -> whole(word, Integer::valueOf));
    commandLine.registerConverter(int.class, word -> whole(word, Integer::valueOf));
    commandLine.registerConverter(Long.class, word -> whole(word, Long::valueOf));
    commandLine.registerConverter(long.class, word -> whole(word, Long::valueOf));
    List.of(
            Norm.class,
            StepRule.class,
            Loss.class,
            Keep.class,
            Precision.class,
            AttackMethod.class,
            SaliencyMethod.class,
            SaliencySpecification.Baseline.class,
            SaliencyScale.class,
            SaliencyView.class,
            Fit.class)
        .forEach(type -> register(commandLine, type));
    commandLine.registerConverter(Split.class, Split::of);
    // A help that says NORMALIZED would not say what can be typed.
    commandLine.setDefaultValueProvider(
        argument -> argument.initialValue() instanceof Named choice ? choice.id() : null);
    return commandLine;
  }

  private static <N> N whole(String word, Function<String, N> number) {
    try {
      return number.apply(word);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'%s' is not a whole number".formatted(word));
    }
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

  private static <T extends Named> void register(CommandLine commandLine, Class<T> type) {
    T[] choices = type.getEnumConstants();
    commandLine.registerConverter(
        type,
        word ->
            Named.find(choices, word)
                .orElseThrow(
                    () ->
                        new TypeConversionException(
                            "choose one of %s, not '%s'".formatted(Named.ids(choices), word))));
  }
}
