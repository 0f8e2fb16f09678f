package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.domain.Norm;

/** What is remembered is taken within the norm's own range. */
class AttackSettingsTest {
  private static AttackSettings taken(Norm norm, String field, double value) {
    JsonObject json = new JsonObject();
    json.addProperty(field, value);
    json.addProperty("norm", norm.id());
    AttackSettings settings = new AttackSettings();
    settings.part().take(json);
    assertEquals(norm, settings.normProperty().get());
    return settings;
  }

  @ParameterizedTest
  @CsvSource({
    "L1, 50000, 50000",
    "L1, 200000, 200",
    "L2, 1000, 1000",
    "L2, 50000, 10",
    "LINF, 1, 1",
    "LINF, 8, 0.18"
  })
  void anEpsilonThatTheNormDoesNotHaveIsNotTaken(Norm norm, double remembered, double expected) {
    assertEquals(expected, taken(norm, "epsilon", remembered).epsilonProperty().get());
  }

  /** A raw α is times a gradient, in L∞ as well. */
  @ParameterizedTest
  @CsvSource({
    "L1, 50000, 50000",
    "L1, 200000, 0.5",
    "L2, 1000, 1000",
    "L2, 50000, 0.5",
    "LINF, 1000, 1000",
    "LINF, 50000, 0.5"
  })
  void aStepSizeThatTheNormDoesNotHaveIsNotTaken(Norm norm, double remembered, double expected) {
    assertEquals(expected, taken(norm, "stepSize", remembered).stepSizeProperty().get());
  }

  @Test
  void aStepSizeOfL1IsBroughtIntoTheNextNormsRange() {
    AttackSettings settings = taken(Norm.L1, "stepSize", 50_000);
    settings.normProperty().set(Norm.L2);
    assertEquals(1000, settings.stepSizeProperty().get());
    AttackSettings again = new AttackSettings();
    again.part().take(settings.part().give());
    assertEquals(1000, again.stepSizeProperty().get());
  }
}
