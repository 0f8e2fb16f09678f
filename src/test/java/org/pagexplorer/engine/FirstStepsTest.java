package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.Norm;

/** Attacks on the same images that are watched one after the other, as who draws a slider does. */
class FirstStepsTest extends OnSmallResNet {
  private static final List<Image> IMAGES = Given.imagesAtTheEdges(Given.SMALL, 4, 5);
  private static final List<Goal> GOALS =
      List.of(Goal.reach(0), Goal.leave(0), Goal.reach(1), Goal.leave(2));

  private static final AttackObserver WATCHING =
      new AttackObserver() {
        @Override
        public boolean wantsFrames() {
          return true;
        }
      };

  private List<AttackedImage> run(AttackSpecification spec, AttackObserver observer) {
    return new Pgd(f, spec).run(IMAGES, GOALS, observer).orElseThrow();
  }

  private FirstSteps.Step known(AttackSpecification spec) {
    return f.firstSteps().find(FirstSteps.Key.of(IMAGES, GOALS, spec));
  }

  /** Every attack is watched after one of another radius, which leaves its first step behind. */
  @ParameterizedTest
  @EnumSource
  void picturesAndCurvesAreToTheBitWhatTheyWereWithoutAKeptGradient(Norm norm) {
    for (Attack attack :
        List.of(
            Attack.of(norm, 0.3, 4, 0.1),
            Attack.of(norm, 0.3, 4, 0.1).raw(),
            Attack.of(norm, 0.3, 4, 0.1).onLogit(),
            Attack.of(norm, 0.3, 4, 0.1).unclipped(),
            Attack.of(norm, 0.3, 4, 0.1).keepBest(),
            Attack.of(norm, 0.3, 4, 0.1).randomStart(3).restarts(2),
            Attack.of(norm, 0.3, 0, 0.1))) {
      List<AttackedImage> unwatched = run(attack.spec(), AttackObserver.NONE);
      assertAlike(unwatched, run(attack.spec(), WATCHING));
      assertAlike(unwatched, run(attack.spec(), WATCHING));
    }
  }

  @Test
  void drawingEpsilonNormOrStepsTakesTheKeptGradient() {
    AttackSpecification first = Attack.of(Norm.L2, 0.3, 2, 0.1).spec();
    run(first, AttackObserver.NONE);
    assertNull(known(first), "nobody watched");
    run(first, WATCHING);
    FirstSteps.Step kept = known(first);
    assertNotNull(kept);
    AttackSpecification other = Attack.of(Norm.LINF, 0.05, 3, 0.02).keepBest().spec();
    run(other, WATCHING);
    assertSame(kept, known(other));
    assertNull(known(Attack.of(Norm.L2, 0.3, 2, 0.1).onLogit().spec()), "another loss");
    assertNull(known(Attack.of(Norm.L2, 0.3, 2, 0.1).raw().spec()), "another gradient");
    assertNull(known(Attack.of(Norm.L2, 0.3, 2, 0.1).unclipped().spec()), "another start");
    List<Goal> between = List.of(GOALS.get(0), GOALS.get(1), Goal.between(1, 2, 0.5), GOALS.get(3));
    assertNull(f.firstSteps().find(FirstSteps.Key.of(IMAGES, between, first)), "other goals");
  }

  @Test
  void randomStartsAndRegionsKeepNothing() {
    AttackSpecification spec = Attack.of(Norm.L2, 0.3, 2, 0.1).randomStart(1).spec();
    run(spec, WATCHING);
    assertNull(known(spec));
    AttackSpecification plain = Attack.of(Norm.L2, 0.3, 2, 0.1).spec();
    List<ImageRegion> all = List.of(ImageRegion.of(Mask.all(Given.SMALL)));
    List<List<ImageRegion>> ofEach = Collections.nCopies(IMAGES.size(), all);
    assertEquals(4, new Pgd(f, plain).run(IMAGES, GOALS, ofEach, WATCHING).orElseThrow().size());
    assertNull(known(plain));
  }

  private static void assertAlike(List<AttackedImage> expected, List<AttackedImage> actual) {
    for (int i = 0; i < expected.size(); i++) {
      AttackedImage one = expected.get(i);
      AttackedImage other = actual.get(i);
      assertEquals(one.result(), other.result());
      assertArrayEquals(one.confidenceByStep(), other.confidenceByStep());
      assertArrayEquals(one.lossByStep(), other.lossByStep());
      assertArrayEquals(one.probabilitiesBefore(), other.probabilitiesBefore());
      assertEquals(one.zeroGradientShare(), other.zeroGradientShare());
      assertEquals(one.projectionShare(), other.projectionShare());
    }
  }
}
