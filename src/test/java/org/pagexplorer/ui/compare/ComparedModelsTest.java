package org.pagexplorer.ui.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.support.ModelShelf;

/** Models of runs come onto the shelf when the window has begun. */
class ComparedModelsTest {
  private static final List<String> CLASSES = List.of("cat", "dog");

  private final ModelShelf shelf = new ModelShelf();
  private final ComparedModels compared = new ComparedModels(shelf, sentence -> {});
  private final ModelFile shipped = model("shipped");
  private final ModelFile other = model("other");
  private final ModelFile one = model("one");
  private final ModelFile two = model("two");

  private static ModelFile model(String name) {
    return new ModelFile(
        Path.of(name + ".safetensors"),
        Cards.of(name, Architecture.mlp(4, InputShape.CIFAR, 2), CLASSES));
  }

  private static List<String> files(ModelFile... models) {
    return List.of(models).stream().map(model -> model.file().toString()).toList();
  }

  @Test
  void modelsOfTheLastTimeAreComparedOnceTheyAreThere() {
    compared.propose(files(two, one));
    shelf.models().addAll(shipped, other);
    compared.chooseFirst();
    assertEquals(List.of(shipped, other), compared.all());
    assertEquals(files(two, one), compared.files());
    shelf.models().add(one);
    assertEquals(List.of(shipped, other), compared.all());
    shelf.models().add(two);
    assertEquals(List.of(two, one), compared.all());
    assertEquals(files(two, one), compared.files());
  }

  @Test
  void notWhereTheUserHasChosenOthersMeanwhile() {
    compared.propose(files(two, one));
    shelf.models().addAll(shipped, other, one);
    compared.chooseFirst();
    compared.toggle(compared.all().getLast().equals(one) ? other : one);
    List<ModelFile> chosen = List.copyOf(compared.all());
    shelf.models().add(two);
    assertEquals(chosen, compared.all());
    assertEquals(files(chosen.toArray(ModelFile[]::new)), compared.files());
  }

  @Test
  void aModelThatIsGoneIsLeftOut() {
    shelf.models().addAll(shipped, other, one);
    compared.propose(files(one, other, shipped));
    compared.chooseFirst();
    assertEquals(List.of(one, other, shipped), compared.all());
    shelf.models().remove(other);
    assertEquals(List.of(one, shipped), compared.all());
  }
}
