package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.InputShape;

/**
 * What {@code --dataset}, {@code --split}, {@code --image} and {@code --fit} make of others' data.
 */
class DatasetOptionsTest {
  @TempDir static Path folder;
  private static Path gray;
  private static Path color;
  private static Path pets;

  @BeforeAll
  static void write() throws IOException {
    List<String> classes = List.of("cat", "dog");
    gray = Pag.model(folder.resolve("g.safetensors"), 1, new InputShape(1, 32, 32), classes);
    color = Pag.model(folder.resolve("c.safetensors"), 1, InputShape.CIFAR, classes);
    pets = folder.resolve("pets");
    for (String split : List.of("train", "val")) {
      for (String name : classes) {
        picture(pets.resolve(split).resolve(name).resolve("1.png"), 60, 40);
      }
    }
  }

  private static Path picture(Path file, int width, int height) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, 0x10305 * i);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return Files.write(file, bytes.toByteArray());
  }

  private static Pag attack(Path model, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("attack", "--model", model, "--steps", 1, "--epsilon", 1));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  @Test
  void aGrayModelTakesColorPicturesAndDatasetsOfThem() {
    Path out = folder.resolve("gray.png");
    Pag own = attack(gray, "--image", pets.resolve("val/cat/1.png"), "--out", out);
    assertEquals(0, own.code(), own.err());
    assertTrue(Files.exists(out));
    Pag dataset = attack(gray, "--dataset", pets, "--index", "0,1");
    assertEquals(0, dataset.code(), dataset.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"crop", "squash"})
  void picturesOfAnotherSizeAreFittedAndThatIsSaidOnce(String fit) {
    Pag pag = attack(color, "--dataset", pets, "--index", "0,1", "--fit", fit);
    assertEquals(0, pag.code(), pag.err());
    String how =
        fit.equals("crop") ? "center-cropped from 60×40 and resized" : "squashed from 60×40";
    assertEquals(1, pag.err().lines().filter(line -> line.contains(how)).count(), pag.err());
  }

  @Test
  void validationImagesAreTakenWhereThereAreNoTestImages() {
    Pag pag = Pag.run("evaluate", "--model", color, "--dataset", pets, "--steps", 1);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.out().contains("pets (val) (resized), val split, 2 images"), pag.out());
  }

  @Test
  void aWrongSplitNamesWhatThereIs() {
    Pag pag = attack(color, "--dataset", pets, "--index", 0, "--split", "test");
    assertEquals(1, pag.code());
    assertEquals(
        "There are no \"test\" images in " + pets + ": choose train or val.", pag.err().strip());
  }
}
