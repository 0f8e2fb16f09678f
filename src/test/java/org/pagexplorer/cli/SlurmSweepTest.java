package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.cluster.EndedJob;
import org.pagexplorer.lab.cluster.FakeSlurm;
import org.pagexplorer.run.RunDirectory;

/** What is handed to Slurm, which is a fake one here. */
@DisabledOnOs(OS.WINDOWS)
class SlurmSweepTest {
  @TempDir private Path folder;
  private Path images = Path.of("");
  private FakeSlurm slurm = new FakeSlurm(Path.of(""));
  private Path sweep = Path.of("");

  @BeforeEach
  void make() {
    images = Pag.dataset(folder.resolve("images"), 20);
    slurm = FakeSlurm.in(folder.resolve("bin"));
    slurm.queue();
    sweep = folder.resolve("my sweep");
    System.setProperty("pag.slurm", slurm.folder().toString());
    System.setProperty("pag.user", folder.resolve("user").toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("pag.slurm");
    System.clearProperty("pag.user");
  }

  private Pag train(Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "--dataset", images));
    words.addAll(List.of("--width", 2, "--epochs", 1, "--run-dir", sweep, "--on", "slurm"));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  private String script(int number) throws IOException {
    return Files.readString(sweep.resolve("slurm").resolve("array-%03d.sh".formatted(number)));
  }

  @Test
  void aTablesTeachersComeFirstAndItsStudentsDependOnThem() throws IOException {
    Pag pag =
        train("--recipe", "paper/cifar10", "--save", "--sbatch", "--epochs=3", "--modules=a,b");
    assertEquals(0, pag.code(), pag.err());
    assertEquals(3, slurm.calls().size());
    String first = script(1);
    assertTrue(first.contains("#SBATCH --array=0-5\n"), first);
    assertTrue(first.contains("  teacher-l2\n  teacher-linf\n"), first);
    assertTrue(script(2).contains("runs=(\n  rigd-l2\n)"), script(2));
    assertTrue(script(3).contains("runs=(\n  rigd-linf\n)"), script(3));
    assertTrue(slurm.calls().get(1).contains("--dependency=afterany:1_4 "), slurm.calls().get(1));
    assertTrue(slurm.calls().get(2).contains("--dependency=afterany:1_5 "), slurm.calls().get(2));
    List<String> student =
        RunDirectory.specification(sweep.resolve("rigd-l2")).orElseThrow().arguments();
    assertEquals(
        sweep.resolve("teacher-l2/model.safetensors").toString(),
        student.get(student.indexOf("--teacher") + 1));
    assertFalse(student.contains("--on"));
    assertFalse(student.contains("--save"));
    assertFalse(student.contains("--run-dir"));
    assertFalse(student.toString().contains("--epochs=3"), student.toString());
    assertFalse(student.toString().contains("a,b"), student.toString());
  }

  @Test
  void eachOfSeveralTeachersHasStudentsOfItsOwn() throws IOException {
    String recipes = "paper/cifar10/vanilla,paper/cifar10/rigd-l2,paper/cifar10/teacher-l2";
    Pag pag = train("--recipe", recipes, "--epsilon", "0.25,0.5", "--lambda", "0.1,0.4");
    assertEquals(0, pag.code(), pag.err());
    assertTrue(script(1).contains("runs=(\n  vanilla\n  teacher-l2_epsilon-0.25\n"), script(1));
    for (int teacher = 0; teacher < 2; teacher++) {
      String epsilon = List.of("0.25", "0.5").get(teacher);
      assertTrue(
          script(2 + teacher)
              .contains(
                  "runs=(\n  rigd-l2_epsilon-%s_lambda-0.1\n  rigd-l2_epsilon-%s_lambda-0.4\n)"
                      .formatted(epsilon, epsilon)),
          script(2 + teacher));
      String call = slurm.calls().get(1 + teacher);
      assertTrue(call.contains("--dependency=afterany:1_" + (1 + teacher) + " "), call);
      List<String> student =
          RunDirectory.specification(sweep.resolve("rigd-l2_epsilon-" + epsilon + "_lambda-0.4"))
              .orElseThrow()
              .arguments();
      assertEquals(
          sweep.resolve("teacher-l2_epsilon-" + epsilon).resolve("model.safetensors").toString(),
          student.get(student.indexOf("--teacher") + 1));
      assertFalse(student.contains("--epsilon"), student.toString());
    }
    assertEquals(3, slurm.calls().size());
  }

  @Test
  void studentsThatWaitDoSoForATeacherThatIsSubmittedAgain() {
    Object[] recipes = {"--recipe", "paper/cifar10/teacher-l2,paper/cifar10/rigd-l2"};
    assertEquals(0, train(recipes).code());
    slurm.queue("2|0|PENDING|Dependency|");
    Pag again = train(recipes);
    assertEquals(0, again.code(), again.err());
    assertEquals("Submitted 1 run as job 3.", again.out().lines().findFirst().orElseThrow());
    assertEquals(List.of("update JobId=2_0 Dependency=afterany:3_0"), slurm.updated());
  }

  @Test
  void manyTeachersStudentsShareArrays() {
    assertEquals(0, train("--recipe", "paper/cifar10", "--seed", "1..20").code());
    int groups = 14; // of 3 teachers of the 40, the last of 1
    assertEquals(1 + groups, slurm.calls().size());
    assertTrue(
        slurm.calls().get(1).contains("--dependency=afterany:1_80:1_81:1_82 "),
        slurm.calls().get(1));
  }

  @Test
  void theSecondTimeOnlyWhatIsLeftIsSubmitted() {
    assertEquals(0, train("--method", "vanilla", "--seed", "1..3").code());
    slurm.queue("1|0|PENDING|Resources|", "1|1|PENDING|Resources|", "1|2|RUNNING|None|node1");
    Pag again = train("--method", "vanilla", "--seed", "1..3");
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().startsWith("Nothing is left to submit"), again.out());
    assertEquals(1, slurm.calls().size());
    Pag more = train("--method", "vanilla", "--seed", "1..4");
    assertEquals("Submitted 1 run as job 2.", more.out().lines().findFirst().orElseThrow());
  }

  @Test
  void printingSubmitsNothingAndWritesNothing() {
    Pag pag =
        train(
            Pag.words(
                "--method vanilla --seed 1,2 --print --partition gpu --account=vision --time"
                    + " 12:00:00 --memory 16G --gpus 1 --cpus 4 --modules java,cuda --prologue {}"
                    + " --sbatch {} --pag {}",
                "export A='b c'",
                "--qos=low --nice=5",
                "/opt/pag explorer/bin/pag"));
    assertEquals(0, pag.code(), pag.err());
    for (String line :
        List.of(
            "#!/bin/bash",
            "#SBATCH --array=0-1",
            "#SBATCH --output=\"" + sweep + "/slurm/%A_%a.log\"",
            "#SBATCH --requeue",
            "#SBATCH --signal=B:USR1@120",
            "#SBATCH --partition=gpu",
            "#SBATCH --account=vision",
            "#SBATCH --time=12:00:00",
            "#SBATCH --mem=16G",
            "#SBATCH --gpus=1",
            "#SBATCH --cpus-per-task=4",
            "#SBATCH --qos=low --nice=5",
            "pag=('/opt/pag explorer/bin/pag')",
            "module load java cuda",
            "export A='b c'")) {
      assertTrue(pag.out().lines().anyMatch(line::equals), line + " in " + pag.out());
    }
    assertEquals(List.of(), slurm.calls());
    assertFalse(Files.exists(sweep));
  }

  @Test
  void savedOptionsAreTheNextOnesDefaults() {
    assertEquals(
        0,
        train("--method", "vanilla", "--print", "--save", "--partition", "a", "--cpus", 2).code());
    String next = train("--method", "vanilla", "--print", "--partition", "b").out();
    assertTrue(next.contains("#SBATCH --partition=b\n"), next);
    assertTrue(next.contains("#SBATCH --cpus-per-task=2\n"), next);
  }

  @Test
  void aRunOnAGpuComputesOnTheAllocatedOne() {
    assertEquals(0, train("--method", "vanilla", "--gpus", 1).code());
    List<String> words = RunDirectory.specification(sweep).orElseThrow().arguments();
    assertEquals("cuda:0", words.get(words.indexOf("--device") + 1));
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingIsSubmitted() {
    assertEquals(2, train("--method", "vanilla", "--seed", "1,2", "--epochs", "0,1").code());
    assertEquals(1, train("--method", "nonsense", "--seed", "1,2").code());
    assertEquals(1, train("--method", "rigd", "--teacher", folder.resolve("none")).code());
    assertEquals(2, train("--method", "vanilla", "--on", "pbs").code());
    Pag alone = Pag.run("train", "--partition", "x", "--run-dir", sweep);
    assertEquals(2, alone.code());
    assertTrue(alone.err().startsWith("--partition needs --on slurm"), alone.err());
    Pag verbatim = Pag.run("train", "--sbatch", "--epochs", "--run-dir", sweep);
    assertTrue(verbatim.err().startsWith("--sbatch needs --on slurm"), verbatim.err());
    assertEquals(2, train("--method", "vanilla", "--sbatch").code());
    assertEquals(1, train("--method", "vanilla", "--sbatch", "--qos=a\nrm -rf /").code());
    assertEquals(List.of(), slurm.calls());
    assertFalse(Files.exists(sweep));
  }

  @Test
  void optionsOfSbatchsMayBeCalledAsOursAndStandAfterAnEqualsSign() {
    for (String[] written :
        new String[][] {{"--sbatch", "--time=9 --qos=a"}, {"--sbatch=--time=9 --qos=a"}}) {
      Object[] words =
          Stream.of(new String[] {"--method", "vanilla", "--print"}, written)
              .flatMap(Stream::of)
              .toArray();
      Pag shown = train(words);
      assertEquals(0, shown.code(), shown.err());
      assertTrue(shown.out().contains("#SBATCH --time=9 --qos=a\n"), shown.out());
    }
  }

  @Test
  void aThousandRunsAreSubmittedInOneArrayWithinFiveSeconds() throws IOException {
    long began = System.nanoTime();
    Pag pag = train("--method", "vanilla", "--seed", "1..1000");
    double seconds = (System.nanoTime() - began) / 1e9;
    assertEquals(0, pag.code(), pag.err());
    assertEquals(1, slurm.calls().size());
    assertTrue(script(1).contains("#SBATCH --array=0-999\n"));
    System.out.printf("1,000 runs were submitted in %.1f s%n", seconds);
    assertTrue(seconds < TimeUnit.SECONDS.toSeconds(60), seconds + " s");
  }

  private Pag chunks(String command, Path model, Path dataset, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command, "--model", model, "--dataset", dataset));
    words.addAll(List.of("--chunks", 5, "--run-dir", sweep, "--on", "slurm"));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  @Test
  void anEvaluationIsAnArrayAndAJobThatMerges() throws IOException {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Pag pag = chunks("evaluate", model, images, "--time", "1:00:00", "--steps", 3);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(script(1).contains("#SBATCH --array=1-5\n"), script(1));
    String command =
        "\"${pag[@]}\" evaluate --model %s --dataset %s --steps 3 --chunks 5 --run-dir \"$folder\""
            .formatted(model, images);
    assertTrue(script(1).contains(command + " --chunk \"$SLURM_ARRAY_TASK_ID\"\n"), script(1));
    assertTrue(script(2).contains(command + " >"), script(2));
    assertTrue(slurm.calls().get(1).contains("--dependency=afterany:1 "), slurm.calls().get(1));
  }

  @Test
  void anEvaluationOnAGpuComputesOnTheAllocatedOne() {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    for (String command : List.of("evaluate", "align")) {
      String script = chunks(command, model, images, "--gpus", 1, "--print").out();
      assertEquals(3, script.split(" --device cuda:0 --chunks 5 ", -1).length, script);
      for (Object[] own : new Object[][] {{"--device", "cuda:1"}, {"--device=cuda:1"}}) {
        List<Object> words = new ArrayList<>(List.of(own));
        words.addAll(List.of("--gpus", 1, "--print"));
        script = chunks(command, model, images, words.toArray()).out();
        assertFalse(script.contains("cuda:0"), script);
      }
      script = chunks(command, model, images, "--print").out();
      assertFalse(script.contains("--device"), script);
    }
  }

  @Test
  void aGpuThatSbatchIsAskedForIsUsedToo() {
    for (String asked : List.of("--gres=gpu:a100:1", "--qos=x --gpus-per-node=1", "-G 1")) {
      String script = chunks("evaluate", model(), images, "--sbatch", asked, "--print").out();
      assertTrue(script.contains(" --device cuda:0 "), script);
    }
    String none = chunks("evaluate", model(), images, "--sbatch", "--gres=tape:1", "--print").out();
    assertFalse(none.contains("--device"), none);
  }

  private Path model() {
    return Pag.model(folder.resolve("m.safetensors"), 1);
  }

  @Test
  void aDeviceOfOnesOwnStaysInEitherSpelling() {
    assertEquals(0, train("--method", "vanilla", "--gpus", 1, "--device=cpu").code());
    List<String> words = RunDirectory.specification(sweep).orElseThrow().arguments();
    assertFalse(words.contains("cuda:0"), words.toString());
  }

  @Test
  void anEvaluationWhoseFilesDoNotOpenIsNotSubmitted() {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Path none = folder.resolve("none");
    for (String command : List.of("evaluate", "align")) {
      assertEquals(1, chunks(command, none, images).code());
      Pag pag = chunks(command, model, none);
      assertEquals(1, pag.code());
      assertTrue(pag.err().contains(none.toString()), pag.err());
    }
    assertEquals(List.of(), slurm.calls());
    assertFalse(Files.exists(sweep));
  }

  @Test
  void whereSlurmDoesNotAnswerNothingIsSaidToBeDone() {
    assertEquals(0, train("--method", "vanilla", "--seed", "1..3").code());
    slurm.refuse("");
    Pag again = train("--method", "vanilla", "--seed", "1..3");
    assertEquals(1, again.code(), again.out());
    assertTrue(again.err().startsWith("Slurm does not answer; try again later."), again.err());
    assertEquals(1, slurm.calls().size());
  }

  @Test
  void stoppingSaysWhatBecomesOfIt() {
    assertEquals(0, train("--method", "vanilla", "--seed", "1,2").code());
    slurm.queue("1|0|PENDING|Resources|", "1|1|RUNNING|None|node1");
    assertEquals(
        "The run is taken out of the queue.\n",
        Pag.run("runs", "--stop", sweep.resolve("seed-1")).out());
    assertEquals(
        "Stop requested; the run stops before its next step.\n",
        Pag.run("runs", "--stop", sweep.resolve("seed-2")).out());
    sweep = folder.resolve("table");
    assertEquals(0, chunks("evaluate", model(), images).code());
    assertEquals(
        "Its jobs are canceled; the chunks that are there stay, and --resume submits the rest.\n",
        Pag.run("runs", "--stop", sweep).out());
  }

  @Test
  void stoppingWhatIsOverSaysSo() {
    assertEquals(0, train("--method", "vanilla", "--seed", "1..3").code());
    slurm.queue();
    List<String> ends = List.of("finished", "stopped", "failed");
    for (int k = 0; k < ends.size(); k++) {
      Path run = sweep.resolve("seed-" + (k + 1));
      try (RunDirectory open = RunDirectory.open(run)) {
        open.event("started", Map.of("method", "vanilla", "epochs", 3));
        open.event(ends.get(k), Map.of("measurements", List.of(), "reason", "no memory"));
      }
      assertEquals(
          "It is already over: " + ends.get(k) + ".\n", Pag.run("runs", "--stop", run).out());
    }
  }

  @Test
  void whatIsSubmittedAgainMayEndAgain() {
    int killed = 137;
    assertEquals(0, train("--method", "vanilla").code());
    assertTrue(EndedJob.goesOn(sweep, killed, false));
    Pag again = train("--method", "vanilla");
    assertEquals("Submitted 1 run as job 2.", again.out().lines().findFirst().orElseThrow());
    assertTrue(EndedJob.goesOn(sweep, killed, false), "as after pag runs --resume");
  }
}
