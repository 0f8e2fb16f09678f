package org.pagexplorer.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;

class SharedClassesTest {
  private static ModelCard model(String... classes) {
    Architecture architecture = Architecture.mlp(1, new InputShape(3, 1, 1), classes.length);
    return Cards.of("model", architecture, List.of(classes));
  }

  private static SharedClasses of(ModelCard... models) {
    return SharedClasses.of(Stream.of(models).toList());
  }

  @Test
  void theyAreInTheFirstModelsOrderWithEachModelsNumbers() {
    SharedClasses shared = of(model("cat", "dog", "ship"), model("ship", "frog", "cat"));
    assertEquals(List.of("cat", "ship"), shared.names());
    assertEquals(List.of(List.of(0, 2), List.of(2, 0)), shared.places());
    assertEquals(List.of(0, 2), shared.of(1, List.of(1, 0)));
  }

  @Test
  void theSecondOfTwoClassesOfOneNameIsTheSecondInEach() {
    SharedClasses shared = of(model("crane", "cat", "crane"), model("cat", "crane", "crane"));
    assertEquals(List.of("crane", "cat", "crane"), shared.names());
    assertEquals(List.of(List.of(0, 1, 2), List.of(1, 0, 2)), shared.places());
    assertEquals(List.of("crane"), of(model("crane", "crane"), model("crane", "x")).names());
  }

  @Test
  void thereMayBeNone() {
    assertEquals(0, of(model("cat", "dog"), model("ship", "frog")).size());
    assertEquals(0, of().size());
  }
}
