package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.UserException;

class ModelLabelTest {
  private static final ModelCard CARD =
      Cards.of("card's", Architecture.mlp(2, InputShape.CIFAR, 2), List.of("a", "b"));

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsReadOnOneLineAndInMany() {
    Path model = folder.resolve("m.safetensors");
    Path label = ModelLabel.beside(model);
    assertEquals(folder.resolve("m.safetensors.pag.json"), label);
    assertEquals("", ModelLabel.read(label).name());
    assertEquals("card's", ModelLabel.onto(model, CARD).name());
    new ModelLabel(" \"Best\"\nof all ", "one\ntwo\n").write(label);
    ModelLabel read = ModelLabel.read(label);
    assertEquals("\"Best\" of all", read.name());
    assertEquals("one\ntwo", read.notes());
    assertEquals(CARD.withName("\"Best\" of all"), ModelLabel.onto(model, CARD));
    assertEquals(new ModelLabel("x", "one\ntwo"), read.withName("x"));
    assertEquals(new ModelLabel("\"Best\" of all", ""), read.withNotes(""));
  }

  @Test
  void aDamagedOneIsSaidAndCostsNoModel() throws IOException {
    Path model = folder.resolve("m.safetensors");
    for (String text : List.of("{\"name\": ", "[]", "{\"name\": 3} trailing")) {
      Files.writeString(ModelLabel.beside(model), text);
      UserException said =
          assertThrows(UserException.class, () -> ModelLabel.read(ModelLabel.beside(model)), text);
      assertTrue(said.getMessage().contains("m.safetensors.pag.json"), said.getMessage());
      assertEquals("card's", ModelLabel.onto(model, CARD).name());
    }
  }
}
