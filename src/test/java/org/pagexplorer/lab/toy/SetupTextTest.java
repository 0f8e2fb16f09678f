package org.pagexplorer.lab.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.toy.PointShape;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.lab.toy.ToySetup.Scheme;

class SetupTextTest {

  @Test
  void everySetUpComesBackAsItWas() {
    ToySetup own =
        new ToySetup(
            new Points.Own(PointShape.MOONS.draw(80, new SplittableRandom(1))),
            77,
            12,
            Family.MLP_TANH,
            0.003,
            50,
            7,
            4.25,
            9,
            List.of(new Scheme(Method.ADVERSARIAL, 1), new Scheme(Method.ONE_IMAGE, 0.05)));
    for (ToySetup setup : List.of(ToySetup.paper(), own)) {
      String text = SetupText.of(setup);
      assertTrue(text.matches("pag-toy:\\?[\\w=&.,*-]+"), text);
      assertEquals(setup, SetupText.parse("  " + text + "\n"));
    }
  }

  @Test
  void whatIsLeftOutIsThePapers() {
    assertEquals(
        ToySetup.paper().withSeed(9).withSchemes(List.of(new Scheme(Method.CLASS_MEAN, 2))),
        SetupText.parse("pag-toy:?seed=9&panels=class-mean*2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "pag-toy:?seed=x",
        "pag-toy:?hidden=0",
        "pag-toy:?panels=magic",
        "pag-toy:?panels=vanilla,vanilla,vanilla,vanilla,vanilla",
        "pag-toy:?points=nowhere",
        "pag-toy:?own=AAAA",
        "pag-toy:?own=***",
        "pag-toy:?epsilon=-1",
        "pag-toy:?network=resnet18"
      })
  void anythingElseIsOneSentence(String text) {
    UserException refusal = assertThrows(UserException.class, () -> SetupText.parse(text));
    assertTrue(
        String.valueOf(refusal.getMessage()).matches("(The setup|This is not a setup) [^\n]*\\."),
        refusal.getMessage());
  }
}
