package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void writeAModelAndABrokenOne() throws IOException {
    Pag.model(folder.resolve("a.safetensors"), 1);
    Files.writeString(folder.resolve("b.safetensors"), "nothing of the kind");
  }

  @Test
  void listsCardsAndSaysWhatIsWrongWithBrokenFiles() {
    Pag pag = Pag.run("models", "--models", folder);
    assertEquals(0, pag.code());
    assertTrue(pag.out().contains("ResNet-18, width 2, 3×32×32, 10 classes"), pag.out());
    assertTrue(pag.out().contains("clean: 50.0 % (40.4–59.6 %) on 100 images"), pag.out());
    assertTrue(pag.out().contains("b.safetensors cannot be used:"), pag.out());
  }

  @Test
  void jsonHoldsTheWholeCard() {
    List<JsonObject> models =
        Pag.objects(Pag.run("models", "--models", folder, "--json").json().get("models"));
    assertEquals(2, models.size());
    assertEquals("resnet18", models.getFirst().get("architecture").getAsString());
    assertEquals(10, models.getFirst().getAsJsonArray("classes").size());
    assertTrue(models.getFirst().has("measurements"));
    assertTrue(models.getLast().get("error").getAsString().endsWith("."));
  }

  @Test
  void anEmptyFolderIsOneSentence() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    String said = Pag.run("models", "--models", empty).out();
    assertTrue(said.startsWith("No models found in " + empty + ": pag train"), said);
  }

  @Test
  void aMissingFolderIsOneSentence() {
    Pag pag = Pag.run("models", "--models", folder.resolve("none"));
    assertEquals(1, pag.code());
    assertTrue(pag.err().startsWith("There is no folder"), pag.err());
    assertEquals(1, pag.err().lines().count());
  }

  @Test
  void inspectShowsTensorsAndMetadata() {
    Path file = folder.resolve("a.safetensors");
    JsonObject json = Pag.run("inspect", file, "--json").json();
    assertTrue(json.get("usable").getAsBoolean());
    assertEquals("2", json.getAsJsonObject("metadata").get("width").getAsString());
    JsonObject first = Pag.objects(json.get("tensors")).getFirst();
    assertEquals("conv1.weight", first.get("name").getAsString());
    assertEquals("[2,3,3,3]", first.get("shape").toString());
    assertEquals("F32", first.get("dtype").getAsString());
    assertTrue(Pag.run("inspect", file).out().contains("A usable checkpoint."));
  }

  @Test
  void inspectOfADamagedFileIsOneSentence() {
    Pag pag = Pag.run("inspect", folder.resolve("b.safetensors"));
    assertEquals(1, pag.code());
    assertEquals(1, pag.err().lines().count());
    assertFalse(pag.err().contains("Exception"), pag.err());
  }
}
