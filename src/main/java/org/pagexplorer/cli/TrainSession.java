package org.pagexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.cluster.Allocation;
import org.pagexplorer.lab.runs.Probe;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.run.InitialWeights;
import org.pagexplorer.run.Recipe;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.TrainedModel;
import org.pagexplorer.run.Training;
import org.pagexplorer.run.TrainingPlan;

/**
 * One stretch of a training on the command line.
 *
 * @param run where its state is kept, if it is
 * @param signals of the system's that end it
 */
record TrainSession(
    ReportOptions report,
    TrainOptions options,
    String command,
    Optional<RunDirectory> run,
    StopSignals signals) {
  /** Trains from where the run is to the end, or until somebody asks it to stop. */
  int run(TorchEngine engine, Dataset train, Dataset test, TrainingPlan plan, Path file) {
    Normalization normalization =
        plan.initial()
            .map(InitialWeights::normalization)
            .orElseGet(() -> usual(train.shape().channels()));
    Training training = new Training(plan, train, test, normalization);
    TrainedModel model =
        new TrainedModel(
            plan,
            training,
            train,
            normalization,
            options.name,
            command,
            options.float16 ? Dtype.F16 : Dtype.F32);
    Optional<Training.Resumption> from = run.flatMap(r -> r.resumption(training.architecture()));
    from.ifPresent(_ -> checkSources(plan, file));
    Optional<Probe> probe =
        run.isPresent() && training.architecture().family().isForImages()
            ? Optional.of(new Probe(engine, training.architecture(), normalization, test))
            : Optional.empty();
    List<SequencedMap<String, Tensor>> latest = new ArrayList<>();
    from.ifPresent(resumption -> latest.add(resumption.state().weights()));
    begun(from, plan);
    boolean ended =
        training.run(
            engine,
            from,
            (state, epoch) -> {
              model.write(file, state.weights(), List.of());
              run.ifPresent(r -> r.keep(state, epoch));
              run.ifPresent(
                  r -> probe.ifPresent(p -> picture(p, epoch.epoch(), state.weights(), r)));
              latest.clear();
              latest.add(state.weights());
            },
            new TrainProgress(report, run, signals));
    if (!ended) {
      return stopped(latest.isEmpty());
    }
    report.line(
        "%.1f %% of the step time was spent waiting for data."
            .formatted(100 * training.dataWaitShare()));
    finish(model, engine, latest.getFirst(), test, file);
    return 0;
  }

  private static Normalization usual(int channels) {
    return channels == 3 ? Normalization.CIFAR10 : Normalization.identity(channels);
  }

  /** Files that a training learns from are the ones that it began with. */
  private static void checkSources(TrainingPlan plan, Path file) {
    if (!Files.exists(file)) {
      return;
    }
    Map<String, String> before = CheckpointFiles.readCard(file).training();
    Map<String, String> now = plan.parameters();
    // Of another length, a file may be hashed otherwise, under another name.
    Stream.concat(before.keySet().stream(), now.keySet().stream())
        .filter(name -> name.endsWith("-sha256"))
        .filter(name -> !Objects.equals(before.get(name), now.get(name)))
        .findFirst()
        .ifPresent(TrainSession::refuse);
  }

  private static void refuse(String name) {
    throw new UserException(
        "The %s of this run has changed since it began: put the earlier file back, or begin another run."
            .formatted(name.startsWith("teacher") ? "teacher" : "file of gradients"));
  }

  private void finish(
      TrainedModel model,
      TorchEngine engine,
      SequencedMap<String, Tensor> weights,
      Dataset test,
      Path file) {
    report.line("Measuring on " + test.size() + " test images …");
    List<Measurement> measured = model.measure(engine, weights, test);
    model.write(file, weights, measured);
    run.ifPresent(r -> r.event("finished", Map.of("measurements", measured)));
    report.line("Wrote " + file + ".");
  }

  /** The probe is only for looking at: no reason to end a training. */
  private void picture(
      Probe probe, int epoch, SequencedMap<String, Tensor> weights, RunDirectory to) {
    try {
      probe.after(epoch, weights, to.folder());
    } catch (UserException e) {
      report.note("Epoch %d has no picture of the probe: %s".formatted(epoch, e.getMessage()));
    }
  }

  private void begun(Optional<Training.Resumption> from, TrainingPlan plan) {
    run.ifPresent(
        r -> {
          RunQueue.taken(r.folder());
          r.event(
              from.isPresent() ? "resumed" : "started",
              Map.of(
                  "method", plan.method().id(),
                  "epochs", plan.epochs(),
                  "done", from.map(Training.Resumption::epochs).orElse(0),
                  "device", options.engineOptions.device,
                  "place", Allocation.place(),
                  "software", Software.NAME_AND_VERSION));
        });
    from.ifPresent(
        resumption ->
            report.line(
                "Resuming after epoch %d of %d.".formatted(resumption.epochs(), plan.epochs())));
    if (options.recipe != null) {
      report.line(
          "Recipe %s; chosen, since the paper does not say: %s."
              .formatted(options.recipe, String.join(", ", Recipe.named(options.recipe).chosen())));
    }
  }

  private int stopped(boolean atOnce) {
    run.ifPresent(
        r -> {
          r.forgetStopRequest();
          r.event("stopped", Map.of());
        });
    report.line(
        atOnce
            ? "Stopped before the first epoch was complete."
            : "Stopped; pag train --run-dir with the same folder resumes after the last completed"
                + " epoch.");
    return PagCommand.STOPPED;
  }
}
