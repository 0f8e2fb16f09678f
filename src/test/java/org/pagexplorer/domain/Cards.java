package org.pagexplorer.domain;

import java.util.List;
import java.util.Map;

/** Cards of models that tests make up. */
public final class Cards {
  private Cards() {}

  /** Of a network that nobody has trained, with the usual normalization. */
  public static ModelCard of(
      String name,
      Architecture architecture,
      List<String> classes,
      ModelCard.Measurement... measured) {
    return new ModelCard(
        name,
        architecture,
        classes,
        Normalization.CIFAR10,
        "vanilla",
        Map.of(),
        0,
        "nothing",
        "",
        "a test",
        "",
        List.of(measured));
  }
}
