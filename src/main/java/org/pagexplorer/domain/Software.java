package org.pagexplorer.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** This program's name and version, for cards and specifications. */
public final class Software {
  /** For instance {@code PAG Explorer 0.1.0}. */
  public static final String NAME_AND_VERSION = "PAG Explorer " + version();

  private Software() {}

  private static String version() {
    try (InputStream in = Software.class.getResourceAsStream("/org/pagexplorer/version.txt")) {
      if (in == null) {
        throw new IllegalStateException("version.txt is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
