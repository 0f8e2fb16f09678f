package org.pagexplorer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Puts back, after each test, what it sets for the whole Java machine. */
public final class KeptProperties implements BeforeEachCallback, AfterEachCallback {
  private final List<String> names;
  private final Map<String, String> before = new HashMap<>();

  public KeptProperties(String... names) {
    this.names = List.of(names);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    names.forEach(name -> before.put(name, System.getProperty(name)));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }
}
