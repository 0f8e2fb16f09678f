package org.pagexplorer.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as the field writes them: {@code 0.031}, {@code 1e-4}, {@code 8/255}. */
final class Fractions implements ITypeConverter<Double> {
  private static final String NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,4})?";
  private static final Pattern FRACTION = Pattern.compile("(" + NUMBER + ")(?:/(" + NUMBER + "))?");

  @Override
  public Double convert(String word) {
    Matcher fraction = FRACTION.matcher(word.strip());
    if (!fraction.matches()) {
      throw new TypeConversionException(
          "'" + word + "' is not a number: write it as 0.5, 1e-4 or 8/255");
    }
    double above = Double.parseDouble(fraction.group(1));
    double value =
        fraction.group(2) == null ? above : above / Double.parseDouble(fraction.group(2));
    if (!Double.isFinite(value)) {
      throw new TypeConversionException("'" + word + "' is not finite");
    }
    return value;
  }
}
