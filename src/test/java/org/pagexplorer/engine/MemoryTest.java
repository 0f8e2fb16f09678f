package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

/** DJL's arrays and the process's own memory do not grow. */
class MemoryTest extends OnEveryDevice {
  /**
   * A leak of each step's graph would be 60 MiB or more; Java's compiler comes and goes with 20.
   */
  private static final double ALLOWED_MEBIBYTES = 40;

  private static final Optional<AttackSpecification> NOBODY = Optional.empty();

  private static final AttackObserver WATCHING =
      new AttackObserver() {
        @Override
        public boolean wantsFrames() {
          return true;
        }

        @Override
        public void frame(AttackFrame frame) {}
      };

  private void assertFlat(int warmUp, int repetitions, Runnable work) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      work.run();
    }
    int resources = Resources.of(engine.manager());
    OptionalLong before = Resources.allocated();
    for (int i = 0; i < repetitions; i++) {
      work.run();
    }
    assertEquals(resources, Resources.of(engine.manager()), "DJL's arrays and managers");
    assumeTrue(before.isPresent(), "only glibc tells how much it has allocated");
    double growth = (Resources.allocated().getAsLong() - before.getAsLong()) / 1024.0 / 1024;
    assertTrue(growth < ALLOWED_MEBIBYTES, "grew by " + growth + " MiB");
  }

  @Test
  void hundredsOfAttacksOnAPerceptron() throws Exception {
    Architecture architecture = Architecture.mlp(8, InputShape.CIFAR, 3);
    List<Image> images = Given.images(InputShape.CIFAR, 32, 0, 1, 1); // 384 KiB
    Attack attack = Attack.of(Norm.L2, 1, 2, 0.5).randomStart(1).keepBest();
    try (Classifier f = Given.classifier(engine, architecture, 1)) {
      Pgd pgd = new Pgd(f, attack.spec());
      assertFlat(50, 150, () -> pgd.run(images, Given.all(32, Goal.reach(1)), WATCHING));
    }
  }

  /** What a step leaves behind would be there until its attack ends. */
  @Test
  void stepsOfAnAttackOnRegionsLeaveNothing() {
    Architecture architecture = Architecture.mlp(8, InputShape.CIFAR, 3);
    List<Image> images = Given.images(InputShape.CIFAR, 2, 0, 1, 1);
    List<ImageRegion> all = List.of(ImageRegion.of(Mask.all(InputShape.CIFAR)));
    int steps = 12;
    int[] resources = new int[steps + 1];
    try (Classifier f = Given.classifier(engine, architecture, 1)) {
      AttackObserver counting =
          new AttackObserver() {
            @Override
            public void step(int t) {
              resources[t] = Resources.of(engine.manager());
            }
          };
      for (Norm norm : Norm.values()) {
        Pgd pgd = new Pgd(f, Attack.of(norm, 1, steps, 0.5).spec());
        assertTrue(
            pgd.run(images, Given.all(2, Goal.reach(1)), List.of(all, all), counting).isPresent());
        assertEquals(resources[3], resources[steps], norm + ": DJL's arrays and managers");
      }
    }
  }

  @Test
  void hundredsOfAttacksOnAResNet() throws Exception {
    Architecture architecture = Architecture.resNet18(2, Given.SMALL, 3);
    List<Image> images = Given.images(Given.SMALL, 16, 0, 1, 1);
    try (Classifier f = Given.classifier(engine, architecture, 1)) {
      Pgd pgd = new Pgd(f, Attack.of(Norm.LINF, 0.1, 1, 0.1).spec());
      assertFlat(50, 150, () -> pgd.run(images, Given.all(16, Goal.leave(1)), AttackObserver.NONE));
    }
  }

  /** Within one attack: what each step leaves behind would only be freed at the end. */
  @ParameterizedTest
  @EnumSource(
      value = AttackMethod.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SUITE", "AUTOATTACK", "AUTOATTACK_RAND"})
  void noStepOfAnAttackLeavesArraysBehind(AttackMethod method) {
    assertNoStepLeavesArraysBehind(method, Norm.L2);
  }

  /** The attacks that L1 has of its own. */
  @ParameterizedTest
  @EnumSource(names = {"PGD", "APGD_CE", "APGD_T", "FAB_T"})
  void noStepInL1LeavesArraysBehind(AttackMethod method) {
    assertNoStepLeavesArraysBehind(method, Norm.L1);
  }

  private void assertNoStepLeavesArraysBehind(AttackMethod method, Norm norm) {
    Architecture architecture = Architecture.resNet18(2, Given.SMALL, 4);
    List<Image> images = Given.images(Given.SMALL, 4, 0.4, 0.6, 1);
    RobustnessAttack usual =
        RobustnessAttack.usual(method, new ThreatModel(norm, 1e-4), 1); // nobody is broken
    RobustnessAttack attack =
        new RobustnessAttack(method, usual.pgd(), norm == Norm.L1 ? 12 : 40, 60);
    List<Integer> resources = new ArrayList<>();
    AttackObserver counting =
        new AttackObserver() {
          @Override
          public void step(int t) {
            resources.add(Resources.of(engine.manager()));
          }
        };
    try (Classifier f = Given.classifier(engine, architecture, 1)) {
      assertTrue(
          UntargetedAttack.of(f, attack).run(images, f.predictions(images), counting).isPresent());
    }
    assertTrue(resources.size() > 15, "steps: " + resources);
    int most = Collections.max(resources.subList(0, 4));
    assertTrue(Collections.max(resources) <= most + 1, resources.toString());
  }

  @Test
  void classifiersThatAreClosed() throws Exception {
    Architecture architecture = Architecture.mlp(32, InputShape.CIFAR, 3); // 384 KiB
    var tensors = Given.tensors(architecture, 1);
    assertFlat(
        100,
        300,
        () ->
            Classifier.of(engine, architecture, Given.NORMALIZATION, tensors, Precision.EXACT)
                .close());
  }

  @Test
  void aHundredTrainingStepsOnAlignedGradients() throws Exception {
    Architecture architecture = Architecture.mlp(8, InputShape.CIFAR, 3);
    TrainingBatch batch = cifar();
    assertTrainingIsFlat(
        100, architecture, batch, new Trainer.Settings(0.4, new Optimizer.Sgd(0.9, 0), NOBODY));
  }

  @Test
  void thirtyTrainingStepsOfAResNetOnAlignedGradients() throws Exception {
    Architecture architecture = Architecture.resNet18(4, Given.SMALL, 3); // 5 MiB of graph a step
    TrainingBatch batch = Given.aligned(Given.colours(24, 0.1, 1), 0);
    assertTrainingIsFlat(
        30, architecture, batch, new Trainer.Settings(0.4, new Optimizer.Sgd(0.9, 0), NOBODY));
  }

  @Test
  void sixtyTrainingStepsWithAnAdversary() throws Exception {
    Architecture architecture = Architecture.resNet18(4, Given.SMALL, 3);
    AttackSpecification adversary =
        AttackSpecification.evaluation(new ThreatModel(Norm.L2, 0.2), 1, 0);
    assertTrainingIsFlat(
        60,
        architecture,
        Given.colours(48, 0.1, 1),
        new Trainer.Settings(0, new Optimizer.Sgd(0.9, 0), Optional.of(adversary)));
  }

  /** 64 images of 12 KiB with three wanted gradients. */
  private static TrainingBatch cifar() {
    float[] images = Given.concatenated(Given.images(InputShape.CIFAR, 64, 0, 1, 1));
    float[] wanted = Given.gaussian(images.length, 1, 2);
    return new TrainingBatch(
        images, new int[64], new int[] {0, 1, 2}, new float[][] {wanted, wanted, wanted});
  }

  private void assertTrainingIsFlat(
      int steps, Architecture architecture, TrainingBatch batch, Trainer.Settings settings)
      throws Exception {
    try (Trainer trainer =
        new Trainer(
            engine,
            architecture,
            Given.NORMALIZATION,
            Initialization.of(architecture, 1),
            settings)) {
      assertFlat(30, steps, () -> trainer.step(batch, 1e-3));
    }
  }
}
