package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlignCommandTest extends TwoModels {
  @BeforeAll
  static void write() {
    write(40);
  }

  @Test
  void everyMeasureOfEveryModelWithN() throws IOException {
    Path csv = folder.resolve("align.csv");
    Path latex = folder.resolve("align.tex");
    Pag pag =
        Pag.line(
            "align --model {} {} --dataset {} --limit 20 --teacher {} --steps 2 --csv {} --latex {}"
                + " --json",
            one,
            two,
            data,
            two,
            csv,
            latex);
    assertEquals(0, pag.code(), pag.err());
    JsonObject json = pag.json();
    List<JsonObject> models = Pag.objects(json.get("models"));
    assertEquals(2, models.size());
    List<JsonObject> cosines = Pag.objects(models.get(1).get("cosines"));
    assertEquals(
        List.of("One Image", "Class Mean", "Nearest Neighbor", "Cluster Means", "RIGD, Random 2"),
        cosines.stream().map(c -> c.get("realization").getAsString()).toList());
    for (JsonObject model : models) {
      assertEquals(20, model.get("n").getAsInt());
      assertTrue(model.getAsJsonObject("etmann").get("mean").getAsDouble() > 0);
      double low = model.getAsJsonObject("lowFrequencyShare").get("mean").getAsDouble();
      assertTrue(low > 0 && low < 1);
      assertEquals(2, model.getAsJsonArray("named").size());
    }
    assertEquals(1, cosines.getLast().get("mean").getAsDouble(), 1e-4, "its own teacher");
    assertTrue(cosines.getLast().get("byConstruction").getAsBoolean());
    assertTrue(cosines.get(1).get("byConstruction").getAsBoolean(), "a class-mean model");
    assertFalse(cosines.get(0).get("byConstruction").getAsBoolean());
    assertTrue(Files.readString(csv).contains("predicted by Random 1"));
    String table = Files.readString(latex);
    assertTrue(table.contains("\\toprule") && table.contains("$^\\dagger$"), table);
  }

  @Test
  void aTeacherOfOtherClassesIsRefused() {
    Path other =
        Pag.model(
            folder.resolve("other.safetensors"),
            3,
            org.pagexplorer.domain.InputShape.CIFAR,
            List.of("cat", "dog"));
    Pag pag = Pag.run("align", "--model", one, "--dataset", data, "--teacher", other);
    assertEquals(1, pag.code());
    assertEquals(1, pag.err().lines().count(), pag.err());
    assertTrue(pag.err().contains("2 classes"), pag.err());
  }
}
