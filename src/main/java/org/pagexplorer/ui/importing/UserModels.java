package org.pagexplorer.ui.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.importing.ForeignModel.Answers;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.model.Arrival;

/** The folder in which imported models are kept. */
final class UserModels {
  private UserModels() {}

  /** Writes a model under its name, or with a number behind it where that is taken. */
  static Path write(Arrival arrival, Answers answers) throws IOException {
    Path folder = Files.createDirectories(Home.user().resolve("models"));
    String base = answers.name().replaceAll("[^\\p{Alnum}._-]+", "-").toLowerCase(Locale.ROOT);
    Path out = folder.resolve(base + arrival.extension());
    for (int i = 2; Files.exists(out); i++) {
      out = folder.resolve(base + "-" + i + arrival.extension());
    }
    arrival.copy(out, answers, Dtype.F32);
    return out;
  }

  /** Makes a written model one that opens from now on, or deletes it. */
  static Path keepOrDelete(Arrival arrival, Path written) throws IOException {
    try {
      arrival.keep(written);
      return written;
    } catch (RuntimeException e) {
      Files.deleteIfExists(written);
      throw e;
    }
  }
}
