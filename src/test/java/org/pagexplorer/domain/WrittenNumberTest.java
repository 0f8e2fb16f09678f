package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "0.031372549, 0.03137",
    "10, 10",
    "3072, 3072",
    "9999.4, 9999",
    "9999.7, 10000",
    "27648, 27648",
    "100000, 100000"
  })
  void fourDigitsNeedNoPowerOfTen(double value, String written) {
    assertEquals(written, WrittenNumber.fourDigits(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-0.57 | −0.57",
        "-0.000 | 0.000",
        "-0 | 0",
        "-0.010 | −0.010",
        "-0.43 to -0.00 | −0.43 to 0.00",
        "(-0.0, -12.5) | (0.0, −12.5)",
        "-1.000e-05 | −1.000e−05"
      })
  void printedNumbersHaveTrueMinusSigns(String plain, String printed) {
    assertEquals(printed, WrittenNumber.typeset(plain));
  }
}
