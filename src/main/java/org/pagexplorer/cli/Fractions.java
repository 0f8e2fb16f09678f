package org.pagexplorer.cli;

import java.util.function.ToDoubleFunction;
import org.pagexplorer.domain.WrittenNumber;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as the field writes them: {@code 0.031}, {@code 1e-4}, {@code 8/255}. */
class Fractions implements ITypeConverter<Double> {

  /** Sizes in pixel units of [0, 1], which may be levels of 0 to 255 as well: {@code 8px}. */
  static final class OfPixels extends Fractions {
    @Override
    public Double convert(String word) {
      return number(word, WrittenNumber::parsePixels, "0.5, 1e-4, 8/255 or 8px");
    }
  }

  @Override
  public Double convert(String word) {
    return number(word, WrittenNumber::parse, "0.5, 1e-4 or 8/255");
  }

  private static double number(String word, ToDoubleFunction<String> parse, String examples) {
    double value = parse.applyAsDouble(word);
    if (Double.isNaN(value)) {
      throw new TypeConversionException(
          "'%s' is not a number: write it as %s".formatted(word, examples));
    }
    return value;
  }
}
