package org.pagexplorer.engine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.pagexplorer.domain.Architecture;

/** Has a random ResNet-18 of five classes on each device. */
abstract class OnSmallResNet extends OnEveryDevice {
  static final Architecture NETWORK = Architecture.resNet18(2, Given.SMALL, 5);

  Classifier f;

  @BeforeEach
  void build() {
    f = Given.classifier(engine, NETWORK, 11);
  }

  @AfterEach
  void free() {
    f.close();
  }
}
