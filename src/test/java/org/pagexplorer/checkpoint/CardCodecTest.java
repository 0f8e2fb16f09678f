package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Normalization;

class CardCodecTest {

  @Test
  void everyFieldSurvivesInFullPrecisionAndOrder() {
    ModelCard card = full();
    ModelCard decoded = CardCodec.decode(CardCodec.encode(card), "other");
    assertEquals(card, decoded);
    assertEquals(
        List.copyOf(card.training().entrySet()), List.copyOf(decoded.training().entrySet()));
  }

  @Test
  void metadataSpeaksTheFilesLanguage() {
    Map<String, String> metadata = CardCodec.encode(full());
    assertEquals("1", metadata.get("format_version"));
    assertEquals("resnet18", metadata.get("architecture"));
    assertEquals("[3,32,32]", metadata.get("input_shape"));
    assertEquals("[0.1,0.30000000000000004,1.0E-5]", metadata.get("mean"));
    assertEquals("{\"epochs\":\"30\",\"ε\":\"0.5\"}", metadata.get("training"));
    assertEquals(
        "[{\"attack\":\"clean\",\"dataset\":\"CIFAR-10\",\"accuracy\":0.9123456789,\"n\":10000}]",
        metadata.get("measurements"));
  }

  @Test
  void whatIsNotRequiredHasADefault() {
    ModelCard card =
        CardCodec.decode(
            Map.of(
                "architecture", "mlp",
                "width", "32",
                "input_shape", " [2, 1, 1] ",
                "classes", "[\"a\",\"b\"]",
                "mean", "[0,0]",
                "std", "[1,1.5e0]"),
            "file");
    assertEquals(
        new ModelCard(
            "file",
            Architecture.mlp(32, InputShape.PLANE, 2),
            List.of("a", "b"),
            new Normalization(List.of(0.0, 0.0), List.of(1.0, 1.5)),
            "unknown",
            Map.of(),
            0,
            "unknown",
            "",
            "unknown",
            "",
            List.of()),
        card);
  }

  private static ModelCard full() {
    Map<String, String> training = new LinkedHashMap<>();
    training.put("epochs", "30");
    training.put("ε", "0.5");
    return new ModelCard(
        "Class \"Mean\"",
        Architecture.resNet18(16, InputShape.CIFAR, 3),
        List.of("airplane", "größe", "a\\b"),
        new Normalization(List.of(0.1, 0.1 + 0.2, 1e-5), List.of(1 / 3.0, 1.0, 2.0)),
        "class-mean",
        training,
        Long.MIN_VALUE,
        "CIFAR-10",
        "ab12",
        "PAG Explorer 0.1",
        "train --epochs 30",
        List.of(new Measurement("clean", "CIFAR-10", 0.9123456789, 10_000)));
  }
}
