package org.pagexplorer.lab.measure;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;

/** Two classifiers by mean color on the CPU, new for each test. */
public abstract class OnColours {
  @TempDir protected Path folder;

  protected TorchEngine engine;
  protected List<Classifier> classifiers;

  /** {@link Colours#PLAIN} times 30, and another. */
  protected void open(String program, int scale) {
    engine = TorchEngine.open("cpu");
    TorchEngine.useThreads(1);
    classifiers =
        List.of(
            Colours.classifier(engine, folder, Colours.PLAIN, 30),
            Colours.classifier(engine, folder, program, scale));
  }

  @AfterEach
  void close() {
    classifiers.forEach(Classifier::close);
    engine.close();
  }
}
